/// What programs write whose output follows from their words alone.
enum LiteralOutput {
  /// nil where it does not follow.
  static func of(_ name: String, _ args: [Arg], input: Input) -> String? {
    guard args.count <= 64, args.reduce(0, { $0 + $1.text.utf8.count }) <= ShellLimits.valueBytes else { return nil }
    switch name {
    case "echo":
      guard args.allSatisfy({ $0.isKnown && !$0.hasGlob }) else { return nil }
      var words = args.map(\.text)
      var escapes = false
      while let first = words.first, first.hasPrefix("-"), first.count > 1,
        first.dropFirst().allSatisfy({ "neE".contains($0) })
      {
        if first.contains("e") { escapes = true }
        words.removeFirst()
      }
      let text = words.joined(separator: " ")
      return (escapes ? unescape(text) : text) + "\n"
    case "printf":
      guard let format = args.first, args.allSatisfy({ $0.isKnown && !$0.hasGlob }) else { return nil }
      let words = format.text == "--" ? Array(args.dropFirst()) : args
      guard let first = words.first else { return nil }
      return printed(unescape(first.text), words.dropFirst().map(\.text))
    case "cat", "tee": return args.isEmpty ? input.known : nil
    case "rev":
      return args.isEmpty
        ? input.known.map { String($0.split(on: "\n").map { String($0.reversed()) }.joined(separator: "\n")) } : nil
    case "base64":
      guard args.count == 1, ["-d", "--decode", "-D", "-di"].contains(args[0].text), let known = input.known else {
        return nil
      }
      return base64(known)
    case "xxd":
      guard args.contains(where: { $0.text.hasPrefix("-r") }), let known = input.known else { return nil }
      return hexadecimal(known)
    default: return nil
    }
  }

  /// The backslashes of `echo -e` and `printf`.
  static func unescape(_ text: String) -> String {
    guard text.contains("\\") else { return text }
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == Byte.backslash, let escape = rest.popFirst() else {
        result.append(byte)
        continue
      }
      switch escape {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "x"):
        var value: UInt32 = 0
        var count = 0
        while count < 2, let next = rest.first, let digit = Byte.hex(next) {
          value = value << 4 | digit
          rest = rest.dropFirst()
          count += 1
        }
        result.append(UInt8(truncatingIfNeeded: value))
      case 0x30...0x37:
        var value = UInt32(escape - 0x30)
        var count = escape == 0x30 ? 0 : 1
        while count < 3, let next = rest.first, (0x30...0x37).contains(next) {
          value = value * 8 + UInt32(next - 0x30)
          rest = rest.dropFirst()
          count += 1
        }
        result.append(UInt8(truncatingIfNeeded: value))
      case Byte.backslash: result.append(Byte.backslash)
      default: result += [Byte.backslash, escape]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `%s`, `%b`, `%d`, `%%` and characters of `printf`; the format is used again while words are left.
  private static func printed(_ format: String, _ words: [String]) -> String? {
    var result = ""
    var rest = words[...]
    var turns = 0
    repeat {
      var characters = Array(format)[...]
      while let character = characters.popFirst() {
        guard character == "%" else {
          result.append(character)
          continue
        }
        while let flag = characters.first, "-+ #0123456789.".contains(flag) { characters = characters.dropFirst() }
        guard let kind = characters.popFirst() else { return nil }
        switch kind {
        case "%": result.append("%")
        case "s", "d", "i", "u", "q": result += rest.popFirst() ?? ""
        case "b": result += unescape(rest.popFirst() ?? "")
        case "c": result += (rest.popFirst() ?? "").prefix(1)
        default: return nil
        }
      }
      turns += 1
      if result.utf8.count > ShellLimits.valueBytes { return nil }
    } while !rest.isEmpty && turns < 64
    return result
  }

  private static func base64(_ text: String) -> String? {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8 {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte - 0x41)
      case 0x61...0x7A: value = UInt32(byte - 0x61 + 26)
      case 0x30...0x39: value = UInt32(byte - 0x30 + 52)
      case 0x2B: value = 62
      case 0x2F: value = 63
      case 0x3D, 0x0A, 0x20: continue
      default: return nil
      }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func hexadecimal(_ text: String) -> String? {
    let digits = text.utf8.compactMap(Byte.hex)
    var result: [UInt8] = []
    for index in stride(from: 0, to: digits.count - 1, by: 2) {
      result.append(UInt8(digits[index] << 4 | digits[index + 1]))
    }
    return String(decoding: result, as: UTF8.self)
  }
}
