import Foundation
import JarvisAPI

/// What the person at the screen has allowed for as long as it stays attached. A value owned by the gate; pure.
///
/// YELLOW only, one tool on one target for one kind of caller; of a tool that runs a command, the exact text only.
struct AllowanceBook: Sendable {
  /// Allowances at one time, at most: what a person can oversee.
  static let maximum = 32

  /// What an allowance fits.
  struct Key: Sendable, Hashable {
    var tool: String
    var caller: Caller
    var target: String
    /// All arguments but those that may differ from call to call (`AllowanceScope`), in their one canonical text.
    var arguments: String

    init(_ call: GatedCall, target: String) {
      tool = call.tool
      caller = call.caller
      self.target = target
      arguments = AllowanceScope.bound(call).text
    }
  }

  private var entries: [(key: Key, allowance: Allowance)] = []
  private var nextID = 1

  var all: [Allowance] { entries.map(\.allowance) }

  /// The allowance that lets this call through; nil where none does.
  func match(_ call: GatedCall, target: String) -> AllowanceID? {
    let key = Key(call, target: target)
    return entries.first { $0.key == key }?.allowance.id
  }

  /// - Parameters:
  ///   - shownText: the command without its secrets.
  ///   - scope: what is allowed, for a person.
  /// - Returns: nil where no more fit.
  mutating func add(
    _ call: GatedCall, target: String, shownText: String?, scope: String = "", at date: Date
  ) -> Allowance? {
    let key = Key(call, target: target)
    if let index = entries.firstIndex(where: { $0.key == key }) { return entries[index].allowance }
    guard entries.count < Self.maximum else { return nil }
    let allowance = Allowance(
      id: AllowanceID(rawValue: nextID), tool: call.tool, target: target, exactText: shownText, since: date,
      scope: scope)
    nextID += 1
    entries.append((key, allowance))
    return allowance
  }

  mutating func use(_ id: AllowanceID) {
    guard let index = entries.firstIndex(where: { $0.allowance.id == id }) else { return }
    entries[index].allowance.uses += 1
  }

  /// - Returns: what was taken back; nil where there was no such allowance.
  mutating func revoke(_ id: AllowanceID) -> Allowance? {
    guard let index = entries.firstIndex(where: { $0.allowance.id == id }) else { return nil }
    return entries.remove(at: index).allowance
  }

  /// - Returns: what was taken back.
  mutating func revokeAll() -> [Allowance] {
    defer { entries = [] }
    return all
  }
}
