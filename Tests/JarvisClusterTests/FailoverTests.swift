import JarvisAPI
import JarvisHTTP
import Testing

@testable import JarvisCluster

@Suite("Asking another node")
struct FailoverTests {
  private let version = #"{"data":{"version":"9.2.11"}}"#
  private let guest = GuestPlace(vmid: 102, kind: .lxc, node: "agent")

  @Test(
    "FOUND-03 a read is asked elsewhere when a node is gone",
    arguments: [
      HTTPError.refused("x"), .timeout(.connect), .timeout(.firstByte), .cut("x"), .nameNotFound(host: "x"), .tls("x"),
      .untrusted("x"), .fingerprintChanged(actual: "AA"), .malformed("x"),
    ])
  func readsMoveOn(failure: HTTPError) async throws {
    let version = version
    let transport = ScriptedTransport { $0.host == "10.0.0.1" ? .failure(failure) : .json(version) }
    let client = try Fixture.client(transport)
    #expect(try await client.version().version == "9.2.11")
    #expect(transport.lines == ["GET 10.0.0.1 /version", "GET 10.0.0.2 /version"])
    _ = try await client.version()
    #expect(transport.lines.last == "GET 10.0.0.2 /version", "the one that answered stays first")
    #expect(await client.currentEndpoint()?.node == "agent")
  }

  @Test("FOUND-03 garbage and gateway errors move a read on; the API's own answers do not")
  func answers() async throws {
    let version = version
    for (reply, moves) in [
      (ScriptedTransport.Reply.json("<html>"), true), (.json("[]"), true), (.status(502, reason: "Bad Gateway"), true),
      (.status(401, reason: "No ticket"), false), (.status(500, reason: "no"), false),
      (.status(501, reason: "no"), false),
    ] {
      let transport = ScriptedTransport { $0.host == "10.0.0.1" ? reply : .json(version) }
      let client = try Fixture.client(transport)
      if moves {
        #expect(try await client.version().version == "9.2.11")
      } else {
        await #expect(throws: ProxmoxError.self) { try await client.version() }
      }
      #expect(transport.sent.count == (moves ? 2 : 1))
    }
  }

  @Test(
    "FOUND-03 a mutation is repeated only where it surely was not sent",
    arguments: [
      (HTTPError.refused("x"), true), (.timeout(.connect), true), (.nameNotFound(host: "x"), true),
      (.untrusted("x"), true),
      (.fingerprintChanged(actual: "AA"), true), (.timeout(.firstByte), false), (.timeout(.total), false),
      (.cut("x"), false),
      (.tls("x"), false), (.malformed("x"), false), (.cancelled, false),
    ])
  func mutations(failure: HTTPError, repeated: Bool) async throws {
    let upid = #"{"data":"UPID:agent:0000030E:0005A11B:6B039820:vzstart:102:jarvis@pve!console:"}"#
    let transport = ScriptedTransport { $0.host == "10.0.0.1" ? .failure(failure) : .json(upid) }
    let client = try Fixture.client(transport)
    if repeated {
      #expect(try await client.change(.power(.start, guest))?.target == "102")
    } else {
      await #expect(throws: ProxmoxError.self) { try await client.change(.power(.start, guest)) }
    }
    #expect(transport.sent.count == (repeated ? 2 : 1))
    #expect(transport.sent.allSatisfy { $0.method == "POST" && $0.path == "/nodes/agent/lxc/102/status/start" })
  }

  @Test("FOUND-03 a mutation answered with 595 or garbage is not repeated")
  func mutationAnswered() async throws {
    for reply in [
      ScriptedTransport.Reply.status(595, reason: "Connection refused"), .json("garbage"), .status(502, reason: "x"),
    ] {
      let transport = ScriptedTransport { _ in reply }
      let client = try Fixture.client(transport)
      await #expect(throws: ProxmoxError.self) { try await client.change(.power(.stop, guest)) }
      #expect(transport.sent.count == 1)
    }
  }

