import Foundation
import JarvisAPI
import JarvisEngine
import JarvisShell
import Testing

@Suite struct CommandExplanationTests {
  private static let whole = "rm -rf " + "/"
  private static let own = "rm -rf /root/.config/jarvis"

  @Test("TEST-03 what a command destroys is told first, that Jarvis is part of it after that")
  func destructionFirst() throws {
    let verdict = ShellClassifier.explain(Self.whole)
    #expect(verdict.tier == .black && verdict.rule == "rm.system-path", "\(verdict)")
    let other = try #require(verdict.reason.range(of: "would delete"))
    let own = try #require(verdict.reason.range(of: "Jarvis itself"))
    #expect(other.lowerBound < own.lowerBound)
    #expect(verdict.parts.first?.rule == "rm.system-path")
  }

  @Test("TEST-03 what is forbidden for Jarvis' sake alone says so, and no verdict becomes milder")
  func ownSake() {
    let verdict = ShellClassifier.explain(Self.own)
    #expect(verdict.tier == .black && verdict.rule == "protected.path")
    for command in [Self.whole, Self.own, "ls /root", "cat /etc/hostname", "reboot", "echo a > /etc/jarvis/x"] {
      let (told, judged) = (ShellClassifier.explain(command), ShellClassifier().classify(command))
      #expect(told.tier == judged.tier && told.parts.map(\.tier) == judged.parts.map(\.tier))
    }
  }
}
