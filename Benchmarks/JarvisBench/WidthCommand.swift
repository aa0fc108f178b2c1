import ArgumentParser
import Foundation
import JarvisAPI
import JarvisTerminal

/// `jarvis-bench width`: the cells that strings take on the screen, one JSON line a case, then a summary.
///
/// Each string goes the way of all text from outside: sanitised first, then measured.
struct WidthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "width", abstract: "Cells that strings take: {\"string\"} to {\"width\"}.")

  @Option(help: "A file of cases, one JSON object a line: {\"string\"}, with \"width\" where the truth is known.")
  var cases: String

  private struct Case: Decodable {
    var string: String
    var width: Int?
  }

  private struct Answer: Encodable {
    var width: Int?
    var error: String?
  }

  private struct Summary: Encodable {
    struct Numbers: Encodable {
      var cases: Int
      var unreadable: Int
      var judged: Int
      var right: Int
      /// Share of the judged cases that are right; null where no case carries the truth.
      var score: Double?
      /// Microseconds a case.
      var p50: Double
      var p99: Double

      enum CodingKeys: String, CodingKey {
        case cases, unreadable, judged, right, score
        case p50 = "p50Us"
        case p99 = "p99Us"
      }
    }
    var summary: Numbers
  }

  func run() throws {
    let text: String
    do {
      text = try String(contentsOfFile: cases, encoding: .utf8)
    } catch {
      throw ValidationError("The cases could not be read from \(cases): \(error.localizedDescription)")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var times: [Duration] = []
    var (count, unreadable, judged, right) = (0, 0, 0, 0)
    for line in text.utf8.split(separator: 0x0A) where !line.isEmpty {
      count += 1
      var answer = Answer()
      do {
        let found = try JSONDecoder().decode(Case.self, from: Data(line))
        let start = ContinuousClock.now
        let width = CellWidth.of(Sanitiser.clean(found.string))
        times.append(.now - start)
        answer.width = width
        if let truth = found.width {
          judged += 1
          right += truth == width ? 1 : 0
        }
      } catch {
        unreadable += 1
        answer.error = "not a case: \(error)"
      }
      print(String(decoding: try encoder.encode(answer), as: UTF8.self))
    }
    times.sort()
    let numbers = Summary.Numbers(
      cases: count, unreadable: unreadable, judged: judged, right: right,
      score: judged > 0 ? Double(right) / Double(judged) : nil, p50: microseconds(times, at: 0.5),
      p99: microseconds(times, at: 0.99))
    print(String(decoding: try encoder.encode(Summary(summary: numbers)), as: UTF8.self))
  }

  private func microseconds(_ sorted: [Duration], at share: Double) -> Double {
    guard !sorted.isEmpty else { return 0 }
    let time = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    return Double(time.components.attoseconds) / 1e12 + Double(time.components.seconds) * 1e6
  }
}
