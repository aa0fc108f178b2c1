import JarvisAPI

/// What a machine can tell of itself: hints for finding it among the guests. Each may be missing.
public struct HomeHints: Sendable, Hashable {
  /// `/sys/class/dmi/id/product_uuid`: readable by root only, and in a container the host's.
  public var smbiosUUID: String?
  public var macs: [String]
  public var addresses: [String]
  public var hostName: String?
  /// True in a container, where the UUID is the host's.
  public var isContainer: Bool

  public init(
    smbiosUUID: String? = nil, macs: [String] = [], addresses: [String] = [], hostName: String? = nil,
    isContainer: Bool = false
  ) {
    self.smbiosUUID = smbiosUUID
    self.macs = macs
    self.addresses = addresses
    self.hostName = hostName
    self.isContainer = isContainer
  }
}

/// What the cluster tells of a guest, or of a node's own machine.
public struct HomeFingerprint: Sendable, Hashable {
  public var place: Home.Place
  public var name: String
  public var smbiosUUID: String?
  public var macs: [String]
  public var addresses: [String]

  public init(
    place: Home.Place, name: String, smbiosUUID: String? = nil, macs: [String] = [], addresses: [String] = []
  ) {
    self.place = place
    self.name = name
    self.smbiosUUID = smbiosUUID
    self.macs = macs
    self.addresses = addresses
  }
}

/// A place where Jarvis may live, with what speaks for it; the operator confirms.
public struct HomeCandidate: Sendable, Hashable {
  public var place: Home.Place
  /// "same SMBIOS UUID", "same MAC address".
  public var evidence: [String]
  /// Of a UUID or a MAC address, which hardly two machines share; a name or an address alone is a guess.
  public var isStrong: Bool
}

/// Finds what a machine is in the cluster. Pure.
public enum HomeMatch {
  /// Places that some hint speaks for, the best first. Two strong ones mean a clone: the operator must tell.
  public static func candidates(_ hints: HomeHints, among known: [HomeFingerprint]) -> [HomeCandidate] {
    let scored = known.compactMap { fingerprint -> (HomeCandidate, Int)? in
      var evidence: [String] = []
      var score = 0
      // In a container the UUID is that of the node, and says nothing about the guest.
      if !hints.isContainer, let own = hints.smbiosUUID.flatMap(hex),
        let its = fingerprint.smbiosUUID.flatMap(hex), own == its
      {
        evidence.append("same SMBIOS UUID")
        score += 8
      }
      if !Set(hints.macs.compactMap(hex)).isDisjoint(with: fingerprint.macs.compactMap(hex)) {
        evidence.append("same MAC address")
        score += 8
      }
      let isStrong = score > 0
      if !Set(hints.addresses.map(address)).subtracting(shared).isDisjoint(with: fingerprint.addresses.map(address)) {
        evidence.append("same address")
        score += 2
      }
      if let name = hints.hostName?.lowercased().split(separator: ".").first, name == fingerprint.name.lowercased() {
        evidence.append("same name")
        score += 1
      }
      return score == 0
        ? nil : (HomeCandidate(place: fingerprint.place, evidence: evidence, isStrong: isStrong), score)
    }
    return scored.sorted { $0.1 > $1.1 }.map(\.0)
  }

  /// Addresses that every machine has.
  private static let shared: Set<String> = ["127.0.0.1", "::1", "0.0.0.0", "::"]

  /// Hexadecimal digits alone, so that spellings do not matter; nil where there are too few to say anything, or where
  /// firmware left them all alike.
  private static func hex(_ text: String) -> String? {
    let digits = text.lowercased().filter(\.isHexDigit)
    return digits.count >= 12 && Set(digits).count > 1 ? digits : nil
  }

  /// Without a prefix length or zone.
  private static func address(_ text: String) -> String {
    String(text.lowercased().prefix { $0 != "/" && $0 != "%" })
  }
}
