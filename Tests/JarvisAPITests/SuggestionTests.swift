import JarvisAPI
import Testing

@Suite struct SuggestionTests {
  static let names = ["pihole", "truenas", "web-1", "web-2", "start", "stop", "status", "storage"]

  @Test(
    "ROUTE-01 what was meant is found by few letters, by case and by part",
    arguments: [
      ("pihol", "pihole"), ("PIHOLE", "pihole"), ("piholee", "pihole"), ("ihpole", "pihole"), ("truen", "truenas"),
      ("nas", "truenas"), ("statsu", "status"), ("strat", "start"),
    ])
  func near(word: String, meant: String) {
    #expect(Suggestion.nearest(to: word, among: Self.names).first == meant)
  }

  @Test("ROUTE-01 what is near nothing gets no suggestion", arguments: ["", "xyzzy", "q", "database"])
  func far(word: String) {
    #expect(Suggestion.nearest(to: word, among: Self.names).isEmpty)
    #expect(Suggestion.phrase(for: word, among: Self.names) == nil)
  }

  @Test("ROUTE-01 the phrase lists at most three, and long words cost little")
  func phrase() {
    #expect(Suggestion.phrase(for: "web-3", among: Self.names) == "did you mean web-1 or web-2?")
    let long = String(repeating: "a", count: 1_000_000)
    #expect(Suggestion.nearest(to: long, among: [long + "b"]).count == 1)
  }
}
