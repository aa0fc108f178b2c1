import JarvisAPI

/// Looking at the network, and reaching out.
enum NetworkRules {
  private static let ipsetFlags = FlagSet(
    "-n -t -s -o: -name -terse")
  private static let rpcinfoFlags = FlagSet(
    "-p -s -m")

  private static let ifconfigFlags = FlagSet(
    "-a -s -v")
  private static let pingFlags = FlagSet(
    "-4 -6 -a -b -c: -d -D -h -i: -I: -L -m: -M: -n -N: -O -p: -q -Q: -r -R -s: -S: -t: -T: -U -v -V -w: -W: -e -C: -g -u"
  )
  private static let nslookupFlags = FlagSet(
    "-type: -query: -port: -timeout: -debug")
  private static let iptablesSaveFlags = FlagSet(
    "-c -t:")
  private static let nstatFlags = FlagSet(
    "-a -s -z -j --json --noupdate --zeros")
  private static let conntrackFlags = FlagSet(
    "-L -C -S -G -p: -s: -d: -f: -o: -u: -m: -n: -g: --dump --count --stats --proto: --src: --dst: --sport: --dport: --state: --family: --output: --mark: --src-nat? --dst-nat? --any-nat? --orig-src: --orig-dst: --reply-src: --reply-dst: --orig-port-src: --orig-port-dst:"
  )
  private static let ovsVsctlFlags = FlagSet(
    "")

  /// What `ip` and `bridge` show; every other word changes something.
  private static func shows(_ objects: String) -> [Row] {
    objects.split(separator: " ").flatMap { object in
      [Row.green("\(object) show,\(object) list,\(object) lst", "~"), Row.green(String(object), "", .none)]
    }
  }

  /// A name that is made when it runs may carry something out.
  static func told(_ call: Call) -> Finding {
    call.args.contains { !$0.isKnown }
      ? .yellow("network.name", "asks for a name that may carry something out", "write the name out")
      : .green(call.path)
  }

  private static func asking(_ names: String, _ flags: String, _ operands: Operands) -> Row {
    let flags = FlagSet(flags)
    return .code(names) { call, judge in judge.check(call, flags: flags, operands: operands) ?? told(call) }
  }

