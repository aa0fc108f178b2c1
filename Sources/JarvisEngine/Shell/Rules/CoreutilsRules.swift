import JarvisAPI

/// The programs of GNU coreutils and what belongs to them.
enum CoreutilsRules {
  private static let dateFlags = FlagSet(
    "-u -R -I? -d: -r: -f= + --utc --universal --rfc-email --iso-8601? --rfc-3339: --date: --reference: --file= --debug --resolution"
  )
  private static let fdFlags = FlagSet(
    "-H -I -u -s -i -g -a -l -L -p -0 -q -1 -h -V -c: -e: -t: -d: -E: -S: -o: -j: -F --hidden --no-ignore --no-ignore-vcs --no-ignore-parent --unrestricted --type: --extension: --glob --regex --fixed-strings --case-sensitive --ignore-case --absolute-path --relative-path --list-details --follow --full-path --print0 --max-depth: --min-depth: --exact-depth: --depth: --exclude: --size: --changed-within: --changed-before: --newer: --older: --owner: --max-results: --quiet --color: --threads: --one-file-system --prune --strip-cwd-prefix --search-path: --base-directory: --path-separator: --show-errors --no-follow --no-hidden --and: --hyperlink? --format:"
  )
  private static let mktempFlags = FlagSet(
    "-u -d -q -t -p: --dry-run --directory --quiet --suffix: --tmpdir?")

