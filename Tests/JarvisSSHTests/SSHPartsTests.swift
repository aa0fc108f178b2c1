import Foundation
import JarvisAPI
import Testing

@testable import JarvisSSH

@Suite("Parts of SSH that need no server")
struct SSHPartsTests {
  private static let key = HostKey(blob: Self.blob("ssh-ed25519", 7))
  private static let other = HostKey(blob: Self.blob("ssh-ed25519", 8))

  private static func blob(_ type: String, _ fill: UInt8) -> [UInt8] {
    var writer = WireWriter()
    writer.string(Array(type.utf8))
    writer.string([UInt8](repeating: fill, count: 32))
    return writer.bytes
  }

  private static func line(_ names: String, _ key: HostKey) -> String { "\(names) \(key.type) \(key.base64)\n" }

  @Test(
    "FOUND-08 known_hosts is read as OpenSSH reads it",
    arguments: [
      ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1,pve1", "pve1", true), ("pve1", "pve2", false),
      ("*.lan", "pve1.lan", true), ("*.lan,!pve1.lan", "pve1.lan", false), ("pve?", "pve1", true),
      ("[10.0.0.1]:2222", "[10.0.0.1]:2222", true), ("10.0.0.1", "[10.0.0.1]:2222", false), ("PVE1", "pve1", true),
    ])
  func names(pattern: String, host: String, isKnown: Bool) {
    let known = KnownHosts("# a comment\n\nnonsense\n" + Self.line(pattern, Self.key))
    #expect(known.verdict(on: Self.key, of: host) == (isKnown ? .pinned : .unknown))
    #expect(known.verdict(on: Self.other, of: host) == (isKnown ? .changed([Self.key]) : .unknown))
  }

  @Test("FOUND-08 a revoked key is refused though it is pinned, and an authority's line pins nothing")
  func markers() {
    let revoked = KnownHosts(Self.line("pve1", Self.key) + "@revoked " + Self.line("*", Self.key))
    #expect(revoked.verdict(on: Self.key, of: "pve1") == .revoked)
    let authority = KnownHosts("@cert-authority " + Self.line("*", Self.key))
    #expect(authority.verdict(on: Self.key, of: "pve1") == .unknown)
  }

  @Test("FOUND-08 to pin anew replaces the host's keys and no others")
  func pinning() {
    let before = Self.line("pve1,pve2", Self.key) + "# kept\n" + Self.line("pve3", Self.key)
    let after = KnownHosts(KnownHosts(before).pinning(Self.other, of: "pve1"))
    #expect(after.keys(of: "pve1") == [Self.other])
    #expect(after.keys(of: "pve2") == [Self.key])
    #expect(after.keys(of: "pve3") == [Self.key])
  }

  @Test("FOUND-08 a line whose type is not its key's is no pin")
  func forgedType() {
    let known = KnownHosts("pve1 ssh-rsa \(Self.key.base64)\n")
    #expect(known.verdict(on: Self.key, of: "pve1") == .unknown)
  }

  private func note(_ pieces: [String], nonce: String = "n1") -> (text: String, group: Int32?) {
    var note = ProcessNote(nonce: nonce)
    var text: [UInt8] = []
    for piece in pieces { text += Array(piece.utf8).withUnsafeBytes { note.strip($0) } }
    text += note.stop()
    return (String(decoding: text, as: UTF8.self), note.processGroup)
  }

  @Test("TEST-10 the note of the process is taken out wherever it is cut")
  func processNote() {
    let whole = Array("motd\njarvis-n1 4711\nerror\n")
    for cut in 0...whole.count {
      let result = note([String(whole[..<cut]), String(whole[cut...])])
      #expect(result.text == "motd\nerror\n")
      #expect(result.group == 4711)
    }
    #expect(note(["no note at all"]).text == "no note at all")
    #expect(note(["no note at all"]).group == nil)
    #expect(note(["jarvis-other 4711\n"]).group == nil)
    let long = String(repeating: "x", count: ProcessNote.searchLimit + 1)
    #expect(note([long, "jarvis-n1 4711\n"]).text == long + "jarvis-n1 4711\n")
  }

