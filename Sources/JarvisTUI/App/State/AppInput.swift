import Foundation
import JarvisAPI
import JarvisTerminal

/// Everything that can change the screen's state. There is no other way in.
public enum AppInput: Sendable {
  /// A key, paste, click or resize.
  case terminal(Input)
  /// The clock moved; due at `AppState.nextTick(after:)`.
  case tick
  /// The wall clock was set by so many seconds, back where they are negative.
  case clockSet(by: TimeInterval)
  /// A step of the engine's start, told before anything is attached.
  case boot(BootStep)
  /// The engine answered the attach.
  case attached(Snapshot)
  /// What happened, in the order of the attachment's stream.
  case event(Event)
  /// The attachment ended, or could not be made; nil where the engine stopped in good order.
  case detached(UserFacingError?)
  /// A command was taken.
  case reply(RequestID, Reply)
  /// A command was refused.
  case failed(RequestID, UserFacingError)
  /// What became of `Effect.copy`: nil where it was sent to the terminal, else why not.
  case copied(failure: String?)
  /// The theme that `Effect.setTheme` asked for.
  case themed(Theme)
  /// Why it cannot be had, in the words of whoever looked for it.
  case themeRefused(String)
  /// Somebody needs the person's word on a key or certificate.
  case ask(TrustQuestion)
  /// The shell of `Effect.openShell` has ended and the screen is drawn again; why it could not be had, where it could not.
  case shellEnded(ShellVisit, failure: String?)
}

/// What the state wants done in the world. Carried out by the session, never by `update`.
public enum Effect: Sendable, Equatable {
  /// Send a command through the door; answer with `.reply` or `.failed` under the same number.
  case perform(Command, RequestID)
  case quit
  case suspend
  /// Hand text to the terminal's clipboard; answer with `.copied`.
  case copy(String)
  case bell
  /// Send every cell afresh.
  case redraw
  case setMouse(Bool)
  /// Find this theme; answer with `.themed` or `.themeRefused`.
  case setTheme(String)
  /// Give the terminal to a shell on this node until it ends; answer with `.shellEnded`.
  case openShell(ShellVisit)
}

/// The number of a command on its way.
public struct RequestID: Sendable, Hashable, RawRepresentable {
  public var rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
}
