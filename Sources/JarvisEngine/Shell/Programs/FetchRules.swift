import JarvisAPI

/// Programs that fetch: at best YELLOW, since they reach out.
enum FetchRules {
  private static let wgetFlags = FlagSet(
    "-q -v -nv -S -4 -6 -O: -T: -t: -w: -U: --spider --quiet --no-verbose --server-response --timeout: --tries: --wait: --user-agent: --no-check-certificate --header: --max-redirect: --output-document: --no-cache --no-proxy --secure-protocol: --user: --password: -.nv"
  )

  private static let curlFlags = FlagSet(
    "-#fgiIjkLNpqRsSvaZ46012 -A: -e: -H: -m: -r: -u: -w: -x: -X: -y: -Y: -z: -U: -o: -C: --silent --show-error --fail --fail-with-body --fail-early --location --head --include --insecure --verbose --compressed --progress-bar --no-progress-meter --globoff --http1.0 --http1.1 --http2 --http3 --ipv4 --ipv6 --no-buffer --tlsv1 --tlsv1.2 --tlsv1.3 --ssl --ssl-reqd --basic --digest --ntlm --negotiate --anyauth --parallel --tcp-nodelay --tcp-fastopen --get --no-keepalive --raw --path-as-is --max-time: --connect-timeout: --retry: --retry-delay: --retry-max-time: --retry-connrefused --retry-all-errors --user-agent: --referer: --header: --request: --range: --user: --proxy: --proxy-user: --noproxy: --resolve: --interface: --dns-servers: --write-out: --output: --url: --max-redirs: --limit-rate: --time-cond: --continue-at: --max-filesize: --proto: --keepalive-time: --oauth2-bearer: --version --help --ciphers: --tls-max: --connect-to: --local-port: --speed-limit: --speed-time: --no-alpn --location-trusted --styled-output --parallel-max:"
  )
  private static let reading: Set<String> = ["GET", "HEAD", "OPTIONS", "TRACE"]

  static func curl(_ call: Call, _ judge: inout Judge) -> Finding {
    judge.output.origin.insert(.fetched)
    if call.args.count == 1, ["-V", "--version", "--help", "-h", "--manual"].contains(call.args[0].text) {
      return .green("curl --version")
    }
    var worst = Finding.yellow("curl", "reaches out to another machine", "nothing makes it milder: it sends a request")
    let sending = [
      "-d", "--data", "-F", "--form", "-T", "--upload-file", "--json", "--data-raw", "--data-binary", "--data-ascii",
      "--data-urlencode", "--mail-from", "--url-query",
    ]
    var index = 0
    var isPast = false
    while index < call.args.count {
      let arg = call.args[index]
      index += 1
      if !isPast, arg.text == "--" { isPast = true; continue }
      guard !isPast, arg.text.first == "-", arg.text.count > 1 else {
        worst = worst.max(address(arg, &judge))
        continue
      }
      if let sent = sending.first(where: {
        $0.hasPrefix("--")
          ? arg.text == $0 || arg.text.hasPrefix($0 + "=") || (arg.text.hasPrefix("--data") && $0 == "--data")
          : arg.text.hasPrefix($0)
            || (arg.text.first == "-" && !arg.text.hasPrefix("--") && arg.text.hasSuffix($0.dropFirst()))
      }) {
        judge.facts.insert(.sendsOut)
        worst = worst.max(.red("curl.send", "sends data (\(sent))", "a plain GET only reads"))
        let inline =
          arg.text.hasPrefix("--")
          ? arg.text.firstIndex(of: "=").map { String(arg.text[arg.text.index(after: $0)...]) }
          : arg.text.count > 2 && !arg.text.hasSuffix(sent.dropFirst()) ? String(arg.text.dropFirst(2)) : nil
        let value = inline.map { Arg($0) } ?? (index < call.args.count ? call.args[index] : Arg(""))
        if inline == nil { index += 1 }
        worst = worst.max(sent == "-T" || sent == "--upload-file" ? sentFile(value, judge) : sentData(value, judge))
        continue
      }
      guard arg.certain != nil || !arg.canSplit,
        case .allowed(_, let attached, let takesNext) = curlFlags.read(arg.text)
      else {
        if arg.text.hasPrefix("-O") || arg.text.hasPrefix("--remote-name")
          || arg.text.contains("O") && !arg.text.hasPrefix("--")
        {
          judge.facts.insert(.fetchesToFile)
          worst = worst.max(.red("curl.file", "writes what it fetches into a file", "leave out -O"))
          continue
        }
        worst = worst.max(
          .red("curl.option", "the option \(arg.shown) of curl is not known to be harmless", "leave out \(arg.shown)"))
        if arg.text.hasPrefix("-K") || arg.text.hasPrefix("--config") || arg.text.hasPrefix("-c")
          || arg.text.hasPrefix("-D") || arg.text.hasPrefix("-b") || arg.text.hasPrefix("-E") || arg.text == "--key"
          || arg.text == "--cert" || arg.text == "--cacert" || arg.text == "-Q" || arg.text == "--quote"
        {
          index += 1
        }
        continue
      }
      let value = attached.map { Arg($0) } ?? (takesNext && index < call.args.count ? call.args[index] : nil)
      if takesNext { index += 1 }
      let name =
        arg.text.hasPrefix("--")
        ? String(arg.text.prefix { $0 != "=" })
        : "-" + String(arg.text.last.map { takesNext ? $0 : arg.text.dropFirst().first ?? $0 } ?? "-")
      if name == "-o" || name == "--output"
        || (arg.text.hasPrefix("-") && !arg.text.hasPrefix("--") && arg.text.contains("o") && takesNext)
      {
        if let target = value, !["/dev/null", "-", "/dev/stdout"].contains(target.text) {
          judge.facts.insert(.fetchesToFile)
          worst = worst.max(judge.writingArg(target)).max(
            .red("curl.file", "writes what it fetches into a file", "leave out -o"))
        }
      } else if name == "-X" || name == "--request" {
        if let method = value?.certain?.uppercased(), !reading.contains(method) {
          worst = worst.max(.red("curl.method", "\(method) changes something elsewhere", "GET reads"))
        }
      } else if name == "--url", let value {
        worst = worst.max(address(value, &judge))
      } else if name == "-H" || name == "--header", let value {
        if value.text.hasPrefix("@") { worst = worst.max(sentFile(Arg(String(value.text.dropFirst())), judge)) }
      }
      if let value, !value.isKnown { judge.facts.insert(.sendsOut) }
      if name == "-w" || name == "--write-out",
        value?.text.hasPrefix("@") == true || value?.text.contains("output{") == true
      {
        worst = worst.max(.red("curl.option", "-w with a file"))
      }
    }
    return worst
  }

