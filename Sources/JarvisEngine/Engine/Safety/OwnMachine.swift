import Foundation
import JarvisSafety

/// Reads what this machine can tell of itself. Everything it looks at may be missing.
public enum OwnMachine {
  /// Bytes of one of the kernel's small files, at most.
  private static let maximumBytes = 4_096
  /// Network interfaces that are looked at, at most.
  private static let maximumInterfaces = 256

  /// - Parameter root: where the file system begins: a test has one of its own.
  public static func hints(root: String = "", hostName: String, addresses: [String]) -> HomeHints {
    HomeHints(
      smbiosUUID: text(root + "/sys/class/dmi/id/product_uuid"), macs: macs(root), addresses: addresses,
      hostName: hostName, isContainer: isContainer(root))
  }

  /// Of this machine, as it runs.
  public static func hints() -> HomeHints {
    hints(hostName: ProcessInfo.processInfo.hostName, addresses: addresses())
  }

  /// In an LXC container the firmware's UUID is the node's; in Docker it is that of the machine around it.
  private static func isContainer(_ root: String) -> Bool {
    if text(root + "/run/systemd/container") == "lxc" { return true }
    let environment = text(root + "/proc/1/environ") ?? ""
    return environment.split(separator: "\0").contains("container=lxc")
  }

  private static func macs(_ root: String) -> [String] {
    let folder = root + "/sys/class/net"
    // No such folder: nothing is known of the network.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().prefix(maximumInterfaces).compactMap { name in
      name == "lo" ? nil : text("\(folder)/\(name)/address")
    }
  }

  private static func text(_ path: String) -> String? {
    // Unreadable is unknown: the UUID is root's alone.
    guard let file = FileHandle(forReadingAtPath: path), let data = try? file.read(upToCount: maximumBytes) else {
      return nil
    }
    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return text.isEmpty ? nil : text
  }

  /// Of all interfaces but the loopback.
  static func addresses() -> [String] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    var found: [String] = []
    var next = first
    while let entry = next, found.count < maximumInterfaces {
      next = entry.pointee.ifa_next
      guard let address = entry.pointee.ifa_addr, entry.pointee.ifa_flags & UInt32(IFF_LOOPBACK) == 0
      else { continue }
      let size =
        switch Int32(address.pointee.sa_family) {
        case AF_INET: socklen_t(MemoryLayout<sockaddr_in>.size)
        case AF_INET6: socklen_t(MemoryLayout<sockaddr_in6>.size)
        default: socklen_t(0)
        }
      guard size > 0 else { continue }
      var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      guard getnameinfo(address, size, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else { continue }
      found.append(String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    return found
  }
}
