import Foundation
import JarvisAPI

/// What memory gives to a model, and the account of it: shown on demand for any answer.
public struct MemoryContext: Sendable, Hashable, Codable {
  public enum Section: String, Codable, Sendable, Hashable, CaseIterable {
    case preferences
    case facts
    case events
    /// Shown to the person by code, in the words of the answer; no model was given it for the answer.
    case listed
  }

  /// One memory that was given, and what it cost.
  public struct Given: Sendable, Hashable, Codable {
    public var id: MemoryID
    public var section: Section
    /// The line as the model got it.
    public var line: String
    public var tokens: Int

    public init(id: MemoryID, section: Section, line: String, tokens: Int) {
      self.id = id
      self.section = section
      self.line = line
      self.tokens = tokens
    }
  }

  /// The text for the model; empty where there is nothing to give.
  public var text: String
  public var given: [Given]
  /// Tokens of `text`, headings included.
  public var tokens: Int
  /// Memories that fitted the question and not the budget.
  public var leftOut: Int
  /// Nothing was there in the time that was asked for; the text says so.
  public var widened: Bool

  public static let none = MemoryContext(text: "", given: [], tokens: 0, leftOut: 0, widened: false)

  public init(text: String, given: [Given], tokens: Int, leftOut: Int, widened: Bool) {
    self.text = text
    self.given = given
    self.tokens = tokens
    self.leftOut = leftOut
    self.widened = widened
  }
}
