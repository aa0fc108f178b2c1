import ArgumentParser
import Foundation
import JarvisRouterTraining
import JarvisRouting

/// `jarvis-bench train-router`: trains the intent model from the repository's corpus and writes its weights; the same
/// corpus gives the same bytes.
struct TrainRouterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train-router",
    abstract: "Train the intent model from Benchmarks/Routing/corpus and write its weights.")

  @Option(help: "The folder of the corpus.")
  var corpus = "Benchmarks/Routing/corpus"

  @Option(help: "The source file that carries the weights.")
  var output = "Sources/JarvisEngine/Routing/Resources/IntentWeights.swift"

  @Flag(help: "Write nothing; fail where the file differs from what training gives.")
  var check = false

  @Flag(help: "Print the generated messages with their truth instead of training.")
  var messages = false

  func run() throws {
    let files = try CorpusFiles(folder: URL(fileURLWithPath: corpus))
    if messages {
      for message in CorpusGenerator(files).messages() {
        print("\(message.needsTools ? "T" : "C")\(message.validates ? "*" : " ") \(message.text.debugDescription)")
      }
      return
    }
    let start = ContinuousClock.now
    let result = RouterTrainer(files).train()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let source = WeightsSource.text(of: result.model)
    let url = URL(fileURLWithPath: output)
    print(
      "\(result.messages) messages of \(result.families) families in \(String(format: "%.1f", seconds)) s; "
        + "on families kept out: \(result.missed.0) of \(result.missed.1) needs missed, "
        + "\(result.needless.0) of \(result.needless.1) talk taken for a need; \(result.model.bytes.count) bytes")
    if check {
      guard try String(contentsOf: url, encoding: .utf8) == source else {
        throw ValidationError("\(output) is not what training gives: run `jarvis-bench train-router`")
      }
    } else {
      try source.write(to: url, atomically: true, encoding: .utf8)
    }
  }
}
