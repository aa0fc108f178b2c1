import Foundation
import JarvisAPI
import Testing

@testable import JarvisCluster

@Suite("Mutated answers")
struct FuzzTests {
  private static let seeds = [
    #"{"data":[{"type":"node","node":"pve","status":"online","cpu":0.25,"maxcpu":8,"mem":4,"maxmem":16,"uptime":"100"}]}"#,
    #"{"data":[{"type":"lxc","vmid":"102","node":"agent","name":"pi\u00fchole","status":"running","template":0,"tags":"a;b"}]}"#,
    #"{"data":[{"upid":"UPID:pve:0000030E:0005A11B:6B039820:qmstart:100:root@pam!full:","starttime":1795397664,"status":"OK","endtime":1}]}"#,
    #"{"data":{"/vms/100":{"VM.Audit":1},"/":{"Sys.Audit":0}}}"#,
    #"{"errors":{"vmid":"type check ('integer') failed - got 'x'\n"},"message":"Parameter verification failed.\n","data":null}"#,
    #"{"total":5,"data":[{"n":1,"t":"INFO"},{"n":2,"t":"TASK OK"}]}"#,
  ]

  @Test("TEST-10 mutated JSON never crashes a decoder and never loses its good rows silently", arguments: 0..<20)
  func mutated(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let alphabet = Array("{}[]\",:\\0123456789.eE+-tfnu \u{0}\u{1B}é".utf8) + [0xFF, 0xC3]
    for _ in 0..<100 {
      var bytes = Array((Self.seeds.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = alphabet.randomElement(using: &random) ?? 0
        case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
        case 2 where bytes.count > 2: bytes.remove(at: place)
        default: bytes.append(contentsOf: bytes[place...].prefix(20))
        }
      }
      for route in ProxmoxRoutes.all {
        do throws(AnswerFault) { try route.check(AnswerBody(bytes)) } catch { #expect(!error.reason.isEmpty) }
      }
      let error = ErrorReader.error(status: 500, reason: "", body: bytes, attempted: "try")
      #expect(!error.reason.isEmpty && error.reason.count <= OutsideText.maximumLineLength)
      // A picture of whatever was readable can be made and compared.
      if let list = try? ResourceList(AnswerBody(bytes)) {
        var picture = Fixture.picture()
        _ = picture.apply(.resources(list, via: "pve"), at: Fixture.start)
        _ = picture.apply(.resources(list, via: "pve"), at: Fixture.start + 12)
      }
    }
  }

  @Test("TEST-10 a malformed row never loses the others")
  func malformedRows() throws {
    let list = try Fixture.resources(
      Fixture.node("pve"), "7", "null", #"{"type":"qemu","vmid":{"a":1},"node":"pve"}"#,
      #"{"type":"lxc","vmid":-3,"node":"x"}"#,
      #"{"type":["x"]}"#, #"{"type":"sdn","new":1}"#, Fixture.guest(102, "running"), #"{"type":"storage","shared":"1"}"#
    )
    #expect(list.nodes.count == 1 && list.guests.map(\.vmid) == [102] && list.storages.isEmpty)
    #expect(throws: AnswerFault.self) { try Fixture.resources("1", "{}", #"{"type":"qemu"}"#) }
    #expect(throws: AnswerFault.self) { try ResourceList(Fixture.body(#"{"data":{"a":1}}"#)) }
    #expect(try ResourceList(Fixture.body(#"{"data":null}"#)).nodes.isEmpty)
  }

  @Test("TEST-10 text from outside is harmless and bounded")
  func sanitised() throws {
    let nasty = #"pi\u001b[31mhole\u202e\u0007\n"# + String(repeating: "x", count: 5_000)
    let list = try Fixture.resources(Fixture.guest(102, "running", name: nasty, node: #"ag\u001b]0;t\u0007ent"#))
    let name = try #require(list.guests.first?.name)
    #expect(name.hasPrefix("pihole ") && name.count <= OutsideText.maximumNameLength)
    #expect(!name.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    #expect(list.guests.first?.node == "agent")
    let tasks = try TaskAnswers.list(
      Fixture.body(
        ##"{"data":[{"upid":"UPID:pve:1:1:6B039820:vz\u001b[2Jdump:1:a@pam:","status":"bad\u001b[2J","endtime":5}]}"##))
    #expect(tasks.first?.type == "vzdump" && tasks.first?.outcome == .failed("bad"))
  }
}
