/// What a substitution is known to write, though not the text itself.
extension Script {
  /// The programs of its one pipeline with their words; nil where a word is expanded, redirected or more is in it.
  /// Input from a file is let through.
  private var plainStages: [[String]]? {
    guard entries.count == 1, !entries[0].isBackground, entries[0].pipelines.count == 1 else { return nil }
    var result: [[String]] = []
    for stage in entries[0].pipelines[0].stages {
      guard case .simple(let simple) = stage.command, simple.assignments.isEmpty,
        simple.redirections.allSatisfy({ $0.kind == .read || $0.target.literalText == "/dev/null" })
      else { return nil }
      let words = simple.words.compactMap(\.literalText)
      guard words.count == simple.words.count, !words.isEmpty else { return nil }
      result.append(words)
    }
    return result
  }

  /// The last program's name and words; whether each word is one word as it is written.
  private var lastStage: (name: String, words: [String?], areWritten: Bool)? {
    guard entries.count == 1, entries[0].pipelines.count == 1,
      case .simple(let simple)? = entries[0].pipelines[0].stages.last?.command, simple.assignments.isEmpty,
      let name = simple.words.first?.literalText,
      // Errors that join what is written are no numbers.
      simple.redirections.allSatisfy({
        [.read, .hereString, .hereDocument].contains($0.kind) || $0.target.literalText == "/dev/null"
      })
    else { return nil }
    let rest = simple.words.dropFirst()
    return (name, rest.map(\.literalText), rest.allSatisfy(\.isOneLiteral))
  }

  /// It writes a number and nothing else: arithmetic can compute it and runs nothing.
  var givesNumber: Bool {
    guard let (name, words, areWritten) = lastStage else { return false }
    let known = words.compactMap { $0 }
    let isLiteral = known.count == words.count
    let isNumber: (String) -> Bool = { !$0.isEmpty && $0.utf8.allSatisfy { Byte.isDigit($0) || $0 == 0x2D } }
    switch name {
    case "nproc": return isLiteral
    case "getconf": return isLiteral
    case "wc": return words.count == 1 && ["-l", "-c", "-w", "-m"].contains(known.first ?? "")
    case "seq": return isLiteral && known.allSatisfy { isNumber($0) || $0 == "-w" }
    case "date":
      let formats = known.filter { $0.first == "+" }
      return isLiteral && formats.count == 1
        && DateFormat.writes(formats[0], conversions: DateFormat.numbers, besides: "-_0123456789")
    case "stat":
      let numbers: Set<String> = ["%s", "%Y", "%X", "%Z", "%W", "%h", "%i", "%u", "%g", "%b", "%B", "%a"]
      return words.count == 3 && words[0] == "-c" && numbers.contains(words[1] ?? "")
    case "cat":
      return areWritten && known.count == 1 && Self.isKernelNumber(known[0])
    // More files, or `-H`, put names before the numbers.
    case "grep", "pgrep":
      return areWritten && known.first == "-c" && (name == "grep" ? 2...3 : 2...2).contains(known.count)
        && known.dropFirst().allSatisfy { $0.first != "-" }
    case "printf": return ["%d", "%.0f", "%d\\n"].contains(words.first ?? "")
    case "tr":
      return words.count == 2 && ["-dc", "-cd"].contains(words[0] ?? "")
        && ["0-9", "[:digit:]", "[0-9]"].contains(words[1] ?? "") && words[1] != "[0-9]"
    case "expr":
      return words.count == 3 && ["+", "-", "*", "/", "%"].contains(words[1] ?? "")
    default: return false
    }
  }

  /// It writes one short word that begins with no dash: `date +%F`, `hostname`, `nproc`…
  var isTame: Bool {
    guard entries.count == 1, entries[0].pipelines.count == 1, entries[0].pipelines[0].stages.count == 1,
      case .simple(let simple) = entries[0].pipelines[0].stages[0].command, simple.redirections.isEmpty,
      simple.assignments.isEmpty, let name = simple.words.first?.literalText
    else { return false }
    let rest = simple.words.dropFirst().map(\.literalText)
    switch name {
    // Not `pwd`: a folder's name may hold blanks, and options after them.
    case "hostname", "whoami", "nproc", "arch", "tty": return rest.allSatisfy { $0?.hasPrefix("-") == true }
    case "uname", "id": return rest.count == 1 && rest[0] != "-a"
    case "date":
      // Without a format it writes a zone, which may be `-03`.
      let formats = rest.compactMap { $0 }.filter { $0 != "-u" }
      guard formats.count == 1, rest.allSatisfy({ $0 != nil }) else { return false }
      return formats[0] == "-I"
        || formats[0].hasPrefix("+%")
          && DateFormat.writes(formats[0], conversions: DateFormat.numbers + "FT", besides: "-_:.T")
    default: return false
    }
  }

