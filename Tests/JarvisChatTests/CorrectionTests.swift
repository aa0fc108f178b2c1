import Foundation
import JarvisAPI
import JarvisCost
import Testing

@testable import JarvisChat

/// What is learnt from an answer that the wrong model gave.
struct CorrectionTests {
  private func pattern(_ question: String) throws -> String? {
    let conversation = ConversationID(rawValue: "c")
    let at = Date(timeIntervalSince1970: 1_795_000_000)
    let decision = RouteDecision(route: .qwen, reason: "talk", confidence: 1)
    let answer = ChatMessage(
      conversation: conversation, role: .assistant, text: "?", at: at,
      badge: Badge(decision: decision, price: .known(.zero)))
    let asked = ChatMessage(conversation: conversation, role: .user, text: question, at: at)
    let correction = try #require(Correction(answer: answer.id, in: [asked, answer], strong: nil))
    return correction.rule(at: at)?.pattern
  }

  @Test("ROUTE-07 the words of a message become a rule; where none fits there is none, and never one for every message")
  func rules() throws {
    #expect(try pattern("@qwen backup * report") == "backup report")
    #expect(try pattern("backup " + String(repeating: "x", count: 200)) == "backup")
    for question in [String(repeating: "x", count: 201) + " backup", "*", "* **", "?! …"] {
      #expect(try pattern(question) == nil, "\(question)")
    }
  }
}
