import JarvisAPI

/// Says how dangerous a shell command is, and why: pure, without looking at anything but the text.
///
/// The text is parsed, not matched; every simple command in the tree is held against one table of rules; the highest
/// tier of any part is the tier of the whole. What is not understood is RED, what goes beyond the limits is BLACK.
public struct ShellClassifier: Sendable {
  private let context: ShellContext

  public init(context: ShellContext = ShellContext()) {
    self.context = context
  }

  /// The verdict on the exact text that a shell would get.
  public func classify(_ command: String) -> ShellVerdict {
    var text = command
    return text.withUTF8 { classify(bytes: Array($0)) }
  }

  /// The verdict on bytes, which need not be UTF-8.
  public func classify(bytes: [UInt8]) -> ShellVerdict {
    guard bytes.count <= ShellLimits.bytes else {
      return ShellVerdict(
        tier: .black, rule: "limit.length",
        reason: "the command is longer than \(ShellLimits.bytes) bytes: nobody reads that before consenting",
        wouldChange: "put it into a script, and have the script read first", acts: nil)
    }
    let scan = TextScan(bytes)
    var judge = Judge(context: context)
    var finding = judge.judgeWhole(bytes)
    if let whole = judge.whole() { finding = finding.max(whole) }
    if !scan.warnings.isEmpty {
      // What a person reads and what the shell reads are two texts here: both are judged.
      if let plain = scan.plainText {
        var second = Judge(context: context)
        let reading = second.tried { $0.judgeWhole(plain) }
        finding = finding.max(reading)
      }
      finding = finding.atLeast(.red("text.hidden", scan.warnings[0], "write it in plain characters"))
    }
    return ShellVerdict(
      tier: finding.tier, rule: finding.rule, reason: finding.reason, parts: judge.parts,
      wouldChange: finding.tier == .green
        ? "" : finding.change.isEmpty ? "only another command would be milder" : finding.change,
      warnings: scan.warnings, acts: scan.warnings.isEmpty ? judge.acts : nil)
  }
}

extension Judge {
  /// The text as a session gets it.
  mutating func judgeWhole(_ bytes: [UInt8]) -> Finding {
    let text = String(decoding: bytes, as: UTF8.self)
    if bytes.contains(0) {
      return brokenReading(of: text.replacingHoles(with: " "), .unexpected("a NUL", at: 0))
    }
    var parser = ShellParser(bytes: bytes)
    do throws(ShellSyntaxError) {
      let script = try parser.wholeScript()
      return judge(script)
    } catch {
      let finding = brokenReading(of: text, error)
      return record(text, finding)
    }
  }
}
