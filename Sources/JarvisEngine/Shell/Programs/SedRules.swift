import JarvisAPI

/// `sed`: GREEN where its script is read to the end and only prints.
enum SedRules {
  static func sed(_ call: Call, _ judge: inout Judge) -> Finding {
    var scripts: [Arg] = []
    var operands: [Arg] = []
    var worst = Finding.green(call.path)
    var index = 0
    var isPast = false
    while index < call.args.count {
      let arg = call.args[index]
      index += 1
      let text = arg.text
      if isPast || text.first != "-" || text == "-" {
        if !isPast, arg.mayBeOption, arg.text.first != "-" {
          worst = worst.max(.red("expansion.option", "\(arg.shown) may turn into options of sed"))
        }
        operands.append(arg)
        continue
      }
      switch text {
      case "--": isPast = true
      case "-e", "--expression":
        if index < call.args.count { scripts.append(call.args[index]) }
        index += 1
      case "-n", "-E", "-r", "-s", "-u", "-z", "-b", "--quiet", "--silent", "--regexp-extended", "--separate",
        "--unbuffered",
        "--null-data", "--posix", "--sandbox", "--debug", "-nE", "-nr", "-En", "-rn", "-ne", "-nEe", "-Ee", "-re",
        "-nre", "-ln":
        if text.last == "e", text.first == "-", !text.hasPrefix("--") {
          if index < call.args.count { scripts.append(call.args[index]) }
          index += 1
        }
      case "--version", "--help": return worst
      default:
        if text.hasPrefix("--expression=") {
          scripts.append(Arg(String(text.dropFirst(13))))
        } else if text.hasPrefix("-i") || text.hasPrefix("--in-place") || (!text.hasPrefix("--") && text.contains("i"))
        {
          worst = worst.max(.red("sed.in-place", "sed -i changes the file", "without -i it only prints"))
        } else {
          worst = worst.max(
            .red("sed.option", "the option \(arg.shown) of sed is not known to be harmless", "leave it out"))
        }
      }
    }
    if scripts.isEmpty, !operands.isEmpty { scripts.append(operands.removeFirst()) }
    for script in scripts {
      guard script.isKnown, !script.canSplit else {
        worst = worst.max(.red("sed.unknown", "what sed does is only known when it runs", "write its script out"))
        continue
      }
      if let danger = SedScript.danger(in: script.text) {
        worst = worst.max(.red("sed.script", "the sed script \(danger)", "leave out w, r, e and the flags e and w"))
        worst = worst.max(judge.programTextReading("'" + script.text.drop { $0 != "e" }.dropFirst() + "'"))
      }
    }
    // A loop may begin in one script and end in another.
    if scripts.count > 1, scripts.allSatisfy(\.isKnown),
      let danger = SedScript.danger(in: scripts.map(\.text).joined(separator: "\n"))
    {
      worst = worst.max(.red("sed.script", "the sed script \(danger)", "leave out w, r, e and loops"))
    }
    for operand in operands where !worst.rule.hasPrefix("sed.in-place") {
      if let finding = judge.contentFinding(operand) { worst = worst.max(finding) }
    }
    if worst.rule == "sed.in-place" {
      for operand in operands { worst = worst.max(judge.writingArg(operand)) }
    }
    return worst
  }
}

