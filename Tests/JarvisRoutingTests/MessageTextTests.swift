import Foundation
import Testing

@testable import JarvisRouting

@Suite struct MessageTextTests {
  private func words(_ text: String) -> [String] {
    let read = MessageText(text)
    return read.words.map { read.string($0) }
  }

  @Test(
    "ROUTE-01 Words are folded and names stay whole",
    arguments: [
      ("Läuft Größe?", ["lauft", "grosse"]), ("what's up", ["what", "s", "up"]), ("vm-101-disk-0.", ["vm-101-disk-0"]),
      ("nœud/agent", ["noeud", "agent"]), ("/var/log is full", ["var/log", "is", "full"]), ("дом 🙂 家", ["дом", "家"]),
      ("192.168.1.1", ["192.168.1.1"]), ("e\u{301}t\u{e9}", ["ete"]), ("…—“x”", ["x"]), ("", []),
    ])
  func split(_ text: String, _ expected: [String]) {
    #expect(words(text) == expected)
  }

  @Test("ROUTE-01 A long paste is read at its head and its tail: the time of a decision is bounded")
  func bounded() {
    let text = "why? " + String(repeating: "noise ", count: 40_000) + "fix pihole"
    let read = MessageText(text)
    #expect(read.cut)
    #expect(read.words.count < 400)
    #expect(read.string(read.words[0]) == "why")
    #expect(read.words.last.map(read.string) == "pihole")
    #expect(!MessageText(String(repeating: "a ", count: 700)).cut)
  }

  @Test("ROUTE-01 Names are found by themselves, in two words, by number, and with one slip")
  func names() {
    let index = Inventory(nodes: ["home"], guests: ["docker-host", "jellyfin"], vmids: [100, 130]).index
    func nearly(_ word: String) -> Bool { index.nearly(Array(word.utf8)[...]) }
    #expect(index[Hash64("jellyfin").value] == NameIndex.Kind.guest)
    #expect(index[Hash64("dockerhost").value] == NameIndex.Kind.guest)
    #expect(index[Hash64("130").value] == NameIndex.Kind.vmid)
    #expect(index[Hash64("home").value] == NameIndex.Kind.node | NameIndex.Kind.ordinary)
    #expect(index[Hash64("house").value] == 0)
    for slip in ["jelyfin", "jellyfinn", "jellyfni", "jallyfin", "jellyfi"] { #expect(nearly(slip), "\(slip)") }
    for other in ["jelly", "belyfin", "hom", "docker", "jlelyfni"] { #expect(!nearly(other), "\(other)") }
  }
}
