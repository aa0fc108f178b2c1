import ArgumentParser
import Foundation

/// `explain`: the shell classifier's verdict on every case of a file.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Class shell commands, one JSON line each, then a summary.")

  @Option(help: "Lines of {\"id\",\"command\"}; \"verdict\" (safe, unsafe, dangerous) is counted where it is given.")
  var cases: String?

  @Flag(
    help: "Instead of cases: the longest texts that are answered, each the worst of one construct, with their times.")
  var worst = false

  func validate() throws {
    guard worst != (cases != nil) else { throw ValidationError("either --cases FILE or --worst") }
  }

  func run() throws {
    if worst {
      for line in try ExplainWorst().lines() { print(line) }
    } else if let cases {
      try answer(cases)
    }
  }

  private func answer(_ cases: String) throws {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: cases))
    } catch {
      throw ValidationError("could not read \(cases): \(error.localizedDescription)")
    }
    var run = ExplainRun()
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n")) where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      number += 1
      do {
        print(try run.answer(Data(line)))
      } catch {
        throw ValidationError("case \(number) of \(cases) is not {\"id\",\"command\"}: \(error)")
      }
    }
    print(try run.summary)
  }
}
