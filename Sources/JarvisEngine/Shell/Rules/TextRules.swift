import JarvisAPI

/// Programs that show, filter and compare text.
enum TextRules {
  private static let uniqFlags = FlagSet(
    "-cdDiuz -f: -s: -w: --count --repeated --unique --ignore-case --skip-fields: --skip-chars: --check-chars: --all-repeated? --group? --zero-terminated"
  )
  private static let diffFlags = FlagSet(
    "-# -abBcdeEHilnNpqrstTuvwyZ -U: -C: -W: -I: -x: -F: -L: --unified? --context? --brief --side-by-side --recursive --ignore-all-space --ignore-space-change --ignore-blank-lines --ignore-case --color? --report-identical-files --width: --suppress-common-lines --left-column --minimal --text --new-file --exclude: --label: --strip-trailing-cr --no-dereference --speed-large-files --expand-tabs"
  )
  private static let xxdFlags = FlagSet(
    "-abCdeEhipuv -c: -g: -l: -n: -o: -s: -R: -cols: -len: -seek: -.ps -.plain -.postscript -.bits -.upper -.include --help --version"
  )
  private static let shufFlags = FlagSet(
    "-n: -e -z -i: --head-count: --echo --zero-terminated --input-range:")

  static let families: [Family] = [
    Family([
      .green(
        "cat",
        "-AbeEnstTuv --show-all --number --number-nonblank --squeeze-blank --show-ends --show-tabs --show-nonprinting",
        .content),
      .green("tac", "-b -r -s: --before --separator:", .content),
      .green("nl", "-b: -d: -f: -h: -i: -l: -n: -p -s: -v: -w:", .content),
      .code("head") { call, judge in Endless.head(call, &judge) },
      .green(
        "tail",
        "-# -n: -c: -f -F -q -v -z -r + --lines: --bytes: --follow? --pid: --quiet --verbose --retry -s: --sleep-interval: --zero-terminated",
        .content),
      .green("zcat bzcat xzcat zstdcat lz4cat lzcat", "-f -q -v", .content).producing(.decoded),
      .green("wc", "-clmLw --bytes --chars --lines --words --max-line-length --total:", .measured),
      .code("grep egrep fgrep zgrep zegrep zfgrep xzgrep zstdgrep bzgrep") { call, judge in
        TextPrograms.grep(call, &judge)
      },
      .code("rg") { call, judge in TextPrograms.ripgrep(call, &judge) },
      .green(
        "sort",
        "-bcCdfghimMnrRsuVz -k: -t: -S: -T: --batch-size: --parallel: --key: --field-separator: --buffer-size: --temporary-directory: --check? --reverse --numeric-sort --general-numeric-sort --human-numeric-sort --month-sort --version-sort --unique --stable --merge --ignore-case --ignore-leading-blanks --dictionary-order --ignore-nonprinting --random-sort --zero-terminated --sort: --debug",
        .content),
      .code("uniq") { call, judge in
        let flags = TextRules.uniqFlags
        return judge.check(call, flags: flags, operands: .content) ?? judge.check(
          call, flags: flags, operands: .upTo(1))
          ?? .green(call.path)
      },
      .green(
        "cut",
        "-sz -b: -c: -d: -f: -n --bytes: --characters: --fields: --delimiter: --complement --only-delimited --output-delimiter: --zero-terminated",
        .content),
      .green("paste", "-sz -d: --delimiters: --serial", .content),
      .green("join", "-i -a: -e: -j: -1: -2: -o: -t: -v: --header --check-order --nocheck-order", .content),
      .green("comm", "-123 -z --check-order --nocheck-order --output-delimiter: --total", .content),
      .green("tr", "-cCdst --complement --delete --squeeze-repeats --truncate-set1"),
      .green("fold fmt expand unexpand", "-# -bsctu -w: -t: -p: -g: --width: --tabs: --spaces --bytes", .content),
      .green(
        "column",
        "-texLR -t -s: -o: -c: -N: -H: -O: -W: -T: -E: -l: -d -J -n: -i: -p: -r: -x --table --separator: --output-separator: --json --table-columns: --table-hide: --table-right: --table-noheadings --fillrows --keep-empty-lines",
        .content),
      .green("rev", "", .content).producing(.decoded),
      .green("pr", "-# -dFfhJmnNoStTvW -h: -l: -w: -o: -n? -s?", .content),
      .green("od hexdump hd", "-abcCdfhilosvxX -A: -j: -n: -N: -t: -w: -e: -s: -v", .content).producing(.decoded),
      .green("strings", "-a -f -n: -t: -e: -w -o -#", .content),
      .code("diff cmp colordiff") { call, judge in
        let flags = TextRules.diffFlags
        if let finding = judge.check(call, flags: flags, operands: .content) { return finding }
        let isRecursive = call.has("-r", "--recursive")
        for operand in call.operands where isRecursive {
          if let finding = TextPrograms.tree(operand, judge) { return finding }
        }
        return .green(call.path)
      },
      .green("diff3 sdiff", "-s -w: -l -i -b -B -E", .content),
      .code("less more most pg") { call, judge in TextPrograms.pager(call, &judge) },
      .code("sed gsed") { call, judge in SedRules.sed(call, &judge) },
      .code("awk gawk mawk nawk original-awk") { call, judge in AwkRules.awk(call, &judge) },
      .code("jq gojq jaq") { call, judge in TextPrograms.jq(call, &judge) },
      .code("yq") { call, judge in TextPrograms.yq(call, &judge) },
      .code("bc dc") { call, judge in TextPrograms.calculator(call, &judge) },
      .green("iconv", "-c -s -l -f: -t: --from-code: --to-code: --list --silent --verbose", .content),
      .green(
        "base64 base32 basenc",
        "-deiDu -w: -b: --decode --encode --ignore-garbage --wrap: --noerrcheck --copyright --base64 --base64url --base32 --base32hex --base16",
        .content
      ).producing(.decoded),
      .code("xxd") { call, judge in
        judge.output.origin.insert(.decoded)
        if call.args.contains(where: { $0.text.hasPrefix("-r") }) {
          return .red("xxd -r", "writes the bytes that a text names")
        }
        let flags = TextRules.xxdFlags
        return judge.check(call, flags: flags, operands: .content) ?? judge.check(
          call, flags: flags, operands: .upTo(1))
          ?? .green(call.path)
      },
      .green("ts look ptx", "-n: -r -e -i -f -d", .content),
      .code("shuf") { call, judge in
        if call.args.contains(where: { Endless.hasLongNumber($0.text, digits: 7) }) {
          return .red("endless.shuf", "shuf prints more than a million lines", "print fewer")
        }
        return judge.check(
          call, flags: TextRules.shufFlags,
          operands: .content)
          ?? .green(call.path)
      },
      .green("jc", "-p -r -q --ps --df --free"),
      .green("xmllint", "--noout --format --xpath: --recover --huge --nonet", .content),
      .code("split csplit") { call, _ in
        if call.args.contains(where: {
          $0.text.hasPrefix("--filter") || ("--filter".hasPrefix($0.text) && $0.text.count > 3)
        }) {
          return .red("split.filter", "split --filter runs a command for every piece")
        }
        return .red(call.path, "writes files")
      },
    ])
  ]
}
