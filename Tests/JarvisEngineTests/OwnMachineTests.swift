import Foundation
import JarvisEngine
import JarvisSafety
import JarvisTestSupport
import Testing

@Suite struct OwnMachineTests {
  private func write(_ text: String, _ path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test("FOUND-01 hints come from the kernel's own files; what is missing is missing, and a container says so")
  func hints() throws {
    let temporary = try TemporaryDirectory()
    let root = temporary.path
    let empty = OwnMachine.hints(root: root, hostName: "jarvis", addresses: [])
    #expect(empty.smbiosUUID == nil && empty.macs.isEmpty && !empty.isContainer)
    try write("6f3c1a9e-52aa-4c1b-9d0e-2f3b4c5d6e7f\n", root + "/sys/class/dmi/id/product_uuid")
    try write("bc:24:11:aa:bb:cc\n", root + "/sys/class/net/ens18/address")
    try write("00:00:00:00:00:00\n", root + "/sys/class/net/lo/address")
    let found = OwnMachine.hints(root: root, hostName: "jarvis", addresses: ["10.0.0.5"])
    #expect(found.smbiosUUID?.hasPrefix("6f3c1a9e") == true && found.macs == ["bc:24:11:aa:bb:cc"])
    #expect(found.hostName == "jarvis" && found.addresses == ["10.0.0.5"])
    try write("PATH=/bin\0container=lxc\0", root + "/proc/1/environ")
    #expect(OwnMachine.hints(root: root, hostName: "x", addresses: []).isContainer)
    try write("docker\n", root + "/run/systemd/container")
    try write("container=docker\0", root + "/proc/1/environ")
    #expect(!OwnMachine.hints(root: root, hostName: "x", addresses: []).isContainer, "Docker shows its machine's UUID")
  }
}
