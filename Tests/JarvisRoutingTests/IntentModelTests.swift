import Foundation
import JarvisAPI
import JarvisRouterTraining
import Testing

@testable import JarvisRouting

@Suite struct IntentModelTests {
  @Test("ROUTE-01 The shipped weights are whole, and were trained from this corpus by this code")
  func shipped() throws {
    let model = IntentModel.embedded
    #expect(model != .unsure)
    #expect(IntentModel(model.bytes) == model)
    #expect(model.bytes.count <= 200_000)
    let files = try CorpusFiles(folder: Repository.routing.appendingPathComponent("corpus"))
    #expect(
      model.fingerprint == RouterTrainer.fingerprint(of: files),
      "the corpus or the features changed: run `jarvis-bench train-router`")
  }

  @Test("ROUTE-01 Damaged weights are refused, whatever is missing")
  func damaged() {
    let bytes = IntentModel.embedded.bytes
    for length in [0, 3, 4, 11, 60, bytes.count - 1] { #expect(IntentModel(Array(bytes.prefix(length))) == nil) }
    #expect(IntentModel(bytes + [0]) == nil)
    var wrong = bytes
    wrong[0] = 0
    #expect(IntentModel(wrong) == nil)
  }

  @Test("ROUTE-01 Own messages about a cluster: at most 1 % of needs missed, at most 5 % of talk sent to Claude")
  func ownSet() throws {
    let cases = try Repository.cases(Repository.routing.appendingPathComponent("evaluation/cluster.jsonl"))
    #expect(cases.count >= 300)
    let outcome = Repository.judge(cases)
    #expect(outcome.missed.count * 100 <= outcome.needs, "missed \(outcome.missed)")
    #expect(outcome.needless.count * 20 <= outcome.talk, "needless \(outcome.needless)")
  }

  @Test("ROUTE-01 Messages of general assistants: balanced accuracy of at least 95 %")
  func generalSet() throws {
    guard let file = Repository.data("intent/intent.jsonl") else {
      print("skipped: no data")
      return
    }
    let outcome = Repository.judge(try Repository.cases(file))
    #expect(outcome.balanced >= 0.95, "missed \(outcome.missed.count), needless \(outcome.needless.count)")
  }

  @Test("ROUTE-01 The exponential agrees with the C library's to thirteen digits")
  func exponential() {
    for x in stride(from: -30.0, through: 30, by: 0.37) {
      #expect(abs(Exponential.of(x) / exp(x) - 1) < 1e-13, "at \(x)")
    }
    #expect(Logistic.probability(0) == 0.5)
    #expect(Logistic.probability(.infinity) == 1 && Logistic.probability(-1e9) < 1e-100)
  }
}
