import JarvisAPI
import Testing

@testable import JarvisSimulator

@Suite("The simulated local model")
struct ModelsTalkMindTests {
  static let rule = "If the question needs live data or an action, answer with the single line NEED_TOOLS."

  private func ask(_ text: String, system: String = rule) -> String {
    TalkMind().reply(to: MindRequest(system: system, turns: [.person(text)])).text
  }

  @Test(
    "TEST-05 hands over exactly with NEED_TOOLS what needs the cluster",
    arguments: [
      "restart pihole", "is everything ok?", "how full is tank?", "which guests are stopped?", "why is jellyfin slow?",
      "starte frodo neu", "is node pve up?", "what is running on home?", "could you turn off win11", "my dns is dead",
      "how did the last backup go?", "show me the log",
    ])
  func handsOver(_ text: String) {
    #expect(ask(text) == "NEED_TOOLS")
    #expect(!ask(text, system: "You are a helper.").contains("NEED_TOOLS"))
  }

  @Test(
    "TEST-05 answers talk itself",
    arguments: [
      "thanks, what is ZFS ARC?", "what is a scrub?", "explain quorum", "difference between LXC and a VM?",
      "how does ceph work?", "what does SMART mean?", "what is the 3-2-1 backup rule?", "hello!",
      "write a haiku about dns",
      "how do I restart a VM?", "was ist ein Snapshot?", "should I use ECC memory?", "who are you?", "thanks",
    ])
  func talks(_ text: String) {
    let answer = ask(text)
    #expect(!answer.contains("NEED_TOOLS"), "\(text)")
    #expect(answer.count > 5)
    #expect(!answer.contains("do not know"), "\(text) → \(answer)")
  }

  @Test("TEST-05 knows at least thirty topics, each found by its own terms")
  func glossary() {
    let entries = Glossary.standard.entries
    #expect(entries.count >= 30)
    for entry in entries {
      for term in entry.terms {
        #expect(Glossary.standard.entry(for: ["what", "is"] + term, defining: true) == entry, "\(term)")
      }
    }
  }

  @Test("TEST-05 says that it is simulated where it does not know")
  func unknown() {
    let answer = ask("what is the capital of Mongolia?")
    #expect(answer.contains("simulated"))
  }

  @Test("ROUTE-02 puts facts that code supplies into words, and nothing else")
  func facts() {
    var cluster = PretendCluster.standard
    cluster.guests[0].name = "deep-thought"
    cluster.guests[0].status = "stopped"
    let status = cluster.run(MindCall(tool: "cluster_status")).content
    let answer = ask(
      "Put these facts into words. Question: is everything ok?\nfacts: {\"facts\":{\"cluster_status\":\(status)}}")
    #expect(answer.contains("deep-thought"))
    #expect(answer.contains("All 4 nodes"))
    let guest = cluster.run(MindCall(tool: "guest_status", arguments: ["guest": "pihole"])).content
    #expect(ask("how is pihole? \(guest)").contains("pihole (container 102)"))
  }
}
