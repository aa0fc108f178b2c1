import ArgumentParser
import Foundation
import JarvisCluster

/// `scale`: how long a large cluster's poll takes, from bytes to events.
struct ScaleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scale",
    abstract: "Decode a large /cluster/resources and compare it with the one before; one JSON summary line.")

  @Option(help: "Nodes of the made-up cluster.")
  var nodes = 64

  @Option(help: "Guests of the made-up cluster.")
  var guests = 10_000

  @Option(help: "Polls to measure.")
  var polls = 30

  func validate() throws {
    guard (1...1_000).contains(nodes), (1...100_000).contains(guests), (2...10_000).contains(polls) else {
      throw ValidationError("nodes 1–1000, guests 1–100000, polls 2–10000")
    }
  }

  func run() throws {
    let cluster = MadeUpCluster(nodes: nodes, guests: guests)
    var picture = LivePicture(pollInterval: 12, simulated: true, makeID: { UUID() })
    var decode: [Duration] = []
    var whole: [Duration] = []
    var reference: [Duration] = []
    var bytesRead = 0
    var events = 0
    for poll in 0..<polls {
      let bytes = Array(cluster.resources(poll: poll).utf8)
      bytesRead = bytes.count
      let start = ContinuousClock.now
      let list = try ResourceList(AnswerBody(bytes))
      let decoded = ContinuousClock.now
      let new = picture.apply(
        .resources(list, via: "n1"), at: Date(timeIntervalSince1970: 1_800_000_000 + 12 * Double(poll)))
      let end = ContinuousClock.now
      // The first poll has nothing to compare with and warms the caches.
      guard poll > 0 else { continue }
      events += new.count
      decode.append(decoded - start)
      whole.append(end - start)
      if poll <= 3 { reference.append(try JSONDecoderReference.time(bytes)) }
    }
    print(
      """
      {"summary":{"nodes":\(nodes),"guests":\(guests),"bytes":\(bytesRead),"polls":\(whole.count),"events":\(events),\
      "decode_p50_ms":\(median(decode)),"decode_and_diff_p50_ms":\(median(whole)),\
      "decode_and_diff_max_ms":\(number(whole.max() ?? .zero)),"jsondecoder_p50_ms":\(median(reference))}}
      """)
  }

  private func median(_ times: [Duration]) -> String {
    times.isEmpty ? "0" : number(times.sorted()[times.count / 2])
  }

  private func number(_ duration: Duration) -> String { String(format: "%.2f", Milliseconds.of(duration)) }
}

/// The same rows by `JSONDecoder` with the least tolerance that the API needs, to know what the own scanner is worth.
private enum JSONDecoderReference {
  private struct Answer: Decodable {
    var data: [Row]
  }

  private struct Row: Decodable {
    var type: String?
    var node: String?
    var name: String?
    var status: String?
    var vmid: Int?
    var cpu: Double?
    var maxcpu: Double?
    var mem: Double?
    var maxmem: Double?
    var disk: Double?
    var maxdisk: Double?
    var uptime: Double?
    var netin: Double?
    var netout: Double?
    var template: Int?
    var tags: String?
    var lock: String?
    var hastate: String?
  }

  static func time(_ bytes: [UInt8]) throws -> Duration {
    let start = ContinuousClock.now
    let answer = try JSONDecoder().decode(Answer.self, from: Data(bytes))
    let end = ContinuousClock.now
    guard !answer.data.isEmpty else { throw ValidationError("the made-up cluster is empty") }
    return end - start
  }
}

/// A large cluster made from numbers alone: the same for everybody, different at each poll.
struct MadeUpCluster {
  var nodes: Int
  var guests: Int

  /// The answer of `/cluster/resources` at this poll: loads move, a guest in a hundred is stopped or started.
  func resources(poll: Int) -> String {
    var rows: [String] = []
    rows.reserveCapacity(nodes * 3 + guests)
    for index in 0..<nodes {
      var random = Mixer(seed: index, poll)
      rows.append(
        """
        {"id":"node/n\(index + 1)","node":"n\(index + 1)","type":"node","status":"online","level":"","cgroup-mode":2,\
        "cpu":\(random.share),"maxcpu":64,"mem":\(random.bytes(512)),"maxmem":549755813888,"disk":\(random.bytes(90)),\
        "maxdisk":107374182400,"uptime":\(8_640_000 + 12 * poll)}
        """)
      for storage in ["local", "tank"] {
        rows.append(
          """
          {"id":"storage/n\(index + 1)/\(storage)","node":"n\(index + 1)","storage":"\(storage)","type":"storage",\
          "plugintype":"dir","status":"available","shared":0,"content":"images,rootdir","disk":\(random.bytes(900)),\
          "maxdisk":1073741824000}
          """)
      }
    }
    for index in 0..<guests { rows.append(guest(index, poll)) }
    return #"{"data":["# + rows.joined(separator: ",") + "]}"
  }

  private func guest(_ index: Int, _ poll: Int) -> String {
    var random = Mixer(seed: index + 1_000_000, poll)
    let kind = index % 3 == 0 ? "lxc" : "qemu"
    let running = (index + poll) % 100 != 0
    let node = "n\(index % nodes + 1)"
    return """
      {"id":"\(kind)/\(100 + index)","vmid":\(100 + index),"type":"\(kind)","node":"\(node)","name":"guest-\(index)",\
      "status":"\(running ? "running" : "stopped")","template":0,"tags":"prod;web","pool":"prod",\
      "cpu":\(running ? random.share : "0"),"maxcpu":4,"mem":\(running ? random.bytes(8) : "0"),"maxmem":8589934592,\
      "memhost":\(running ? random.bytes(8) : "0"),"disk":\(kind == "lxc" ? random.bytes(30) : "0"),\
      "maxdisk":34359738368,"diskread":\(random.bytes(90)),"diskwrite":\(random.bytes(90)),\
      "netin":\(random.bytes(90)),"netout":\(random.bytes(90)),"uptime":\(running ? 864_000 + 12 * poll : 0)}
      """
  }

  /// SplitMix64, seeded by what it stands for.
  private struct Mixer {
    private var state: UInt64

    init(seed: Int, _ poll: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(poll) }

    private mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }

    /// As Proxmox writes a load: 15 decimals.
    var share: String {
      mutating get { "0." + String(format: "%015llu", next() % 1_000_000_000_000_000) }
    }

    mutating func bytes(_ gibibytes: UInt64) -> String { String(next() % (gibibytes << 30)) }
  }
}