  private static func address(_ arg: Arg, _ judge: inout Judge) -> Finding {
    if !arg.isKnown {
      judge.facts.insert(.sendsOut)
      return .red("curl.unknown", "where it reaches out to, and what goes along, is only known when it runs")
    }
    let lower = arg.text.lowercased()
    if lower.hasPrefix("file:") {
      let path = "/" + arg.text.dropFirst(5).drop { $0 == "/" }
      return judge.contentFinding(Arg(path)) ?? .yellow("curl.file", "reads a local file")
    }
    if let scheme = lower.split(on: ":").first, lower.contains("://"), scheme != "http", scheme != "https" {
      return .red("curl.scheme", "\(scheme) is not http")
    }
    return .yellow("curl", "reaches out to another machine")
  }

  private static func sentData(_ value: Arg, _ judge: Judge) -> Finding {
    if let at = value.text.firstIndex(where: { $0 == "@" || $0 == "<" }) {
      let rest = String(value.text[value.text.index(after: at)...])
      if rest == "-" {
        return judge.input.origin.contains(.secret)
          ? .black("exfiltration", "sends a secret away") : .red("curl.send", "sends data")
      }
      return sentFile(Arg(String(rest.prefix { $0 != ";" })), judge)
    }
    return .red("curl.send", "sends data")
  }

  static func sentFile(_ value: Arg, _ judge: Judge) -> Finding {
    if value.text == "-" || value.text == "." {
      return judge.input.origin.contains(.secret)
        ? .black("exfiltration", "sends a secret away") : .red("curl.send", "sends its input away")
    }
    if let reason = judge.secretReason(value) { return .black("exfiltration", "sends a secret away: \(reason)") }
    if value.text.hasPrefix("/etc/passwd") { return .black("exfiltration", "sends the list of users away") }
    return .red("curl.send", "sends the file \(value.shown) away")
  }

  static func wget(_ call: Call, _ judge: inout Judge) -> Finding {
    judge.output.origin.insert(.fetched)
    if call.args.count == 1, ["-V", "--version", "--help", "-h"].contains(call.args[0].text) {
      return .green("wget --version")
    }
    let text = call.args.map(\.text)
    var worst = Finding.yellow("wget", "reaches out to another machine")
    if text.contains(where: { $0.hasPrefix("--post") || $0.hasPrefix("--body") || $0.hasPrefix("--method") }) {
      judge.facts.insert(.sendsOut)
      worst = .red("wget.send", "sends data")
      for (index, arg) in call.args.enumerated()
      where arg.text.hasPrefix("--post-file") || arg.text.hasPrefix("--body-file") {
        let value =
          arg.text.firstIndex(of: "=").map { Arg(String(arg.text[arg.text.index(after: $0)...])) } ?? call.args
          .dropFirst(index + 1).first ?? Arg("")
        worst = worst.max(sentFile(value, judge))
      }
    }
    if text.contains(where: { $0.hasPrefix("--use-askpass") || $0.hasPrefix("-e") || $0.hasPrefix("--execute") }) {
      worst = worst.max(.red("wget.option", "runs a program or a setting of its own"))
    }
    if call.hasUnknown {
      judge.facts.insert(.sendsOut);
      worst = worst.max(.red("wget.unknown", "where it reaches out to is only known when it runs"))
    }
    let toOutput =
      text.contains { $0 == "-O-" || $0 == "-qO-" || $0 == "--output-document=-" || $0 == "-nvO-" }
      || zip(text, text.dropFirst()).contains {
        ["-O", "-qO", "--output-document"].contains($0) && $1 == "-"
          || ["-O", "-qO", "--output-document"].contains($0) && $1 == "/dev/null"
      }
    let spider = text.contains("--spider")
    if !toOutput, !spider {
      judge.facts.insert(.fetchesToFile)
      worst = worst.max(.red("wget.file", "writes what it fetches into a file", "wget -qO- only prints it"))
      for (index, arg) in call.args.enumerated() where arg.text == "-O" || arg.text == "-P" {
        if let target = call.args.dropFirst(index + 1).first { worst = worst.max(judge.writingArg(target)) }
      }
    } else if let finding = judge.check(
      call,
      flags: FetchRules.wgetFlags, operands: .free)
    {
      worst = worst.max(finding)
    }
    return worst
  }

  static func other(_ call: Call, _ judge: inout Judge) -> Finding {
    judge.facts.formUnion([.fetchesToFile, .sendsOut])
    judge.output.origin.insert(.fetched)
    return judge.opaqueReading(call).max(.red(call.path, "reaches out to another machine, and may write files"))
  }
}
