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

  /// The last program's name and words. What stands in its words may be expanded where `isNumber` does not ask.
  private var lastStage: (name: String, words: [String?], hasInput: Bool)? {
    guard entries.count == 1, entries[0].pipelines.count == 1,
      case .simple(let simple)? = entries[0].pipelines[0].stages.last?.command, simple.assignments.isEmpty,
      let name = simple.words.first?.literalText
    else { return nil }
    return (name, simple.words.dropFirst().map(\.literalText), entries[0].pipelines[0].stages.count > 1)
  }

  /// It writes a number and nothing else: arithmetic can compute it and runs nothing.
  var givesNumber: Bool {
    guard let (name, words, _) = lastStage else { return false }
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
        && formats[0].dropFirst().utf8.allSatisfy { "%-_0123456789smHMSIjdyYuwV".utf8.contains($0) }
    case "stat":
      let numbers: Set<String> = ["%s", "%Y", "%X", "%Z", "%W", "%h", "%i", "%u", "%g", "%b", "%B", "%a"]
      return words.count == 3 && words[0] == "-c" && numbers.contains(words[1] ?? "")
    case "cat":
      return isLiteral && known.count == 1 && (known[0].hasPrefix("/sys/") || known[0].hasPrefix("/proc/"))
        && !known[0].contains("..")
    case "grep": return words.first == "-c" && words.count <= 3
    case "pgrep": return words.first == "-c"
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
    case "hostname", "whoami", "nproc", "pwd", "arch", "tty": return rest.allSatisfy { $0?.hasPrefix("-") == true }
    case "uname", "id": return rest.count == 1 && rest[0] != "-a"
    case "date":
      return rest.allSatisfy { $0?.hasPrefix("+%") == true || $0 == "-u" || $0 == "-I" }
        && rest.allSatisfy { $0?.contains(" ") == false }
    default: return false
    }
  }

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
        && rest.allSatisfy {
          $0.hasPrefix("/sys/class/net") || $0.hasPrefix("/sys/block") || $0.hasPrefix("/dev/") || $0 == "-1"
            || $0 == "-d"
        }
    case "qm", "pct": return Array(rest) == ["list"]
    case "zpool", "zfs": return Array(rest.prefix(1)) == ["list"] && rest.contains("-H") && last == "name"
    case "vgs", "lvs": return rest.contains("--noheadings") && ["vg_name", "lv_name"].contains(last)
    default: return false
    }
  }

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
