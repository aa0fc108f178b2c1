import JarvisShell
import Testing

/// What runs where, as the classifier tells it to whoever knows the machines.
@Suite struct ActTests {
  private func acts(_ text: String) -> [ShellAct]? { ShellClassifier().classify(text).acts }

  private func act(_ text: String, of program: String) -> ShellAct? {
    acts(text)?.last { $0.program == program }
  }

  @Test("TEST-03 what only reads is no act, but a connection is one")
  func reads() {
    #expect(acts("uptime; df -h | grep root")?.isEmpty == true)
    #expect(acts("ssh agent uptime") == [ShellAct(program: "ssh", words: ["agent"])])
  }

  @Test("TEST-03 a program behind ssh acts there, in a guest there, and the outer machine is told apart")
  func places() {
    #expect(act("ssh root@agent systemctl stop nginx", of: "systemctl")?.place == .host("agent"))
    #expect(act("ssh agent 'sudo systemctl stop nginx'", of: "systemctl")?.place == .host("agent"))
    #expect(act("ssh pve ssh agent ip link set vmbr0 down", of: "ip")?.place == .host("agent"))
    #expect(act("ssh $HOST ip link set vmbr0 down", of: "ip")?.place == .unknown)
    #expect(act("ssh -o HostName=10.0.0.9 agent ip link set vmbr0 down", of: "ip")?.place == .unknown)
    #expect(act("ip link set vmbr0 down; ssh agent uptime", of: "ip")?.place == .here)
    #expect(act("pct exec 102 -- systemctl stop nginx", of: "systemctl")?.place == .guest("102"))
    #expect(act("echo 'ip link set vmbr0 down' | ssh agent", of: "ip")?.place == .host("agent"))
  }

  @Test("TEST-03 words that are only known when it runs are nil; values that the text gives are followed, too")
  func words() {
    #expect(act("qm stop $(cat /tmp/x)", of: "qm")?.words == ["stop", nil])
    #expect(acts("qm start \"$X\"")?.contains { $0.words == ["start", nil] } == true, "beside what the text says of X")
    #expect(acts("X=105; qm stop $X")?.contains { $0.words == ["stop", "105"] } == true)
    #expect(
      acts("for i in 104 105; do qm stop $i; done")?.filter { $0.program == "qm" }.map(\.words) == [
        ["stop", "104"], ["stop", "105"],
      ])
    #expect(act("qm list | awk '{print $1}' | xargs -n1 qm stop", of: "qm")?.words.contains(nil) == true)
  }

  @Test(
    "TEST-03 where a program is not read, an act without a name says so, on its machine",
    arguments: [
      "$(which systemctl) stop x", "unlistedwrapper systemctl stop x", "python3 -c 'f()'", "/opt/x stop", "cat f | sh",
      "sh -c \"$X\"", "bash /tmp/x.sh", "source /tmp/x.sh", "xargs sh -c",
    ])
  func notRead(text: String) {
    #expect(acts(text)?.contains { $0.program.isEmpty && $0.place == .here } == true)
  }

  @Test("TEST-03 what is read to its end has none, and one behind ssh stands there")
  func read() {
    for text in ["systemctl stop x", "sh -c 'systemctl stop x'", "echo 'systemctl stop x' | sh", "sudo qm stop 105"] {
      #expect(acts(text)?.contains { $0.program.isEmpty } == false, "\(text)")
    }
    #expect(act("ssh agent unlistedwrapper systemctl stop x", of: "")?.place == .host("agent"))
  }

  @Test("TEST-03 a text that could not be read has no acts that anybody could rely on")
  func unread() {
    #expect(acts("qm stop 105; echo \"open") == nil)
    #expect(acts("qm st\u{200B}op 105") == nil)
    let many = Array(repeating: "kill 1", count: ShellAct.limit + 1).joined(separator: ";")
    #expect(acts(many) == nil)
  }
}