  @Test("FOUND-03 after 595 the node itself is asked")
  func direct() async throws {
    let transport = ScriptedTransport {
      $0.host == "10.0.0.3" && $0.path.contains("home")
        ? .json(#"{"data":{"uptime":5,"cpu":0.5}}"#) : .status(595, reason: "No route to host")
    }
    let client = try Fixture.client(transport)
    #expect(try await client.nodeStatus("home").node.uptime == .known(5))
    #expect(transport.lines == ["GET 10.0.0.1 /nodes/home/status", "GET 10.0.0.3 /nodes/home/status"])
    await #expect { try await client.nodeStatus("backup") } throws: {
      ($0 as? ProxmoxError)?.kind == .nodeUnreachable(node: "backup")
    }
  }

  @Test("FOUND-03 a node that hangs behind another one is not held against it")
  func hangingTarget() async throws {
    let version = version
    let transport = ScriptedTransport {
      $0.path.hasPrefix("/nodes/home") ? .failure(.timeout(.firstByte)) : .json(version)
    }
    let client = try Fixture.client(transport)
    await #expect { try await client.nodeStatus("home") } throws: { ($0 as? ProxmoxError)?.kind == .timeout }
    _ = try await client.version()
    #expect(transport.lines == ["GET 10.0.0.1 /nodes/home/status", "GET 10.0.0.1 /version"])
  }

  @Test("FOUND-03 no credentials go to a node without trust, nor again to one whose certificate changed")
  func credentials() async throws {
    let transport = ScriptedTransport { _ in .failure(.fingerprintChanged(actual: "AA:BB")) }
    let one = try Fixture.endpoint("pve", "10.0.0.1", trust: .pinned(sha256: [7]))
    let untrusted = try Fixture.endpoint("agent", "10.0.0.2", trust: nil)
    let client = try Fixture.client(transport, endpoints: [untrusted, one])
    for _ in 0..<3 {
      await #expect { try await client.version() } throws: {
        ($0 as? ProxmoxError)?.kind == .fingerprintChanged(actual: "AA:BB")
      }
    }
    #expect(transport.lines == ["GET 10.0.0.1 /version"], "asked once, then no more")
    await client.trust(.pinned(sha256: [8]), base: one.base)
    _ = try? await client.version()
    #expect(transport.sent.count == 2 && transport.sent[1].trust == .pinned(sha256: [8]))
    let nobody = try Fixture.client(transport, endpoints: [untrusted])
    await #expect { try await nobody.version() } throws: { ($0 as? ProxmoxError)?.kind == .untrusted }
    #expect(transport.sent.count == 2)
  }

  @Test("FOUND-03 every request bears the token, its own trust and bounded times")
  func requests() async throws {
    let version = version
    let transport = ScriptedTransport { _ in .json(version) }
    _ = try await Fixture.client(transport).version()
    let request = try #require(transport.sent.first)
    #expect(request.headers.contains { $0.name == "Authorization" && $0.value == "PVEAPIToken=" + Fixture.tokenText })
    #expect(request.url == "https://10.0.0.1:8006/api2/json/version")
    #expect(request.trust == Fixture.authority && request.timeouts == CallTimeouts().read)
  }

  @Test("FOUND-03 addresses are learned only under the cluster's own authority")
  func learning() async throws {
    let status =
      #"{"data":[{"type":"cluster","name":"c","quorate":1},{"type":"node","name":"pve","ip":"10.0.0.1","local":1,"online":1},{"type":"node","name":"agent","ip":"10.0.0.2","online":1},{"type":"node","name":"six","ip":"fd00::6","online":1}]}"#
    let transport = ScriptedTransport { _ in .json(status) }
    let client = try Fixture.client(transport, endpoints: [Fixture.endpoint(nil, "10.0.0.1")])
    _ = try await client.clusterStatus()
    #expect(
      await client.endpoints().map(\.base) == [
        "https://10.0.0.1:8006", "https://10.0.0.2:8006", "https://[fd00::6]:8006",
      ])
    #expect(await client.endpoints().first?.node == "pve")
    let pinned = try Fixture.client(
      transport, endpoints: [Fixture.endpoint(nil, "10.0.0.1", trust: .pinned(sha256: [1]))])
    _ = try await pinned.clusterStatus()
    #expect(await pinned.endpoints().count == 1)
  }
}
