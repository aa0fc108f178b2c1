import JarvisAPI

/// Archives: looking into them is GREEN.
enum ArchiveRules {
  private static let unzipFlags = FlagSet(
    "-l -t -v -z -Z -q -1 -h -m -s")
  private static let gzipFlags = FlagSet(
    "-# -l -t -c -d -v -q -n -N -z -a -T: -M: -e --list --test --stdout --to-stdout --decompress --uncompress --verbose --quiet --name --no-name --fast --best --threads: --robot --long? --ultra"
  )
  private static let tarFlags = FlagSet(
    "-t -v -z -j -J -Z -f: -p --list --verbose --gzip --bzip2 --xz --zstd --lzip --file: --exclude: --wildcards --no-wildcards --strip-components: --full-time --totals --numeric-owner --utc --show-transformed-names -R --block-number"
  )

  static let families: [Family] = [
    Family([
      .code("tar bsdtar gtar star") { call, judge in tar(call, &judge) },
      .code("unzip") { call, judge in
        if call.operands.count == 1 || call.has("-Z"), !call.hasUnknown,
          call.args.first.map({
            [
              "-l", "-t", "-v", "-z", "-Z", "-lv", "-tq", "-tl", "-lq", "-qt", "-vl", "-ql", "-Z1", "-Zl", "-Zv", "-ZT",
              "-tqq", "-lqq",
            ].contains($0.text)
          }) == true,
          judge.check(call, flags: ArchiveRules.unzipFlags, operands: .free) == nil
        {
          return .green("unzip -l")
        }
        return .red("unzip", "writes the files of an archive", "unzip -l lists them")
      },
      .green("zipinfo lsar", "-12smlvhMtTzjLx -a"),
      .code("7z 7za 7zz 7zr") { call, judge in
        guard let verb = call.args.first?.certain else {
          return call.args.isEmpty ? .green(call.path) : .red(call.path, "what it does is only known when it runs")
        }
        if ["--help", "-h", "-?", "i"].contains(verb) { return .green(call.path + " i") }
        guard ["l", "t", "h", "b"].contains(verb), !call.hasUnknown else {
          return .red(call.path, "writes an archive or its files", "7z l lists them")
        }
        for arg in call.args.dropFirst()
        where arg.text.hasPrefix("-")
          && ["-so", "-o", "-si", "-w", "-sdel"].contains(where: { arg.text.hasPrefix($0) })
        { return .red(call.path, "the option \(arg.shown) is not known to be harmless") }
        return .green("\(call.path) \(verb)")
      },
      .code("gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4 pigz pbzip2 lzop compress uncompress brotli")
      { call, judge in
        judge.output.origin.insert(.decoded)
        let words = call.args.map(\.text)
        if words.count == 1, ["--version", "--help", "-V", "-h", "-L", "--license"].contains(words[0]) {
          return .green(call.path)
        }
        let reads =
          words.contains {
            $0.hasPrefix("-") && !$0.hasPrefix("--") && ($0.contains("l") || $0.contains("t") || $0.contains("c"))
          } || words.contains { ["--list", "--test", "--stdout", "--to-stdout"].contains($0) }
        let pipes = call.operands.isEmpty || call.operands.allSatisfy { $0.text == "-" }
        if reads || pipes,
          judge.check(
            call,
            flags: ArchiveRules.gzipFlags, operands: .content) == nil
        {
          return .green(call.path)
        }
        return .red(call.path, "replaces files", "-l or -c leaves them as they are")
      }.producing(.decoded),
      .green("zcmp zdiff xzcmp xzdiff", "-q", .content),
      .code("zip rar unrar arj lha cpio pax ar mtree dump restore unsquashfs mksquashfs unar dpkg-deb cabextract") {
        call, judge in
        if call.name == "unrar" || call.name == "rar",
          ["l", "t", "v", "lt", "lb"].contains(call.args.first?.text ?? "")
        {
          return .green("\(call.name) l")
        }
        if call.name == "ar", ["t", "tv"].contains(call.args.first?.text ?? "") { return .green("ar t") }
        if call.name == "dpkg-deb", ["-c", "-I", "-W", "--contents", "--info"].contains(call.args.first?.text ?? ""),
          !call.hasUnknown
        {
          return .green("dpkg-deb -c")
        }
        return judge.opaqueReading(call).max(
          .red(call.path, "reads or writes archives, and may run programs on the way"))
      },
    ])
  ]

  private static func tar(_ call: Call, _ judge: inout Judge) -> Finding {
    var words = call.args
    // `tar tvf x`: the first word may lack its dash.
    if let first = words.first, first.text.first != "-", first.isKnown, !first.text.isEmpty,
      first.text.allSatisfy({ $0.isLetter })
    {
      words[0].text = "-" + first.text
    }
    var plain = call
    plain.args = words
    let lists = words.contains {
      $0.text == "--list" || ($0.text.hasPrefix("-") && !$0.text.hasPrefix("--") && $0.text.contains("t"))
    }
    if lists,
      judge.check(
        plain,
        flags: ArchiveRules.tarFlags, operands: .free) == nil
    {
      let archive = words.first { $0.text.contains(":") && !$0.text.hasPrefix("-") && !$0.text.hasPrefix("/") }
      if archive == nil { return .green("tar -t") }
    }
    var worst = Finding.red(
      "tar", "writes an archive or its files, and may run programs on the way", "tar -tf lists them")
    for (index, arg) in words.enumerated() {
      if arg.text.hasPrefix("--checkpoint-action") || arg.text.hasPrefix("--to-command")
        || arg.text.hasPrefix("--use-compress-program") || arg.text.hasPrefix("-I")
        || arg.text.hasPrefix("--rsh-command") || arg.text.hasPrefix("--info-script")
        || arg.text.hasPrefix("--new-volume-script")
      {
        let value =
          arg.text.firstIndex(of: "=").map { String(arg.text[arg.text.index(after: $0)...]) }
          ?? (arg.text.count > 2 && arg.text.hasPrefix("-I")
            ? String(arg.text.dropFirst(2)) : words.dropFirst(index + 1).first?.text ?? "")
        let command = value.hasPrefix("exec=") ? String(value.dropFirst(5)) : value
        worst = worst.max(judge.tried { $0.judgeScript(command) })
      }
      if (arg.text == "-C" || arg.text == "--directory"), let folder = words.dropFirst(index + 1).first?.certain,
        PathText.absolute(folder, in: PathText.home) == "/"
      {
        let extracts = words.contains {
          $0.text == "--extract" || $0.text == "--get"
            || ($0.text.hasPrefix("-") && !$0.text.hasPrefix("--") && $0.text.contains("x"))
        }
        if extracts {
          worst = worst.max(.black("tar.root", "unpacks an archive over the whole system", "unpack it in /tmp"))
        }
      }
      if arg.text == "--remove-files" {
        for operand in plain.operands { worst = worst.max(RemoveRules.removing(operand, isRecursive: true, judge)) }
      }
    }
    let creates = words.contains {
      $0.text == "--create" || ($0.text.hasPrefix("-") && !$0.text.hasPrefix("--") && $0.text.contains("c"))
    }
    if creates {
      judge.output.origin.insert(.decoded)
      for operand in plain.operands where judge.secretReason(operand) != nil && operand.isKnown {
        judge.facts.insert(.readsSecret)
        judge.output.origin.insert(.secret)
      }
    }
    return worst
  }
}
