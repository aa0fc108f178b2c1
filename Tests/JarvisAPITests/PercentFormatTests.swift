import JarvisAPI
import Testing

@Suite struct PercentFormatTests {
  @Test("UX-02 a share is told to the nearest whole, and never as nothing or all where it is not")
  func shares() {
    for (share, text) in [
      (0.9062, "91 %"), (0.905, "91 %"), (0.904, "90 %"), (0, "0 %"), (0.001, "<1 %"), (0.9991, "99 %"), (1, "100 %"),
      (1.4, "140 %"), (-1, "0 %"), (.nan, "?"), (.infinity, "?"),
    ] {
      #expect(PercentFormat.text(share) == text)
    }
  }
}