/// Reads a sed script as far as needed to know that it only prints.
enum SedScript {
  /// What in the script writes, reads or runs something; nil where nothing does.
  static func danger(in script: String) -> String? {
    let bytes = Array(script.utf8)
    guard bytes.count <= ShellLimits.programBytes else { return "is too long to be read" }
    var position = 0
    var labels: [[UInt8]] = []
    var readsLine = false
    func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }
    /// Skips to the next unescaped `end`, which is consumed; false where there is none.
    func skip(to end: UInt8) -> Bool {
      var inClass = false
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        if byte == Byte.backslash {
          position += 1
        } else if byte == Byte.openBracket, !inClass {
          inClass = bytes[position...].prefix(64).contains(Byte.closeBracket)
        } else if byte == Byte.closeBracket {
          inClass = false
        } else if byte == end, !inClass || end != Byte.slash {
          return true
        } else if byte == end {
          // A delimiter in a bracket: sed takes it for the end in some places. Not certain.
          return false
        }
      }
      return false
    }
    while let byte = peek() {
      switch byte {
      case Byte.space, Byte.tab, Byte.newline, Byte.semicolon, Byte.openBrace, Byte.closeBrace, Byte.bang,
        UInt8(ascii: ","), UInt8(ascii: "~"), Byte.plus, Byte.dollar, 0x30...0x39:
        position += 1
      case Byte.slash:
        position += 1
        guard skip(to: Byte.slash) else { return "has a pattern without an end" }
        while let flag = peek(), flag == UInt8(ascii: "I") || flag == UInt8(ascii: "M") { position += 1 }
      case Byte.backslash:
        position += 1
        guard let mark = peek(), mark != Byte.newline else { return "is not understood" }
        position += 1
        guard skip(to: mark) else { return "has a pattern without an end" }
      case UInt8(ascii: "s"), UInt8(ascii: "y"):
        position += 1
        guard let mark = peek(), mark != Byte.newline, mark != Byte.backslash else { return "is not understood" }
        position += 1
        guard skip(to: mark), skipPlain(bytes, &position, to: mark) else { return "has a substitution without an end" }
        while let flag = peek(), flag != Byte.semicolon, flag != Byte.newline, flag != Byte.closeBrace {
          guard byte == UInt8(ascii: "s"), "gpiIMm0123456789 \t".utf8.contains(flag) else {
            if flag == Byte.hash { break }
            return "has the flag \(Character(Unicode.Scalar(flag))), which writes a file or runs a command"
          }
          position += 1
        }
        if peek() == Byte.hash { while position < bytes.count, bytes[position] != Byte.newline { position += 1 } }
      case UInt8(ascii: "a"), UInt8(ascii: "i"), UInt8(ascii: "c"):
        // Text up to the end of the line.
        position += 1
        while let next = peek(), next != Byte.newline { position += next == Byte.backslash ? 2 : 1 }
      case UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "T"), Byte.colon:
        let start = position
        position += 1
        while let next = peek(), next != Byte.newline, next != Byte.semicolon, next != Byte.closeBrace { position += 1 }
        let label = bytes[(start + 1)..<position].filter { $0 != Byte.space }
        if byte == Byte.colon {
          labels.append(label)
          readsLine = false
        } else if labels.contains(label) {
          // `:a;N;$!ba` ends with the text.
          let isAtEnd = start >= 2 && bytes[start - 1] == Byte.bang && bytes[start - 2] == Byte.dollar
          guard readsLine, isAtEnd, byte == UInt8(ascii: "b") else { return "has a loop whose end is not known" }
        }
      case Byte.hash:
        while position < bytes.count, bytes[position] != Byte.newline { position += 1 }
      case UInt8(ascii: "="), UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "g"), UInt8(ascii: "G"),
        UInt8(ascii: "h"),
        UInt8(ascii: "H"), UInt8(ascii: "l"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "p"),
        UInt8(ascii: "P"),
        UInt8(ascii: "x"), UInt8(ascii: "z"), UInt8(ascii: "q"), UInt8(ascii: "Q"), UInt8(ascii: "F"):
        if byte == UInt8(ascii: "N") || byte == UInt8(ascii: "n") { readsLine = true }
        position += 1
      default:
        return "has the command \(Character(Unicode.Scalar(byte))), which is not known to be harmless"
      }
    }
    return nil
  }

  /// The replacement's end: brackets mean nothing there.
  private static func skipPlain(_ bytes: [UInt8], _ position: inout Int, to end: UInt8) -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Byte.backslash { position += 1 } else if byte == end { return true }
    }
    return false
  }
}
