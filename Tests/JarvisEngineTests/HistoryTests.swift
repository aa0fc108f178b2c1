import Foundation
import JarvisAPI
import JarvisEngine
import JarvisSimulator
import JarvisTestSupport
import Testing

/// What the models are told of earlier turns, whoever answered them.
@Suite(.serialized)
struct HistoryTests {
  private func bodies(_ requests: [SimulatedRequest], path: String) -> [String] {
    requests.filter { $0.path == path && $0.method == "POST" }.map { String(decoding: $0.body, as: UTF8.self) }
  }

  private func claudeBodies(_ shop: Workshop) async -> [String] {
    bodies(await shop.claude.received, path: "/v1/messages")
  }

  @Test("ROUTE-10 where Claude declines another Claude model is asked, never the same again")
  func refusal() async throws {
    let shop = try await Workshop()
    await shop.claude.setFault(.refusal(category: "cyber"), times: 1)
    let answer = try await shop.ask("please look whether everything is ok")
    #expect(answer.state == .complete && answer.text.contains("nodes"), "\(answer)")
    #expect(answer.badge?.decision.model == "claude-sonnet-5-5")
    #expect(answer.badge?.decision.reason.contains("claude-haiku-5-5 declined") == true)
    let bodies = await claudeBodies(shop)
    #expect(bodies.first?.contains(#""model":"claude-haiku-5-5""#) == true)
    #expect(bodies.dropFirst().allSatisfy { $0.contains(#""model":"claude-sonnet-5-5""#) } && bodies.count > 1)
    await shop.stop()
  }

  @Test("ROUTE-10 a model that declines after a hand-over is not asked again: the one before it goes on")
  func refusalAfterHandOver() async throws {
    let shop = try await Workshop()
    _ = try await shop.type("route add tool=cluster_status strong")
    await shop.claude.setFault(.refusal(category: nil), times: 1, after: 2)
    let answer = try await shop.ask("@claude please look whether everything is ok")
    #expect(answer.state == .complete && answer.text.contains("nodes"), "\(answer)")
    #expect(answer.badge?.decision.reason.contains("claude-sonnet-5-5 declined") == true, "\(answer)")
    let models = await claudeBodies(shop).map { $0.contains(#""model":"claude-haiku-5-5""#) ? "fast" : "strong" }
    #expect(models.first == "fast" && models.last == "fast" && models.count { $0 == "strong" } == 1, "\(models)")
    await shop.stop()
  }

  @Test("ROUTE-10 what only the declining model may change is told as not run, and shown as refused")
  func undone() async throws {
    let shop = try await Workshop()
    await shop.claude.setFault(.refusal(category: nil), times: 1)
    let answer = try await shop.ask("restart pihole")
    #expect(answer.text.contains("was not run"), "\(answer)")
    let refused = answer.tools.filter { if case .refused = $0.state { true } else { false } }
    #expect(refused.count == 1 && refused.allSatisfy { answer.text.contains("(\($0.tool) was not run") }, "\(answer)")
    #expect(await shop.seen.approvals.isEmpty)
    #expect(try await shop.ask("please look whether everything is ok").state == .complete)
    #expect(await claudeBodies(shop).last?.contains("was not run: ") == true)
    await shop.stop()
  }

  @Test("ROUTE-10 a question that every model declines is told as that, and does not stay in the history")
  func refusedByAll() async throws {
    let shop = try await Workshop()
    await shop.claude.setFault(.refusal(category: nil))
    let answer = try await shop.ask("is the zanzibar disk ok on pve?")
    #expect(answer.text.contains("declined"), "\(answer.text)")
    #expect(await claudeBodies(shop).count == 2)
    await shop.claude.setFault(nil)
    #expect(try await shop.ask("please look whether everything is ok").state == .complete)
    #expect(await claudeBodies(shop).last?.contains("zanzibar") == false)
    await shop.stop()
  }

  @Test("FOUND-03 what a person typed and what code answered stand in the models' history")
  func byHand() async throws {
    var plan = Workshop.Plan()
    plan.claude = false
    let shop = try await Workshop(plan)
    #expect(try await shop.type("guest pihole").state == .complete)
    await shop.qwen.setFault(.garbage)
    #expect(try await shop.ask("is win11 running?").badge?.decision.route == .live)
    await shop.qwen.setFault(nil)
    #expect(try await shop.ask("thanks, what is ZFS ARC?").badge?.decision.route == .qwen)
    let body = try #require(bodies(await shop.qwen.received, path: "/v1/chat/completions").last)
    #expect(body.contains("`/guest pihole`") && body.contains("is win11 running?"), "\(body)")
    #expect(body.contains("<facts from="), "\(body)")
    await shop.stop()
  }

  @Test("ROUTE-09 the local model gets no digest of the past, and is told what was typed")
  func digests() async throws {
    let shop = try await Workshop()
    _ = try await shop.ask("please look whether everything is ok")
    _ = try await shop.type("guest pihole")
    #expect(try await shop.ask("thanks, what is ZFS ARC?").badge?.decision.route == .qwen)
    let body = try #require(bodies(await shop.qwen.received, path: "/v1/chat/completions").last)
    #expect(!body.contains("<cluster"))
    #expect(body.contains("please look whether everything is ok") && body.contains("/guest pihole"))
    #expect(await claudeBodies(shop).last?.contains("<cluster") == true)
    await shop.stop()
  }

  @Test("ROUTE-07 where the named model cannot answer another one does, with a notice in the conversation")
  func overruled() async throws {
    let shop = try await Workshop()
    await shop.qwen.setFault(.emptyAnswer, times: 1)
    #expect(try await shop.ask("tell me a joke").badge?.decision.route == .claude)
    #expect(await shop.seen.messages.values.filter { $0.role == .notice }.isEmpty)
    await shop.qwen.setFault(.emptyAnswer, times: 1)
    #expect(try await shop.ask("@qwen tell me a joke").badge?.decision.route == .claude)
    let notice = await shop.seen.messages.values.first { $0.role == .notice }
    #expect(notice?.text == "You asked for another model, but Claude answers: Qwen gave an empty answer.")
    await shop.stop()
  }
}
