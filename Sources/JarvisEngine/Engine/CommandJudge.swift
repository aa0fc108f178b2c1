import JarvisAPI
import JarvisSafety
import JarvisShell
import JarvisStorage
import JarvisTools

/// The shell classifier as the tools ask it, with what must not be cut off as it stands at that moment.
struct CommandJudge: CommandClassifier {
  private let home: HomeKeeper
  private let rules: SafetyRules
  /// Files of Jarvis itself, beside where they usually are.
  private let ownPaths: [String]

  init(_ safety: SafetyFoundation) {
    home = safety.home
    rules = safety.rules
    ownPaths = [safety.directory.path] + (safety.policy.map { [$0.path] } ?? [])
  }

  func classify(_ command: String) -> CommandVerdict {
    let verdict = ShellClassifier.explain(command, in: context)
    let parts = verdict.parts.map { "\($0.tier.rawValue)  \($0.text)  (\($0.reason))" }
    return CommandVerdict(
      tier: verdict.tier, rule: verdict.reason, reasons: parts + verdict.warnings, alternative: verdict.wouldChange)
  }

  /// The same for the gate, with what runs where.
  func read(_ command: String) -> CommandReading {
    let verdict = ShellClassifier.explain(command, in: context)
    return CommandReading(
      tier: verdict.tier, rule: verdict.reason,
      acts: verdict.acts?.map { CommandReading.Act($0.program, $0.words, at: .init($0.place)) })
  }

  private var context: ShellContext {
    let protected = rules.protected
    var guests = Set(protected.guests.map(String.init))
    if case .known(let home) = home.standing, case .guest(let vmid, _, _) = home.place { guests.insert(String(vmid)) }
    return ShellContext(
      protectedPaths: ShellContext.usualPaths + ownPaths, protectedGuests: guests,
      protectedServices: protected.services)
  }
}

extension CommandReading.Act.Place {
  fileprivate init(_ place: ShellAct.Place) {
    switch place {
    case .here: self = .here
    case .host(let name): self = .host(name)
    case .guest(let vmid): self = .guest(vmid)
    case .unknown: self = .unknown
    }
  }
}