  /// A file in which the kernel or a driver writes one number: not the texts of devices, of interfaces, of processes,
  /// which somebody else may choose.
  private static func isKernelNumber(_ path: String) -> Bool {
    guard path.hasPrefix("/sys/"), !path.contains("..") else { return false }
    let name = PathText.lastPart(path)
    return path.contains("/statistics/") || kernelNumbers.contains(name)
      || ["_input", "_freq", "_bytes", "_count", "_now"].contains { name.hasSuffix($0) }
  }

  private static let kernelNumbers: Set<String> = [
    "size", "speed", "mtu", "carrier", "temp", "rotational", "capacity", "memory.current", "pids.current", "ifindex",
    "numa_node", "nr_requests", "logical_block_size", "physical_block_size", "brightness", "sriov_numvfs",
    "sriov_totalvfs",
  ]

  /// It writes words of which none begins with a dash: names that the kernel, ZFS, LVM or Proxmox gave.
  var isTameList: Bool {
    guard let stages = plainStages, let source = stages.first, Self.isTameSource(source) else { return false }
    return stages.dropFirst().allSatisfy(Self.keepsTame)
  }

  private static func isTameSource(_ words: [String]) -> Bool {
    let rest = words.dropFirst()
    let last = rest.last ?? ""
    switch words[0] {
    case "seq": return !rest.isEmpty && rest.allSatisfy { $0.utf8.allSatisfy(Byte.isDigit) || $0 == "-w" }
    case "nproc": return true
    case "lsblk":
      return ["NAME", "KNAME", "PATH"].contains(last)
        && rest.dropLast().allSatisfy {
          ["-d", "-n", "-dn", "-nd", "-o", "-dno", "-ndo", "-no", "-p", "-dpno", "-e", "7"].contains($0)
        }
        && rest.contains { $0.contains("n") && $0.first == "-" }
    case "ls":
      return !rest.isEmpty
        && rest.allSatisfy { word in
          word == "-1" || word == "-d" || !word.contains("..") && devices.contains { word.hasPrefix($0) }
        }
    case "qm", "pct": return Array(rest) == ["list"]
    case "zpool", "zfs": return Array(rest.prefix(1)) == ["list"] && rest.contains("-H") && last == "name"
    case "vgs", "lvs": return rest.contains("--noheadings") && ["vg_name", "lv_name"].contains(last)
    default: return false
    }
  }

  /// Folders and files whose names the kernel or udev gave; in `/dev/shm` anybody gives them.
  private static let devices = [
    "/sys/class/net", "/sys/block", "/dev/sd", "/dev/vd", "/dev/nvme", "/dev/md", "/dev/dm-", "/dev/loop", "/dev/nbd",
    "/dev/zd", "/dev/zvol", "/dev/mapper", "/dev/disk/by-",
  ]

  /// Of every line only its first word is let through, or whole lines are.
  private static func keepsTame(_ words: [String]) -> Bool {
    let rest = Array(words.dropFirst())
    switch words[0] {
    case "awk":
      guard rest.count == 1, let open = rest[0].firstIndex(of: "{") else { return false }
      let action = rest[0][open...].filter { $0 != " " }
      let test = rest[0][..<open]
      return action == "{print$1}" && !test.contains("(") && !test.contains(",")
    case "sort", "uniq", "tail", "head", "tac":
      return rest.allSatisfy { $0.first == "-" || $0.first == "+" || Int($0) != nil }
    case "grep": return rest.allSatisfy { ["-v", "-E", "-w", "-i"].contains($0) || $0.first != "-" } && rest.count <= 3
    default: return false
    }
  }
}

extension Word {
  /// Nothing in it is expanded, be it by its quotes.
  fileprivate var isOneLiteral: Bool {
    pieces.allSatisfy { piece in
      guard case .text(let text, let quoted) = piece else { return false }
      return quoted || !text.contains { "*?[{~".contains($0) }
    }
  }
}

/// What `date +…` writes.
private enum DateFormat {
  /// Conversions that write digits only.
  static let numbers = "smHMSIjdyYuwV"

  /// - Parameters:
  ///   - format: with its plus sign.
  ///   - literals: characters that may stand between the conversions. `%t` and `%n` write blanks, and so do `%_d` and
  ///     `%20T`.
  static func writes(_ format: String, conversions: String, besides literals: String) -> Bool {
    var rest = format.dropFirst()
    while let character = rest.popFirst() {
      guard character == "%" else {
        guard literals.contains(character) else { return false }
        continue
      }
      if rest.first == "-" { rest.removeFirst() }
      guard let letter = rest.popFirst(), conversions.contains(letter) else { return false }
    }
    return true
  }
}
