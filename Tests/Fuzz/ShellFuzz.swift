import JarvisAPI

// Fed by libFuzzer through `scripts/fuzz-shell`. Compiled together with the classifier's sources, so that it sees inside.

/// Any bytes get a verdict, and joined complete commands are never below the highest of them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzShell(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 0 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let classifier = ShellClassifier()
  _ = classifier.classify(bytes: bytes)
  // A form feed parts the input into commands.
  let parts = bytes.split(separator: 0x0C, maxSplits: 3).map { String(decoding: $0, as: UTF8.self) }
  guard parts.count > 1 else { return 0 }
  var highest = SafetyTier.green
  for part in parts {
    // What has no tree is no complete command; the property says nothing about it.
    guard (try? ShellParser.parse(part)) != nil else { return 0 }
    highest = max(highest, classifier.classify(part).tier)
  }
  for text in JoinedText.all(parts) where (try? ShellParser.parse(text)) != nil {
    let verdict = classifier.classify(text)
    precondition(
      verdict.tier >= highest, "\(text.debugDescription) is \(verdict.tier.rawValue), its parts are \(highest.rawValue)"
    )
  }
  return 0
}
