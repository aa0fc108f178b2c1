import Foundation
import JarvisRouting
import Testing

@testable import JarvisRouterTraining

@Suite struct TrainingTests {
  @Test("ROUTE-01 Templates: choices, choices within, slots, line breaks; unknown braces are text")
  func templates() {
    let template = Template("[a|b[c|]] {x}\\n{ y }", slots: ["x"])
    #expect(template.variants == 3 * 6)
    var random = SplitMix(seed: 1)
    var seen: Set<String> = []
    for _ in 0..<200 { seen.insert(template.fill(&random) { slot, _ in "<\(slot)>" }) }
    #expect(seen == ["a <x>\n{ y }", "bc <x>\n{ y }", "b <x>\n{ y }"])
  }

  @Test("ROUTE-01 Nothing that the router is judged by is among what it is trained on, save what everybody says")
  func withheld() throws {
    let files = try CorpusFiles(folder: Repository.routing.appendingPathComponent("corpus"))
    #expect(files.withheld.count > 400)
    for message in CorpusGenerator(files).messages() where message.text.split(separator: " ").count > 2 {
      #expect(!files.withheld.contains(CorpusFiles.folded(message.text)), "\(message.text)")
    }
  }

  @Test("ROUTE-01 Training twice gives the same bytes, and learns")
  func deterministic() {
    let words = ["restart", "stop", "list", "poem", "joke", "thanks"]
    var random = SplitMix(seed: 3)
    let examples = (0..<400).map { number in
      let word = words[random.below(words.count)]
      let text = "\(word) \(random.below(50))"
      return HeadTrainer.Example(
        features: FeatureExtractor.features(of: text, inventory: Inventory(), after: .nothing),
        truth: words.firstIndex(of: word) ?? 0 < 3, weight: 1, validates: number % 8 == 0)
    }
    let first = HeadTrainer(tableBits: 12).train(examples).head
    #expect(HeadTrainer(tableBits: 12).train(examples).head == first)
    #expect(examples.allSatisfy { (first.probability($0.features) >= 0.5) == $0.truth })
  }
}
