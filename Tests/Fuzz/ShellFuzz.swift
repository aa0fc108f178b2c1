import JarvisAPI

// Fed by libFuzzer through `scripts/fuzz-shell`. Compiled together with the classifier's sources, so that it sees inside.

/// Any bytes get a verdict with its reason, and joined complete commands are never below the highest of them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzShell(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 0 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let classifier = ShellClassifier()
  explains(classifier.classify(bytes: bytes))
  // No shell can be given a NUL: such a text is no complete command.
  guard !bytes.contains(0) else { return 0 }
  // A form feed parts the input into commands.
  let parts = bytes.split(separator: 0x0C, maxSplits: 3).map { String(decoding: $0, as: UTF8.self) }
  guard parts.count > 1 else { return 0 }
  var highest = SafetyTier.green
  for part in parts {
    // What has no tree is no complete command; the property says nothing about it.
    guard (try? ShellParser.parse(part)) != nil else { return 0 }
    highest = max(highest, classifier.classify(part).tier)
  }
  // Two of the ways for each input: which, its bytes say.
  let ways = JoinedText.all(parts)
  guard !ways.isEmpty else { return 0 }
  let sum = bytes.reduce(0) { ($0 &* 31) &+ Int($1) }.magnitude
  for way in Set([sum % UInt(ways.count), sum / 7 % UInt(ways.count)]) {
    let text = ways[Int(way)]
    guard (try? ShellParser.parse(text)) != nil else { continue }
    let verdict = classifier.classify(text)
    explains(verdict)
    precondition(
      verdict.tier >= highest, "\(text.debugDescription) is \(verdict.tier.rawValue), its parts are \(highest.rawValue)"
    )
  }
  return 0
}

/// Nothing is decided without a rule and a reason; what is not GREEN says what would be milder.
private func explains(_ verdict: ShellVerdict) {
  precondition(!verdict.rule.isEmpty && !verdict.reason.isEmpty, "a verdict without a reason")
  precondition(verdict.tier == .green || !verdict.wouldChange.isEmpty, "\(verdict.rule) says no way out")
  precondition(verdict.parts.allSatisfy { !$0.rule.isEmpty && !$0.reason.isEmpty }, "a part without a reason")
}
