import Foundation
import JarvisAPI
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct HomeTests {
  private let vm = HomeFingerprint(
    place: .guest(vmid: 100, node: "pve", isContainer: false), name: "jarvis",
    smbiosUUID: "6f3c1a9e-52aa-4c1b-9d0e-2f3b4c5d6e7f", macs: ["BC:24:11:AA:BB:CC"], addresses: ["192.168.1.65/24"])
  private let container = HomeFingerprint(
    place: .guest(vmid: 105, node: "agent", isContainer: true), name: "tools", macs: ["bc-24-11-00-00-05"],
    addresses: ["10.0.0.5"])
  private let node = HomeFingerprint(
    place: .node("pve"), name: "pve", smbiosUUID: "11111111-2222-3333-4444-555555555555", macs: ["aa:bb:cc:dd:ee:ff"],
    addresses: ["192.168.1.10"])

  @Test("FOUND-01 the UUID, a MAC address or an address finds the guest, whatever way it is written")
  func finds() {
    let all = [vm, container, node]
    func best(_ hints: HomeHints) -> HomeCandidate? { HomeMatch.candidates(hints, among: all).first }
    let byUUID = best(HomeHints(smbiosUUID: "6F3C1A9E-52AA-4C1B-9D0E-2F3B4C5D6E7F\n"))
    #expect(byUUID?.place == vm.place && byUUID?.isStrong == true && byUUID?.evidence == ["same SMBIOS UUID"])
    #expect(best(HomeHints(macs: ["BC:24:11:00:00:05"]))?.place == container.place)
    let byAddress = best(HomeHints(addresses: ["127.0.0.1", "192.168.1.65"]))
    #expect(byAddress?.place == vm.place && byAddress?.isStrong == false)
    #expect(best(HomeHints(hostName: "pve.lan"))?.place == node.place)
    #expect(best(HomeHints(macs: ["00:00:00:00:00:00"], addresses: ["127.0.0.1", "::1"])) == nil)
  }

  @Test("FOUND-01 in a container the UUID is the host's and finds nothing; the MAC address does")
  func inContainer() {
    let hints = HomeHints(
      smbiosUUID: node.smbiosUUID, macs: container.macs, hostName: "tools", isContainer: true)
    let found = HomeMatch.candidates(hints, among: [vm, container, node])
    #expect(found.map(\.place) == [container.place])
  }

  @Test("FOUND-01 a clone makes two strong candidates: neither is taken for certain")
  func clone() {
    var copy = vm
    copy.place = .guest(vmid: 200, node: "home", isContainer: false)
    let found = HomeMatch.candidates(HomeHints(smbiosUUID: vm.smbiosUUID), among: [vm, copy])
    #expect(found.count == 2 && found.allSatisfy(\.isStrong))
  }

  @Test("FOUND-01 after a migration the home is where its guest is now; a guest gone or replaced is told")
  func migration() {
    let home = Home(place: vm.place, storages: ["local-zfs"], confirmedAt: noon)
    func guest(_ vmid: Int, _ node: String, _ kind: Guest.Kind = .qemu) -> Guest {
      Guest(vmid: vmid, name: "jarvis", kind: kind, node: node, status: .running, seenAt: noon)
    }
    #expect(HomeCheck.compare(home, with: [guest(100, "pve")]) == .same)
    guard case .moved(let moved) = HomeCheck.compare(home, with: [guest(100, "home")]) else {
      Issue.record("not moved")
      return
    }
    #expect(moved.place == .guest(vmid: 100, node: "home", isContainer: false) && moved.place.words == "VM 100 on home")
    for other in [[guest(101, "pve")], [guest(100, "pve", .lxc)]] {
      guard case .gone = HomeCheck.compare(home, with: other) else {
        Issue.record("not gone")
        return
      }
    }
    #expect(HomeCheck.compare(home, with: []) == .same)
    #expect(HomeCheck.compare(Home(place: .node("pve"), confirmedAt: noon), with: [guest(1, "x")]) == .same)
  }

  @Test("FOUND-01 the home is kept owner-only; never confirmed, garbled or exposed means unknown, with what to do")
  func kept() throws {
    let temporary = try TemporaryDirectory()
    let directory = DataDirectory(path: temporary.path)
    let store = HomeStore(directory: directory)
    #expect(store.load().warning?.contains("never confirmed") == true)
    let home = ProtectionTests.home
    try store.save(home)
    #expect(store.load() == .known(home))
    let path = temporary.path + "/home.json"
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    chmod(path, 0o602)
    #expect(store.load().warning?.contains("chmod") == true)
    try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
    chmod(path, 0o600)
    #expect(store.load().warning?.contains("garbled") == true)
  }
}