  @Test("TEST-10 a turnstile lets in so many, queues so many, in order")
  func turnstile() {
    var turnstile = Turnstile(places: 2, queueLimit: 2)
    let entries = (1...5).map { turnstile.enter($0) }
    #expect(entries == [.entered, .entered, .queued, .queued, .full])
    let third = turnstile.leave()
    let hasPlace = !turnstile.giveUp(3)
    let gaveUp = turnstile.giveUp(4)
    #expect(third == 3)
    #expect(hasPlace && gaveUp)
    let nobody = [turnstile.leave(), turnstile.leave()]
    #expect(nobody == [nil, nil])
    #expect(turnstile.isIdle)
  }

  @Test("TEST-10 output is held up to its limit")
  func boundedOutput() {
    var output = BoundedOutput(limit: 5)
    output.append([1, 2, 3])
    output.append([4, 5])
    #expect(!output.isCut)
    output.append([6])
    #expect(output.isCut)
    #expect(output.bytes == [1, 2, 3, 4, 5])
  }

  @Test("TEST-10 cut and hostile wire data are refused, not read past")
  func wire() {
    let good = Self.blob("ssh-ed25519", 1)
    for length in 0..<good.count {
      var reader = WireReader(Array(good[..<length]))
      _ = reader.string()
      let beyond = reader.string()
      #expect(beyond == nil)
    }
    var huge = WireReader([0xFF, 0xFF, 0xFF, 0xFF, 1])
    let refused = huge.string()
    #expect(refused == nil)
    #expect(AgentClient.identities(in: [12, 0xFF, 0xFF, 0xFF, 0xFF]) == nil)
    #expect(AgentClient.identities(in: []) == nil)
    #expect(AgentClient.signature(in: [14, 0, 0, 0, 2, 1, 1]) == nil)
    #expect(AgentClient.signature(in: [5]) == nil)
  }

  @Test("TEST-10 what a key's envelope says is read, and nonsense is no key")
  func envelopes() {
    let cases: [(String, PrivateKey.Kind, Bool)] = [
      (
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\nAAAA\n-----END RSA PRIVATE KEY-----",
        .rsa, true
      ),
      ("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----", .ecdsa, false),
      ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----", .unsaid, true),
      ("-----BEGIN DSA PRIVATE KEY-----\nAAAA\n", .unsupported("DSA"), false),
    ]
    for (text, kind, isEncrypted) in cases {
      let key = PrivateKey(Array(text.utf8))
      #expect(key?.kind == kind)
      #expect(key?.isEncrypted == isEncrypted)
    }
    for text in [
      "", "ssh-ed25519 AAAA", "-----BEGIN OPENSSH PRIVATE KEY-----\n!!!\n-----END", "-----BEGIN CERTIFICATE-----",
    ] {
      #expect(PrivateKey(Array(text.utf8)) == nil)
    }
  }

  @Test("TEST-10 every error says why in one line, and those that can be mended how")
  func words() {
    let offer = HostKeyOffer(node: "pve1", host: "10.0.0.1", key: Self.key, known: [Self.other])
    let all: [SSHError] = [
      .unknownNode(known: ["a"]), .jump("x"), .nameNotFound("x"), .refused(place: "x"),
      .unreachable(place: "x", reason: "y"), .timeout(.connect), .timeout(.response), .timeout(.command),
      .handshake("x"), .hostKeyUnknown(offer), .hostKeyChanged(offer), .hostKeyRevoked(offer),
      .knownHosts(path: "p", reason: "x"), .permissionDenied(user: "u", tried: ["k"]), .noKey,
      .keyFile(path: "p", reason: "x"), .keyMode(path: "p", mode: "644"), .keyType(path: "p", .rsa),
      .keyType(path: "p", .unsupported("DSA")), .passphraseNeeded(path: "p"), .passphraseWrong(path: "p"),
      .agent("x"), .dropped(reason: "x", mayHaveRun: false), .dropped(reason: "x", mayHaveRun: true),
      .channelRefused("x\u{1B}[2J"), .busy(limit: 1), .cancelled(ended: false), .outOfResources("x"),
    ]
    for error in all {
      let shown = error.userFacing("run a command on node pve1")
      #expect(!shown.reason.isEmpty && !shown.advice.isEmpty, "\(error)")
      #expect(!shown.description.contains("\u{1B}"))
    }
    #expect(SSHError.hostKeyChanged(offer).userFacing("x").reason.contains(Self.other.fingerprint))
  }
}
