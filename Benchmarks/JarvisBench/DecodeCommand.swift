import ArgumentParser
import Foundation
import JarvisCluster

/// `decode`: reads recorded answers of the Proxmox API with the client's own decoders.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Decode recorded answers of the Proxmox API, one JSON line each, then a summary.")

  @Option(help: "Lines of {\"method\",\"path\",\"status\",\"reason\"?,\"body\"}.")
  var responses: String

  func run() throws {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: responses))
    } catch {
      throw ValidationError("could not read \(responses): \(error.localizedDescription)")
    }
    var tally = DecodeTally()
    var output = ""
    for line in bytes.split(separator: UInt8(ascii: "\n")) where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      let start = ContinuousClock.now
      let verdict = RecordedAnswer.verdict(ofLine: Array(line))
      tally.add(verdict, took: ContinuousClock.now - start)
      output += verdict.line + "\n"
      if output.utf8.count > 1 << 16 {
        FileHandle.standardOutput.write(Data(output.utf8))
        output = ""
      }
    }
    output += tally.line + "\n"
    FileHandle.standardOutput.write(Data(output.utf8))
  }
}

/// Counts verdicts and times for the summary line.
struct DecodeTally {
  private var ok = 0
  private var failed = 0
  private var unsupported = 0
  private var times: [Duration] = []

  mutating func add(_ verdict: RecordedAnswer.Verdict, took: Duration) {
    switch verdict {
    case .ok: ok += 1
    case .failed: failed += 1
    case .unsupported: unsupported += 1
    }
    times.append(took)
  }

  var line: String {
    let sorted = times.sorted()
    func milliseconds(_ share: Double) -> String {
      guard !sorted.isEmpty else { return "0" }
      let time = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
      return String(format: "%.4f", Milliseconds.of(time))
    }
    return "{\"summary\":{\"cases\":\(times.count),\"ok\":\(ok),\"failed\":\(failed),\"unsupported\":\(unsupported),"
      + "\"p50_ms\":\(milliseconds(0.5)),\"p99_ms\":\(milliseconds(0.99))}}"
  }
}

/// Durations as the bench prints them.
enum Milliseconds {
  static func of(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1_000 + Double(duration.components.attoseconds) / 1e15
  }
}