  static let families: [Family] = [
    Family(
      "ip",
      globals:
        "-4 -6 -0 -j -p -s -d -o -r -h -c? -br -N -B -M -n: -f: -l: -rc: -netns: -.json -.pretty -.stats -.details -.oneline -.resolve -.human -.color -.brief -.br -.iec -.statistics -.family -.ts -.tshort -.Numeric -.echo --json --brief --color? --oneline --details --stats --statistics --numeric",
      abbreviates: true,
      shows("address") + shows("link") + shows("route") + shows("rule") + shows("neighbour") + shows("neighbor")
        + shows("tunnel") + shows("tuntap")
        + shows("maddress") + shows("mroute") + shows("ntable") + shows("netconf") + shows("token") + shows("vrf")
        + shows("nexthop")
        + shows("stats") + shows("netns") + shows("ntbl") + [
          .green("route get", "~"), .green("monitor", ""), .green("netns identify,netns pids", ""),
          .green("addrlabel list", ""), .green("xfrm state count,xfrm policy count", ""), .green("help", ""),
          .code("netns exec") { call, judge in
            judge.invoke(Array(call.args.dropFirst())).atLeast(
              .yellow("ip netns exec", "runs a command in another network namespace", "run it without ip netns exec"))
          },
          .code("vrf exec") { call, judge in
            judge.invoke(Array(call.args.dropFirst())).atLeast(
              .yellow("ip vrf exec", "runs a command in another network"))
          },
          .black("link delete,link del", why: "deletes a network device", change: "ip link show reads"),
          .red(
            "address add,address del,address delete,address flush,address change,address replace,link add,link set,link change,link replace,route add,route del,route delete,route flush,route replace,route change,route append,rule add,rule delete,rule del,rule flush,neighbour add,neighbour del,neighbour flush,neighbour replace,neighbor add,neighbor del,neighbor flush,netns add,netns delete,netns del,netns set,netns attach,token set,stats set,vrf set,tunnel add,tunnel del,tunnel change,tuntap add,tuntap del,maddress add,maddress del",
            why: "changes the node's network: it may cut this very connection", change: "ip … show reads"),
        ]),
    Family(
      "bridge", globals: "-j -p -s -d -o -c? -n: -.json -.stats -.details -.color -.compressvlans -.pretty",
      abbreviates: true,
      shows("link") + shows("fdb") + shows("vlan") + shows("mdb") + shows("vni") + [
        .green("monitor", ""), .green("fdb get", ""),
        .red(
          "fdb add,fdb del,vlan add,vlan del,vlan set,link set,vni add,vni delete,mdb add,mdb del",
          why: "changes the node's network"),
      ]),
    Family("tc", globals: "-s -d -r -j -p", shows("qdisc") + shows("class") + shows("filter")),
    Family(
      "ethtool",
      alone: .green(
        "ethtool",
        "-i -S -k -g -a -c -l -n -P -T -m -d -u --driver --statistics --show-features --show-ring --show-pause --show-coalesce --show-channels --show-priv-flags --show-permaddr --show-fec --show-eee --show-time-stamping --module-info",
        .upTo(1)), []),
    Family([
      .green(
        "ss",
        "-nrlaBoempTiszZtudwxS046HOQEbM -f: -A: -N: --numeric --resolve --listening --all --options --extended --memory --processes --threads --info --summary --tcp --udp --raw --unix --sctp --ipv4 --ipv6 --no-header --oneline --family: --query: --events --packet"
      ),
      .green(
        "netstat",
        "~ -nalptuwxsriegcovCFM46WNZ -A: --numeric --all --listening --programs --tcp --udp --raw --unix --statistics --route --interfaces --groups --extend --continuous --timers --wide --verbose --numeric-hosts --numeric-ports"
      ),
      .green("arp", "-a -n -e -v -i: -H:", .upTo(1)),
      .green("route", "-n -e -v -4 -6 -A:", .none),
      .code("ifconfig") { call, judge in
        judge.check(call, flags: NetworkRules.ifconfigFlags, operands: .upTo(1)) ?? .green(call.path)
      },
      .green("iwconfig", "", .upTo(1)),
      .code("ping ping4 ping6 fping arping") { call, judge in
        if call.has("-f", "-A") { return .red("ping.flood", "a flood of packets disturbs the network") }
        for (index, arg) in call.args.enumerated() where arg.text.hasPrefix("-i") {
          let value = arg.text.count > 2 ? String(arg.text.dropFirst(2)) : call.args.dropFirst(index + 1).first?.certain
          guard let pause = value.flatMap(Double.init), pause >= 0.2 else {
            return .red("ping.flood", "less than 0.2 seconds between packets is a flood", "ping -i 1")
          }
        }
        return judge.check(
          call,
          flags: NetworkRules.pingFlags, operands: .upTo(4)) ?? told(call)
      },
      asking(
        "traceroute traceroute6 tracepath mtr",
        "-4 -6 -n -I -T -U -m: -q: -w: -p: -f: -i: -r -c: -b -z -w -l --report --report-wide --no-dns --report-cycles:",
        .upTo(2)),
      asking("dig delv", "+ -4 -6 -x: -t: -p: -b: -q: -c: -r -u -v", .free),
      asking("host", "-4 -6 -a -C -d -l -r -s -T -v -t: -W: -R: -N: -c:", .upTo(2)),
      .code("nslookup") { call, judge in
        if call.args.contains(where: { $0.text == "-" }) { return .red("nslookup", "asks for whatever it reads") }
        return judge.check(call, flags: NetworkRules.nslookupFlags, operands: .upTo(2))
          ?? told(call)
      },
      .code("getent") { call, judge in
        if call.operands.isEmpty || call.operands.contains(where: { $0.text.contains("shadow") })
          || call.args.first?.certain == nil || call.args.first?.isSurelyOption == true
        {
          return .red("secret.path", "getent shows password hashes")
        }
        return told(call)
      },
      asking("whois", "-h: -p:", .upTo(1)),
      .code("ipset") { call, judge in
        guard let verb = call.args.first?.certain, ["list", "-L", "version"].contains(verb),
          judge.check(call.dropping(1), flags: NetworkRules.ipsetFlags, operands: .upTo(1)) == nil
        else { return .red("ipset", "changes what the firewall knows", "ipset list reads") }
        return .green("ipset list")
      },
      .code("rpcinfo") { call, judge in
        judge.check(call, flags: NetworkRules.rpcinfoFlags, operands: .upTo(1)) ?? told(call)
      },
      .green("ipcalc sipcalc", "-bnchsrauIdvw46mpt --nobinary --nocolor --class --split --range"),
      .code("curl") { call, judge in FetchRules.curl(call, &judge) }.producing(.fetched),
      .code("wget wget2") { call, judge in FetchRules.wget(call, &judge) }.producing(.fetched),
      .code("aria2c axel lftp ftp tftp sftp lynx w3m links elinks http https xh fetch bitsadmin") { call, judge in
        FetchRules.other(call, &judge)
      }.producing(.fetched),
      .code("nc ncat netcat nc.openbsd nc.traditional telnet socat cryptcat") { call, judge in
        ConnectRules.connect(call, &judge)
      }.producing(.fetched),
      .code("ssh slogin autossh mosh dropbear dbclient") { call, judge in ConnectRules.ssh(call, &judge) },
      .code("scp rsync rcp rclone croc") { call, judge in ConnectRules.copy(call, &judge) },
      .code("mail mailx sendmail mutt msmtp swaks") { call, judge in
        judge.facts.insert(.sendsOut)
        if judge.input.origin.contains(.secret)
          || call.args.contains(where: { judge.secretReason($0) != nil && $0.text.contains("/") && $0.isKnown })
        {
          return .black("exfiltration", "sends a secret away")
        }
        return .red(call.path, "sends something away")
      },
      .code("tcpdump tshark dumpcap ngrep") { call, judge in
        if call.has("-z", "-w", "-W") || call.args.contains(where: { $0.text.hasPrefix("-z") }) {
          return .red("capture.run", "writes files, and -z runs a command on each").max(judge.opaqueReading(call))
        }
        return .red(call.path, "reads what others send, secrets included")
      },
      .code("nmap masscan zmap") { call, _ in .red(call.path, "scans other machines, and its scripts are programs") },
      .code(
        "iptables ip6tables nft ebtables arptables ufw firewall-cmd pve-firewall iptables-restore ip6tables-restore"
      ) { call, judge in FirewallRules.firewall(call, &judge) },
      .code("iptables-save ip6tables-save") { call, judge in
        judge.check(call, flags: NetworkRules.iptablesSaveFlags, operands: .none) ?? .green(call.path)
      },
      .black("ifdown", why: "takes a network device down: it may cut this very connection"),
      .red(
        "ifup ifreload dhclient nmtui hostapd_cli vconfig openvpn",
        why: "changes the node's network: it may cut this very connection"),
      .code("wg") { call, judge in
        if call.args.isEmpty || call.args.first?.text == "show",
          !call.args.contains(where: { $0.text.contains("key") || $0.text == "dump" })
        {
          return .green("wg show")
        }
        return .red("secret.path", "shows or changes keys")
      },
      .green("lldpctl", "-f: -a", .free),
      .code("nstat rtacct") { call, judge in
        // Without -s it writes down what it has shown.
        guard call.has("-s", "--noupdate"), !call.has("-d", "-r"),
          judge.check(call, flags: NetworkRules.nstatFlags, operands: .free) == nil
        else { return .yellow(call.path, "writes its history in /tmp", "nstat -s leaves it alone") }
        return .green("nstat -s")
      },
      .code("conntrack") { call, judge in
        if call.has("-L", "-C", "-S", "-G"),
          judge.check(
            call,
            flags: NetworkRules.conntrackFlags, operands: .oneOf(["conntrack", "expect"])) == nil
        {
          return .green("conntrack -L")
        }
        return .red("conntrack", "changes or follows the table of connections", "conntrack -L lists it")
      },
      .green(
        "vnstat",
        "-d -h -m -y -w -t -s -q -hg -5 -i: --iface: --oneline? --json? --xml? --days --hours --months --years --top --short --style: --limit: --begin: --end: --iflist? --dbiflist? --fiveminutes",
        .none),
      .code("ovs-vsctl ovs-ofctl ovs-appctl ovs-dpctl") { call, judge in
        let reads: Set<String> = [
          "show", "list-br", "list-ports", "list-ifaces", "br-exists", "port-to-br", "iface-to-br", "get-controller",
          "dump-ports", "dump-flows", "dump-tables", "dump-ports-desc", "fdb/show", "bond/show", "lacp/show",
          "dump-dps",
        ]
        guard let verb = call.args.first?.certain, reads.contains(verb),
          judge.check(call.dropping(1), flags: NetworkRules.ovsVsctlFlags, operands: .upTo(1)) == nil,
          !call.args.contains(where: { $0.text == "--" })
        else { return .red(call.path, "changes the node's network: it may cut this very connection") }
        return .green("\(call.path) \(verb)")
      },
      .red("iperf iperf3", why: "loads the network"),
      .code("wakeonlan etherwake wol") { _, _ in .yellow("wake", "wakes a machine") },
    ]),
    Family(
      "resolvectl systemd-resolve", globals: "--no-pager --legend: -4 -6 -i: -t: -c: -p:",
      alone: .green("resolvectl", "--status --statistics --no-pager", .none),
      [
        .green("status,statistics,show-server-state,show-cache", "--no-pager", .free),
        asking(
          "query,service,openpgp,tlsa", "-4 -6 -i: -t: -c: -p: --type: --interface: --legend: --cache: --zone:", .free),
        .green("dns,domain,llmnr,mdns,dnssec,dnsovertls,default-route,nta", "", .upTo(1)),
        .red(
          "flush-caches,reset-statistics,reset-server-features,revert,monitor,log-level",
          why: "changes how names are resolved",
          change: "resolvectl status reads"),
      ]),
    Family(
      "brctl",
      [
        .green("show,showmacs,showstp", "", .upTo(1)),
        .red(
          "addbr,delbr,addif,delif,stp,setageing,setbridgeprio,setfd,sethello,setmaxage,setpathcost,setportprio,hairpin",
          why: "changes the node's network"),
      ]),
    Family(
      "lldpcli", globals: "-f:",
      [.green("show,watch", "", .free), .red("configure,unconfigure,pause,resume,update", why: "changes LLDP")]),
    Family(
      "nmcli", globals: "-t -p -g: -f: -c: -m:",
      [
        .green(
          "device status,device show,device,dev status,dev show,connection show,con show,general status,general",
          "--active"),
        .red(
          "device disconnect,connection down,connection up,connection modify,connection delete,networking off,radio",
          why: "changes the node's network"),
      ]),
  ]
}
