import JarvisAPI
import Testing

@testable import JarvisSimulator

/// Tokens, privileges and parameters.
struct ProxmoxAccessTests {
  @Test("FOUND-08 a token without the right is refused with path and privilege, one with it is not")
  func powerManagement() async throws {
    let bench = try APIBench()
    let refused = await bench.send("POST", "/nodes/pve/qemu/101/status/stop", as: "vm100")
    #expect(refused.status == 403)
    #expect(refused.reason == "Permission check failed (/vms/101, VM.PowerMgmt)")
    #expect(bench.cluster.update { $0.guestStatus(101) } == "running")
    let allowed = await bench.send("POST", "/nodes/pve/qemu/100/status/stop", as: "vm100")
    #expect(allowed.status == 200)
    bench.clock.advance(10)
    #expect(bench.cluster.update { $0.guestStatus(100) } == "stopped")
  }

  @Test("TEST-12 lists are shorter for those who may see less, they do not fail")
  func shorterLists() async throws {
    let bench = try APIBench()
    func vmids(_ token: String) async -> [Int] {
      (await bench.send("GET", "/cluster/resources", ["type": "vm"], as: token)).data?.array?.compactMap {
        $0["vmid"]?.int
      } ?? []
    }
    #expect(await vmids("full").count == 16)
    #expect(await vmids("ro").count == 16)
    #expect(await vmids("vm100") == [100])
    #expect(await vmids("none").isEmpty)
    let nodes = (await bench.send("GET", "/nodes", as: "none")).data?.array ?? []
    #expect(nodes.count == 4)
    #expect(nodes.allSatisfy { $0["cpu"] == nil && $0["status"] == "online" })
  }

  @Test("TEST-12 a deeper rule replaces what came from above, and one that does not propagate stays where it is")
  func inheritance() {
    let caller = Caller(
      token: SimulatedToken(
        user: "a@pve", id: "t",
        rights: [
          .init(path: "/", role: .auditor), .init(path: "/vms/100", role: .init(name: "none", privileges: [])),
          .init(path: "/vms", role: .guestOperator, propagate: false),
        ]))
    #expect(caller.has("VM.Audit", on: "/vms/101"))
    #expect(!caller.has("VM.PowerMgmt", on: "/vms/101"))
    #expect(caller.has("VM.PowerMgmt", on: "/vms"))
    #expect(!caller.has("VM.Audit", on: "/vms/100"))
    #expect(caller.privileges(on: "/vms")["VM.PowerMgmt"] == false)
  }

  @Test(
    "TEST-12 an answer of 401 has no body, only a reason",
    arguments: [
      (nil, "No ticket"), ("Bearer x", "No ticket"), ("PVEAPIToken=root@pam!full=no", "Authentication failed!"),
      ("PVEAPIToken=nobody@pve!x=11111111-1111-4111-8111-111111111111", "Authentication failed!"),
    ] as [(String?, String)])
  func unauthenticated(_ header: String?, _ reason: String) async throws {
    let answer = await (try APIBench()).send("GET", raw: "/api2/json/version", authorization: header)
    #expect(answer.status == 401)
    #expect(answer.reason == reason)
    #expect(!answer.hasBody)
    #expect(!answer.headers.contains { $0.name == "Content-Type" || $0.name == "Content-Length" })
  }

  @Test("TEST-12 a form takes 0 and 1 for a boolean, JSON takes true and false")
  func booleans() async throws {
    let bench = try APIBench()
    let path = "/api2/json/nodes/pve/qemu/103/config"
    for text in ["on", "true", "yes", ""] {
      let refused = await bench.send("PUT", raw: path, body: "onboot=\(text)", authorization: bench.header("full"))
      #expect(refused.status == 400)
      #expect(refused.json?["errors"]?["onboot"]?.string == "type check ('boolean') failed - got '\(text)'")
    }
    let form = await bench.send("PUT", raw: path, body: "onboot=1", authorization: bench.header("full"))
    #expect(form.status == 200)
    let json = await bench.send(
      "PUT", raw: path, body: "{\"onboot\":false,\"cores\":3}", contentType: "application/json",
      authorization: bench.header("full"))
    #expect(json.status == 200)
    let config = await bench.send("GET", "/nodes/pve/qemu/103/config")
    #expect(config.data?["onboot"] == 0)
    #expect(config.data?["cores"] == 3)
  }

  @Test("TEST-12 settings of a running guest wait for its restart, and show as pending")
  func pending() async throws {
    let bench = try APIBench()
    _ = await bench.send("PUT", "/nodes/pve/qemu/100/config", ["cores": "6"])
    let rows = (await bench.send("GET", "/nodes/pve/qemu/100/pending")).data?.array ?? []
    let cores = rows.first { $0["key"] == "cores" }
    #expect(cores?["value"] == 4)
    #expect(cores?["pending"] == 6)
    _ = await bench.send("POST", "/nodes/pve/qemu/100/status/reboot")
    bench.clock.advance(30)
    let status = await bench.send("GET", "/nodes/pve/qemu/100/status/current")
    #expect(status.data?["cpus"] == 6)
  }

  @Test("TEST-12 a token follows its own task and not another's")
  func ownTasks() async throws {
    let bench = try APIBench()
    let own = (await bench.send("POST", "/nodes/pve/qemu/100/status/reboot", as: "vm100")).data?.string ?? ""
    let foreign = (await bench.send("POST", "/nodes/pve/qemu/101/status/reboot")).data?.string ?? ""
    #expect(own.hasSuffix(":qmreboot:100:bob@pve!vm100:"))
    #expect((await bench.send("GET", "/nodes/pve/tasks/\(own)/status", as: "vm100")).data?["status"] == "running")
    let refused = await bench.send("GET", "/nodes/pve/tasks/\(foreign)/status", as: "vm100")
    #expect(refused.reason == "Permission check failed (/nodes/pve, Sys.Audit)")
    let list = await bench.send("GET", "/nodes/pve/tasks", ["source": "all"], as: "vm100")
    #expect(list.data?.array?.count == 1)
  }

  @Test("TEST-12 whatever the path, body or parameter, the answer is an answer")
  func nonsense() async throws {
    let bench = try APIBench()
    var random = SeededRandom(seed: 11)
    let words = [
      "nodes", "pve", "qemu", "100", "%00", "..", "status", "tasks", "UPID:", "lxc", "ü", "storage", "{node}",
      "cluster",
      "resources", "%2F", "config", "a b", "\u{202E}", "999999999999999999999",
    ]
    let allowed: Set<Int> = [200, 400, 401, 403, 500, 501, 506, 595]
    for _ in 0..<400 {
      let parts = (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in words.randomElement(using: &random) }
      let method = ["GET", "POST", "PUT", "DELETE", "PATCH"].randomElement(using: &random) ?? "GET"
      let body =
        ["", "a=1&a=2", "{\"a\":[1,{}]}", "%%%=&&", "limit=99999999999999999999"].randomElement(using: &random) ?? ""
      let answer = await bench.send(
        method, raw: "/api2/json/" + parts.joined(separator: "/"), query: [("limit", "x")], body: body,
        authorization: bench.header("full"))
      #expect(allowed.contains(answer.status))
    }
  }
}
