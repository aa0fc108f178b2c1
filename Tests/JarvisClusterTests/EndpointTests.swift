import Foundation
import JarvisHTTP
import Testing

@testable import JarvisCluster

@Suite("Ways into the cluster")
struct EndpointTests {
  @Test(
    "FOUND-03 addresses are read as people write them",
    arguments: [
      ("pve", "https://pve:8006"), ("10.0.0.1", "https://10.0.0.1:8006"), ("https://pve.lan", "https://pve.lan:8006"),
      ("https://pve:443/", "https://pve:443"), ("[fd00::1]:8007", "https://[fd00::1]:8007"),
      ("fd00::1", "https://[fd00::1]:8006"),
      (" HTTPS://pve:8006 ", "https://pve:8006"),
    ])
  func addresses(text: String, base: String) throws {
    #expect(try ClusterEndpoint(address: text, trust: nil).base == base)
  }

  @Test(
    "FOUND-03 addresses that make no sense are refused",
    arguments: ["", "http://pve", "pve:0", "pve:x", "pve:99999", "[fd00::1", "pve/path", "user@pve", "a b\u{1B}"])
  func badAddresses(text: String) {
    #expect(throws: ClusterEndpoint.BadAddress.self) { try ClusterEndpoint(address: text, trust: nil) }
  }

  @Test("FOUND-03 fingerprints are read as Proxmox shows them")
  func fingerprints() {
    let text = (0..<32).map { String(format: "%02X", $0 * 7) }.joined(separator: ":")
    #expect(Fingerprint.bytes(text) == (0..<32).map { UInt8($0 * 7) })
    #expect(Fingerprint.bytes(text.replacing(":", with: "").lowercased() + "\n")?.count == 32)
    for bad in ["", "AA:BB", text + ":00", "+" + text.dropFirst(), "ZZ" + text.dropFirst(2)] {
      #expect(Fingerprint.bytes(bad) == nil, "\(bad)")
    }
  }

  private let now = Fixture.start

  private func chooser() throws -> EndpointChooser {
    EndpointChooser([
      try Fixture.endpoint("pve", "10.0.0.1"), try Fixture.endpoint("agent", "10.0.0.2"),
      try Fixture.endpoint("home", "10.0.0.3", trust: nil),
    ])
  }

  private func node(_ decision: EndpointChooser.Decision) -> String? {
    if case .ask(let endpoint) = decision { endpoint.node } else { nil }
  }

  @Test("FOUND-03 the one that answered last is asked first; a failed one waits longer each time")
  func backOff() throws {
    var chooser = try chooser()
    #expect(node(chooser.choose(at: now)) == "pve")
    chooser.report(.failed, base: "https://10.0.0.1:8006", at: now)
    #expect(node(chooser.choose(at: now)) == "agent")
    chooser.report(.answered, base: "https://10.0.0.2:8006", at: now)
    #expect(node(chooser.choose(at: now + 3)) == "agent", "warm, though pve may be asked again")
    chooser.report(.failed, base: "https://10.0.0.2:8006", at: now + 3)
    #expect(node(chooser.choose(at: now + 3)) == "pve")
    chooser.report(.failed, base: "https://10.0.0.1:8006", at: now + 3)
    #expect(node(chooser.choose(at: now + 3)) == "agent", "all paused: the one whose pause ends first")
    #expect(node(chooser.choose(tried: ["https://10.0.0.2:8006"], at: now + 3)) == nil, "but only as a first try")
    for _ in 0..<50 { chooser.report(.failed, base: "https://10.0.0.1:8006", at: now + 10) }
    #expect(
      node(chooser.choose(tried: ["https://10.0.0.2:8006"], at: now + 10 + EndpointChooser.longestPause)) == "pve")
  }

  @Test("FOUND-03 an endpoint without trust is never asked; a changed one not until it is trusted anew")
  func trust() throws {
    var chooser = try chooser()
    chooser.report(.changed(actual: "AA"), base: "https://10.0.0.1:8006", at: now)
    chooser.report(.changed(actual: "BB"), base: "https://10.0.0.2:8006", at: now)
    #expect(node(chooser.choose(at: now + 1e6)) == nil)
    #expect(node(chooser.choose(near: "home", at: now + 1e6)) == nil)
    chooser.trust(.pinned(sha256: [1]), base: "https://10.0.0.2:8006")
    #expect(node(chooser.choose(at: now)) == "agent")
    #expect(chooser.endpoints[1].trust == .pinned(sha256: [1]))
  }

  @Test("FOUND-03 learned endpoints are one a node and bounded")
  func adopting() throws {
    var chooser = try chooser()
    chooser.adopt(try Fixture.endpoint("pve", "192.168.0.1"))
    #expect(chooser.endpoints.count == 3, "pve is known by another address")
    chooser.adopt(try Fixture.endpoint("home", "10.0.0.3"))
    #expect(chooser.endpoints.count == 3 && chooser.endpoints[2].trust != nil)
    for index in 0..<200 { chooser.adopt(try Fixture.endpoint("n\(index)", "10.1.0.\(index)")) }
    #expect(chooser.endpoints.count == EndpointChooser.maximumEndpoints)
  }
}
