import JarvisAPI
import Testing

@Suite struct ByteFormatTests {
  @Test(
    "FOUND-06 bytes are told in the unit that leaves a figure to read",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1_000, "1.0 KiB"), (512 << 20, "512 MiB"), (47 << 30, "47.0 GiB"),
      (1_000 << 30, "1.0 TiB"), (18 << 40, "18.0 TiB"), (-5, "0 B"), (.max, "8192 PiB"),
    ] as [(Int64, String)])
  func figures(bytes: Int64, text: String) {
    #expect(ByteFormat.text(bytes) == text)
  }

  @Test("FOUND-06 used and total are in one unit")
  func usage() {
    #expect(ByteFormat.text(Usage(used: 512 << 30, total: 2 << 40)) == "0.5 of 2.0 TiB")
    #expect(ByteFormat.text(Usage(used: 3 << 30, total: 0)) == "3.0 GiB")
  }
}
