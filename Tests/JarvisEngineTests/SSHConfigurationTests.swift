import JarvisAPI
import JarvisSSH
import Testing

@testable import JarvisEngine

struct SSHConfigurationTests {
  private func read(_ yaml: String, _ environment: [String: String] = [:]) throws -> SSHConfiguration? {
    var tree = SettingsTree()
    try tree.read(yaml: yaml, from: "config.yaml")
    try tree.overlay(environment: environment) { _ in "from-file\n" }
    return try ConfigurationReader(tree: tree).ssh()
  }

  private func problem(_ yaml: String, _ environment: [String: String] = [:]) -> ConfigurationError? {
    #expect(throws: ConfigurationError.self) { try read(yaml, environment) }
  }

  @Test("DOCK-04 without anything about SSH there is none")
  func none() throws {
    #expect(try read("timezone: UTC") == nil)
    #expect(try read("ssh:\n  nodes:") == nil)
  }

  @Test("DOCK-04 nodes with their own address, port, user, key and jump host")
  func whole() throws {
    let ssh = try #require(
      try read(
        """
        ssh:
          user: jarvis
          key: /keys/jarvis
          agent: no
          nodes:
            - node: pve
              address: 10.0.0.1
            - node: backup
              address: fd00::7
              port: 2222
              user: root
              key: /keys/other
              jump: pve
        """))
    #expect(
      ssh.nodes == [
        SSHNode(name: "pve", address: "10.0.0.1", user: "jarvis"),
        SSHNode(name: "backup", address: "fd00::7", port: 2222, user: "root", keyPath: "/keys/other", jump: "pve"),
      ])
    #expect(ssh.key == "/keys/jarvis")
    #expect(!ssh.usesAgent)
  }

  @Test("DOCK-04 without a list the API's named entrances are the nodes")
  func fromCluster() throws {
    let yaml = """
      cluster:
        nodes:
          - url: https://10.0.0.1:8006
            node: pve
          - url: https://[fd00::2]:8006
            node: agent
          - https://somewhere:8006
      """
    #expect(try read(yaml) == nil)
    let ssh = try read(yaml, ["JARVIS_SSH_USER": "jarvis"])
    #expect(
      ssh?.nodes == [
        SSHNode(name: "agent", address: "fd00::2", user: "jarvis"),
        SSHNode(name: "pve", address: "10.0.0.1", user: "jarvis"),
      ])
    let known = try read(yaml, ["JARVIS_SSH_NODES": "pve", "JARVIS_SSH_PASSPHRASE_FILE": "/run/secrets/p"])
    #expect(known?.nodes == [SSHNode(name: "pve", address: "10.0.0.1")])
    #expect(known?.passphrase == "from-file")
  }

  @Test(
    "DOCK-04 the environment's short form",
    arguments: [
      ("pve=10.0.0.1", SSHNode(name: "pve", address: "10.0.0.1")),
      ("pve=me@10.0.0.1:2200", SSHNode(name: "pve", address: "10.0.0.1", port: 2200, user: "me")),
      ("pve=[fd00::1]:2200", SSHNode(name: "pve", address: "fd00::1", port: 2200)),
      ("pve=fd00::1", SSHNode(name: "pve", address: "fd00::1")),
      ("pve", SSHNode(name: "pve", address: "pve")),
    ])
  func short(text: String, node: SSHNode) throws {
    #expect(try read("", ["JARVIS_SSH_NODES": text])?.nodes == [node])
  }

  @Test(
    "DOCK-04 what is wrong is named with its place",
    arguments: [
      ("ssh:\n  user: jarvis", "no node's address is known"),
      ("ssh:\n  nodes:\n    - node: pve\n      port: 99999", "'99999' is not a port"),
      ("ssh:\n  nodes:\n    - node: pve\n    - node: pve", "listed twice"),
      ("ssh:\n  nodes:\n    - node: pve\n      jump: pvee", "jump host 'pvee'"),
      ("ssh:\n  nodes:\n    - address: 10.0.0.1", "has no 'node'"),
      ("ssh:\n  nodes:\n    - node: pve\n      adress: 10.0.0.1", "unknown key 'adress'"),
      ("ssh:\n  nodes:\n    - node: pve\n      address: \"10.0.0.1 -o x\"", "is not an address"),
      ("ssh:\n  nodes: pve", "must be a list"),
    ])
  func wrong(yaml: String, said: String) {
    #expect(problem(yaml)?.problem.contains(said) == true)
  }

  @Test("DOCK-04 a name that is nearly one is suggested")
  func suggestion() {
    #expect(problem("ssh:\n  nodes:\n    - node: pve\n      adress: 10.0.0.1")?.advice.contains("address") == true)
    #expect(problem("ssh:\n  nodes:\n    - node: pve\n      jump: pv")?.advice.contains("pve") == true)
  }
}
