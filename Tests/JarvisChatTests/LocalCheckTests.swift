import JarvisRouting
import Testing

@testable import JarvisChat

@Suite struct LocalCheckTests {
  private let inventory = Inventory(nodes: ["pve"], named: [.init(vmid: 102, name: "pihole")], storages: ["tank"])

  private func fault(_ answer: String, _ question: String = "hello", empty: Bool = false) -> LocalFault? {
    LocalCheck.fault(in: answer, question: question, inventory: empty ? Inventory() : inventory)
  }

  @Test(
    "TEST-07 An answer is one, whatever it talks of",
    arguments: [
      "A scrub reads every block and checks it.", "You cannot access a locked guest; wait for its task.",
      "| a | b |\n|---|---|\n| 1 | 1 |\n| 1 | 1 |\n| 1 | 1 |\n| 1 | 1 |", "Guest 102 is a container.",
      "Port 8006 serves the interface, port 22 SSH.", "ha ha ha ha ha ha", "==========================================",
    ])
  func sound(_ answer: String) { #expect(fault(answer) == nil) }

  @Test(
    "TEST-07 A refusal at its start, in several languages, is none",
    arguments: [
      "I'm sorry, but I don't have access to your cluster.", "As an AI language model, I do not know.",
      "Es tut mir leid, ich habe keinen Zugriff darauf.", "Je n’ai pas accès à ce serveur.",
      "Lo siento, no puedo acceder.",
    ])
  func refusals(_ answer: String) { #expect(fault(answer) == .refused) }

  @Test("TEST-07 Loops by lines and without line ends, blanks, and guests that nobody has")
  func others() {
    #expect(fault(String(repeating: "the disk is full and\n", count: 4)) == .repeated)
    #expect(fault("So: " + String(repeating: "and then it starts again ", count: 20)) == .repeated)
    #expect(fault(" \n\t") == .empty)
    #expect(fault("VM 999 is stopped.") == .invented("999"))
    #expect(fault("VM 999 is stopped.", "what is VM 999?") == nil, "the person named it")
    #expect(fault("VM 999 is stopped.", empty: true) == nil, "no cluster, no wrong name")
  }

  @Test("TEST-07 Only what the wrong model did counts as a misroute; what may need tools goes to the strong model")
  func kinds() {
    #expect(LocalFault.needsTools.isMisroute && LocalFault.needsTools.mayNeedTools)
    #expect(!LocalFault.tooLong.isMisroute && !LocalFault.out("x").isMisroute && !LocalFault.tooLong.mayNeedTools)
    #expect(LocalFault.empty.isSilence && !LocalFault.refused.isSilence)
  }
}
