import ArgumentParser
import Foundation
import JarvisLock
import JarvisSSH
import JarvisTestSupport

/// `ssh`: commands over kept connections, against real `sshd`s on loopback, beside the raw exchange and `ssh host true`.
struct SSHCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ssh",
    abstract: "Start four real sshd on loopback and time commands on them; one JSON summary line.")

  @Option(help: "Commands in the run that looks for growth.")
  var execs = 10_000

  @Option(help: "Commands, raw exchanges and ssh runs that are timed, in turns.")
  var rounds = 200

  func validate() throws {
    guard (1...1_000_000).contains(execs), (10...10_000).contains(rounds) else {
      throw ValidationError("execs 1–1000000, rounds 10–10000")
    }
  }

  func run() throws {
    if let obstacle = SSHServer.obstacle { throw ValidationError(obstacle) }
    let outcome = Guarded<Result<String, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    let (execs, rounds) = (execs, rounds)
    Task {
      let result: Result<String, any Error>
      do { result = .success(try await SSHMeasurement(execs: execs, rounds: rounds).summary()) } catch {
        result = .failure(error)
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    if let result = outcome.withLock({ $0 }) { print(try result.get()) }
  }
}
