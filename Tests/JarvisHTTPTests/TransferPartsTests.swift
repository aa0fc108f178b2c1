import Testing

@testable import JarvisHTTP

@Suite("The pure parts of a transfer")
struct TransferPartsTests {
  private let timeouts = HTTPTimeouts(
    connect: .seconds(1), firstByte: .seconds(2), idle: .seconds(3), total: .seconds(20))

  @Test("TEST-12 each phase has its own clock, and the total stands above them")
  func deadlines() {
    let start = ContinuousClock.now
    var clock = TransferDeadlines(timeouts, now: start)
    #expect(clock.expired(at: start + .milliseconds(999)) == nil)
    #expect(clock.expired(at: start + .seconds(1)) == .connect)
    clock.sending(at: start + .seconds(1))
    #expect(clock.next == start + .seconds(3))
    #expect(clock.expired(at: start + .seconds(3)) == .firstByte)
    clock.received(at: start + .seconds(3))
    #expect(clock.expired(at: start + .seconds(6)) == .idle)
    clock.received(at: start + .seconds(19))
    #expect(clock.next == start + .seconds(20))
    #expect(clock.expired(at: start + .seconds(20)) == .total)
  }

  @Test("TEST-12 while the reader is behind, the idle clock stands still and the total does not")
  func pausedClock() {
    let start = ContinuousClock.now
    var clock = TransferDeadlines(timeouts, now: start)
    clock.sending(at: start)
    clock.received(at: start)
    clock.paused()
    #expect(clock.expired(at: start + .seconds(10)) == nil)
    clock.resumed(at: start + .seconds(10))
    #expect(clock.expired(at: start + .seconds(12)) == nil)
    #expect(clock.expired(at: start + .seconds(13)) == .idle)
    clock.paused()
    #expect(clock.expired(at: start + .seconds(20)) == .total)
  }

  @Test("ROUTE-08 the queue pauses at its limit and resumes half empty")
  func queue() {
    var queue = BodyQueue(limit: 8)
    let piece: [UInt8] = [1, 2, 3, 4]
    for _ in 0..<2 {
      guard queue.hasRoom() else { Issue.record("paused too early"); return }
      queue.add(piece)
    }
    guard !queue.hasRoom() else { Issue.record("not paused"); return }
    guard case .piece(_, resume: true) = queue.take() else { Issue.record("not resumed at half"); return }
    guard case .piece(_, resume: false) = queue.take() else { Issue.record("resumed twice"); return }
    guard case .nothing = queue.take() else { Issue.record("not empty"); return }
  }

  @Test("ROUTE-08 what came before an error is read before it; what was abandoned is not")
  func queueEnds() {
    var queue = BodyQueue(limit: 8)
    queue.add([1])
    queue.finish(.failure(.cut("x")))
    queue.finish(.success(()))
    guard case .piece([1], resume: false) = queue.take() else { Issue.record("piece lost"); return }
    guard case .failure(.cut("x")) = queue.take() else { Issue.record("error lost"); return }
    var left = BodyQueue(limit: 8)
    left.add([1])
    left.abandon(.cancelled)
    guard case .failure(.cancelled) = left.take() else { Issue.record("still there"); return }
  }

  @Test("TEST-12 a body left before its end was read is cancelled, though all of it had come; one read is not")
  func queueLeft() {
    var left = BodyQueue(limit: 8)
    left.add([1])
    left.finish(.success(()))
    left.abandon(.cancelled)
    guard case .failure(.cancelled) = left.take() else { Issue.record("half a body ended well"); return }
    var read = BodyQueue(limit: 8)
    read.finish(.success(()))
    guard case .end = read.take() else { Issue.record("no end"); return }
    read.abandon(.cancelled)
    guard case .end = read.take() else { Issue.record("the end was forgotten"); return }
    var broken = BodyQueue(limit: 8)
    broken.finish(.failure(.cut("x")))
    broken.abandon(.cancelled)
    guard case .failure(.cut("x")) = broken.take() else { Issue.record("the first error counts"); return }
  }

  @Test("TEST-12 proxies come from the environment, but never for this machine")
  func proxies() throws {
    let settings = ProxySettings(environment: [
      "http_proxy": "http://p:1", "HTTP_PROXY": "http://cgi:1", "HTTPS_PROXY": "http://s:2", "no_proxy": "a,b",
    ])
    #expect(settings.proxy(for: try RequestTarget("http://pve.example/")) == "http://p:1")
    #expect(settings.proxy(for: try RequestTarget("https://pve.example:8006/")) == "http://s:2")
    #expect(settings.exceptions == "a,b")
    for host in ["localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.9.8.7", "[::1]"] {
      #expect(settings.proxy(for: try RequestTarget("http://\(host):9931/")) == "", "\(host)")
    }
    #expect(settings.proxy(for: try RequestTarget("http://127.0.0.1.example/")) == "http://p:1")
    let all = ProxySettings(environment: ["HTTP_PROXY": "http://cgi:1", "ALL_PROXY": "socks5://a:3"])
    #expect(all.plain == "socks5://a:3" && all.encrypted == "socks5://a:3")
    #expect(ProxySettings(environment: [:]).plain == "")
  }

  @Test(
    "TEST-12 URLs that are not asked",
    arguments: [
      "", "pve", "/api2/json", "ftp://127.0.0.1/", "file:///etc/passwd", "https://", "https://root:secret@pve/",
      "http://a b/", "http://host:99999/", "gopher://127.0.0.1:1/x",
    ])
  func badURLs(url: String) {
    do throws(HTTPError) {
      _ = try RequestTarget(url)
      Issue.record("accepted")
    } catch {
      guard case .badURL(let why) = error else { Issue.record("\(error)"); return }
      #expect(!why.contains("secret"))
    }
  }

  @Test("TEST-12 host and port as libcurl reads them")
  func targets() throws {
    let plain = try RequestTarget("http://Node.example/x?y")
    #expect(plain.host == "Node.example" && plain.port == 80 && !plain.isEncrypted)
    let six = try RequestTarget("https://[fe80::1]:8006/")
    #expect(six.host == "fe80::1" && six.port == 8006 && six.origin == "[fe80::1]:8006")
  }

  @Test("FOUND-06 fingerprints are read as people write them")
  func fingerprints() throws {
    let bytes = (0..<32).map { UInt8($0 * 8) }
    let print = try #require(CertificateFingerprint(bytes: bytes))
    #expect(print.description.hasPrefix("00:08:10:18:"))
    #expect(CertificateFingerprint(print.description) == print)
    #expect(CertificateFingerprint(" \(print.description.lowercased())\n") == print)
    #expect(CertificateFingerprint(print.description.replacing(":", with: "")) == print)
    for bad in [
      "", "AA:BB", print.description + ":00", String(repeating: "+1", count: 32), String(repeating: "zz", count: 32),
    ] {
      #expect(CertificateFingerprint(bad) == nil, "\(bad)")
    }
    #expect(TLSTrust.pinned(fingerprint: print.description) == .pinned(sha256: bytes))
  }
}
