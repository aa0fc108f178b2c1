import Foundation
import JarvisAPI
import JarvisTerminal

/// The terminal while the screen has let go of it: in its own modes, on its own page.
struct ReleasedTerminal: Sendable {
  var input: Int32
  var output: Int32
  /// `TERM` of this terminal.
  var type: String
  var size: Size
  /// Its sizes from now on.
  var sizes: AsyncStream<Size>
}

/// Runs an interactive shell on the visit's node in this terminal until it ends. Throws where there was none to be had.
typealias ShellRunner = @Sendable (ShellVisit, ReleasedTerminal) async throws -> Void

/// Gives the screen's terminal to a shell and takes it back.
@UI enum ShellHandover {
  /// How often the terminal's size is looked at: the loop that hears of a resize waits for the shell.
  nonisolated static let sizePause: Duration = .milliseconds(200)

  /// - Returns: why there was no shell; nil where there was.
  static func run(_ visit: ShellVisit, on screen: NcursesScreen, with runner: @escaping ShellRunner, type: String)
    -> String?
  {
    screen.released { input, output in
      let (sizes, feed) = AsyncStream.makeStream(of: Size.self, bufferingPolicy: .bufferingNewest(1))
      let terminal = ReleasedTerminal(input: input, output: output, type: type, size: screen.size, sizes: sizes)
      let watch = Task.detached {
        var last = terminal.size
        while !Task.isCancelled {
          // Ends by being cancelled, and then there is nothing more to tell.
          try? await Task.sleep(for: sizePause)
          guard let now = TerminalSize.of(output), now != last else { continue }
          last = now
          feed.yield(now)
        }
        feed.finish()
      }
      defer { watch.cancel() }
      do {
        try blockingRun { try await runner(visit, terminal) }
        return nil
      } catch let error as UserFacingError {
        return "\(error.reason)\(error.advice.isEmpty ? "" : "; " + error.advice)"
      } catch {
        return "\(error)"
      }
    }
  }
}
