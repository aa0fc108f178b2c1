/// A program about to run: its name, its words, what it reads.
struct Call {
  /// The program's name, without its folder.
  var name: String
  var args: [Arg]
  var input: Input = .none
  /// Sub-commands that led here, the program first: the name of the rule.
  var path: String

  init(_ name: String, _ args: [Arg], input: Input = .none) {
    self.name = name
    self.args = args
    self.input = input
    path = name
  }

  /// The same call behind its first `count` words.
  func dropping(_ count: Int, as path: String? = nil) -> Call {
    var copy = self
    copy.args = Array(args.dropFirst(count))
    if let path { copy.path = path }
    return copy
  }

  /// One of `options` is given, as a word of its own, with `=value`, or among joined letters.
  func has(_ options: String...) -> Bool {
    for option in options {
      let isLong = option.hasPrefix("--")
      let letter = option.last!
      for arg in args {
        if arg.text == "--" { break }
        if arg.text == option || (isLong && arg.text.hasPrefix(option + "=")) { return true }
        if !isLong, option.count == 2, arg.text.count > 1, arg.text.first == "-", !arg.text.hasPrefix("--"),
          arg.text.contains(letter)
        {
          return true
        }
      }
    }
    return false
  }

  /// Words that are no options; what stands behind `--` always counts.
  var operands: [Arg] {
    var result: [Arg] = []
    var isPastOptions = false
    for arg in args {
      if isPastOptions {
        result.append(arg)
      } else if arg.text == "--" {
        isPastOptions = true
      } else if !arg.isSurelyOption {
        result.append(arg)
      }
    }
    return result
  }

  /// Any of its words may become several.
  var hasSplit: Bool { args.contains { $0.canSplit } }

  /// Any of its words is not known.
  var hasUnknown: Bool { args.contains { !$0.isKnown || $0.canSplit } }
}