  static let families: [Family] = [
    Family([
      // Names, sizes, times: whatever the options, no content is shown.
      .green(
        "ls dir vdir",
        "~ -aAbBcCdfFgGhHiklLmnNopqQrRsStuUvxXZ1 -I: -T: -w: --all --almost-all --author --escape --block-size: --ignore-backups --color? --directory --dired --classify? --file-type --format: --full-time --group-directories-first --no-group --human-readable --si --dereference --dereference-command-line --hide: --hyperlink? --indicator-style: --inode --ignore: --kibibytes --numeric-uid-gid --literal --hide-control-chars --show-control-chars --quote-name --quoting-style: --reverse --recursive --size --sort: --time: --time-style: --tabsize: --width: --context --zero"
      ),
      .green(
        "stat readlink realpath basename dirname",
        "~ -LftzfemnqvasP -c: --dereference --file-system --format: --printf: --terse --cached: --canonicalize --canonicalize-existing --canonicalize-missing --no-newline --quiet --silent --verbose --zero --logical --physical --relative-to: --relative-base: --strip --no-symlinks --multiple --suffix:"
      ),
      .green("pwd nproc whoami logname groups users tty true false", "~ -LPs --all --ignore: --silent --quiet"),
      .green("id pathchk", "~ -agGnruzZpP --group --groups --name --real --user --zero --context --portability"),
      .green(
        "uname",
        "~ -asnrvmpio --all --kernel-name --nodename --kernel-release --kernel-version --machine --processor --hardware-platform --operating-system"
      ),
      .green(
        "du",
        "-0abcDhHklLmPsSx -d: -B: -t: --null --all --apparent-size --block-size: --bytes --total --dereference-args --max-depth: --human-readable --inodes --dereference --count-links --no-dereference --separate-dirs --si --summarize --threshold: --time? --time-style: --exclude: --one-file-system"
      ),
      .green(
        "df",
        "~ -ahHiklPTv -B: -t: -x: --all --block-size: --human-readable --si --inodes --local --portability --print-type --type: --exclude-type: --output? --total --no-sync"
      ),
      // Whatever these words are, they are printed or computed.
      .code("echo expr :") { call, _ in .green(call.path) },
      .code("yes") { call, _ in Endless.yes(call) },
      .code("seq") { call, judge in Endless.seq(call, &judge) },
      .code("sleep") { call, _ in Endless.sleep(call) },
      .green("factor", "-h --exponents"),
      .green(
        "numfmt",
        "~ -# -d: -z --from: --to: --suffix: --field: --header? --round: --grouping --delimiter: --invalid: --from-unit: --to-unit: --zero-terminated --unit-separator:"
      ),
      .code("date") { call, judge in
        let flags = CoreutilsRules.dateFlags
        if let finding = judge.check(call, flags: flags, operands: .none) { return finding }
        return .green(call.path)
      },
      .green(
        "hostname", "-a -d -f -i -I -s -A -y --all-fqdns --all-ip-addresses --fqdn --ip-address --short --domain", .none
      ),
      .green("hostid dnsdomainname nisdomainname", "", .none),
      .green("uptime", "-p -s --pretty --since", .none),
      .green(
        "tree",
        "-adfliLxqNQpugshDFvtcUrnCASJXH -L: -P: -I: --prune --dirsfirst --filesfirst --noreport --charset: --filelimit: --si --du --timefmt: --sort: --inodes --device --matchdirs --ignore-case --gitignore"
      ),
      .green(
        "md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum",
        "-b -t -z --tag --binary --text --zero -a: --algorithm: -l:", .measured),
      .green("which whereis type", "~ -abmsulftpP --all"),
      .green(
        "file",
        "-b -i -L -h -k -p -r -s -z -0 --mime --mime-type --mime-encoding --brief --dereference -N -d -E -v -F: -e: -P:"
      ),
      .green(
        "lsattr getfacl namei", "~ -RVadlvpacesExomtnL --omit-header --absolute-names --numeric --recursive --long"),
      .code("fd fdfind") { call, judge in
        let flags = CoreutilsRules.fdFlags
        guard let index = call.args.firstIndex(where: { ["-x", "--exec", "-X", "--exec-batch"].contains($0.text) })
        else {
          return judge.check(call, flags: flags, operands: .free) ?? .green(call.path)
        }
        var before = call
        before.args = Array(call.args[..<index])
        var words = Array(call.args[(index + 1)...].prefix { $0.text != ";" })
        let found = Arg("./" + String(Arg.hole)).made { $0.isKnown = false }
        if words.contains(where: { $0.text.contains("{") }) {
          words = words.map { $0.text.contains("{") ? found : $0 }
        } else {
          words.append(found)
        }
        return (judge.check(before, flags: flags, operands: .free) ?? .green(call.path)).max(judge.invoke(words))
      },
      .code("mktemp") { call, judge in
        if call.has("-u", "--dry-run") {
          return judge.check(
            call, flags: CoreutilsRules.mktempFlags, operands: .free)
            ?? .green(call.path)
        }
        return .yellow(call.path, "makes an empty file or folder in /tmp", "mktemp -u only prints a name")
      },
      .code("tee") { call, judge in
        var worst = Finding.green(call.path)
        for operand in call.operands { worst = worst.max(judge.writingArg(operand)) }
        return worst
      },
      .code("touch mkdir") { call, judge in
        var worst = Finding.yellow(call.path, "makes an empty file or folder in /tmp")
        for operand in call.operands { worst = worst.max(judge.writingArg(operand)) }
        return worst
      },
      .code("cp install ln") { call, judge in FileRules.copy(call, &judge) },
      .code("mv") { call, judge in FileRules.move(call, &judge) },
      .code("truncate") { call, judge in
        var worst = Finding.red(call.path, "changes the size of files: what is cut off is lost")
        for operand in call.operands { worst = worst.max(judge.writingArg(operand)) }
        return worst
      },
      .red("rmdir", why: "deletes empty folders"),
      .code("rm unlink trash srm") { call, judge in RemoveRules.remove(call, &judge) },
      .code("shred") { call, judge in RemoveRules.shred(call, &judge) },
      .code("dd dcfldd") { call, judge in RemoveRules.copyBlocks(call, &judge) },
      .code("chmod chown chgrp setfacl chattr") { call, judge in FileRules.changeRights(call, &judge) },
      .red("mknod", why: "makes a device file"),
      .code("mkfifo") { call, judge in
        judge.facts.insert(.makesPipe)
        var worst = Finding.yellow(call.path, "makes a named pipe")
        for operand in call.operands { worst = worst.max(judge.writingArg(operand)) }
        return worst
      },
      .code("find") { call, judge in FindRules.find(call, &judge) },
    ])
  ]
}

extension Judge {
  /// The tier of a program that writes the file `arg`.
  mutating func writingArg(_ arg: Arg) -> Finding {
    if let finding = tooManyPaths([arg]) { return finding }
    if let text = arg.certain {
      if ["/dev/null", "/dev/stdout", "/dev/stderr", "-", "/dev/tty"].contains(text) { return .green("write") }
      return writing(text)
    }
    for directory in directories {
      let path = PathText.absolute(arg.text, in: directory)
      if arg.text != String(Arg.hole), let why = SystemPaths.opensDoors(path) { return .black("write.system", why) }
    }
    return .red("write.unknown", "which file is written is only known when it runs", "name the file")
  }
}
