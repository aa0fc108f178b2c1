import JarvisAPI
import JarvisSafety
import Testing

@Suite struct PinRecordTests {
  private func record(
    _ fingerprint: String? = "AA:BB", authority: String? = nil, hosts: [UInt8]? = nil
  ) -> PinRecord {
    PinRecord(entrances: [("https://pve:8006", fingerprint)], authority: authority, knownHosts: hosts)
  }

  @Test("FOUND-01 what is trusted is recorded once, and again when a pin, the authority or a host key is another")
  func rows() throws {
    let first = try #require(record().row(after: nil))
    #expect(first["added"] == ["https://pve:8006 sha256 AA:BB"] && first["removed"] == [])
    #expect(record().row(after: first) == nil, "the same is no news")
    let pinned = try #require(record("CC:DD").row(after: first))
    #expect(pinned["added"] == ["https://pve:8006 sha256 CC:DD"] && pinned["removed"] == first["added"])
    let authority = try #require(record(authority: "-----BEGIN\nabc\n").row(after: pinned))
    #expect(authority["added"]?.array?.contains { $0.string?.hasPrefix("authority") == true } == true)
    #expect(record(authority: "-----BEGIN\r\n  abc").row(after: authority) == nil, "spelled otherwise")
    let hosts = try #require(record(hosts: [1, 2]).row(after: first))
    #expect(hosts["known_hosts_changed"] == true && hosts["added"] == [])
    #expect(record(hosts: [1, 2]).row(after: hosts) == nil)
    #expect(record(hosts: [1, 3]).row(after: hosts) != nil && record(hosts: nil).row(after: hosts) != nil)
    #expect(PinRecord(entrances: [], authority: nil, knownHosts: nil).row(after: nil) == nil, "nothing is trusted yet")
  }
}
