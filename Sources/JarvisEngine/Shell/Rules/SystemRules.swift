import JarvisAPI

/// Processes, memory, logs, users, time.
enum SystemRules {
  private static let modprobeFlags = FlagSet(
    "-n -v -D --dry-run --show-depends --verbose")
  private static let hwclockFlags = FlagSet(
    "-r -v -l -u --show --get --verbose --utc --localtime")

  private static let topFlags = FlagSet(
    "-b -c -H -i -S -s -1 -E: -e: -d: -n: -o: -p: -u: -U: -w?")
  private static let dmesgFlags = FlagSet(
    "-H -k -u -r -x -T -t -e -d -w -W -P -S -p -J -h -V -l: -f: -s: -L? -F= --human --kernel --userspace --raw --decode --ctime --notime --reltime --show-delta --follow --follow-new --nopager --syslog --force-prefix --json --level: --facility: --buffer-size: --color? --file= --since: --until: --time-format: --noescape"
  )
  private static let journalctlFlags = FlagSet(
    "-# -a -f -e -l -m -k -q -r -x -N -b? -o: -n? -u: -t: -p: -g: -S: -U: -c: -F: -D= -T: --all --follow --pager-end --full --merge --dmesg --quiet --reverse --catalog --no-pager --no-full --no-tail --no-hostname --utc --list-boots --disk-usage --header --list-catalog --fields --system --user --local --boot? --output: --lines? --unit: --user-unit: --identifier: --priority: --grep: --case-sensitive? --since: --until: --cursor: --after-cursor: --show-cursor --field: --directory= --facility: --output-fields: --truncate-newline --verify --version --help --namespace: --exclude-identifier:"
  )
  private static let loginctlFlags = FlagSet(
    "-p: -a -l -n: -o: --property: --value --all --full --no-pager --no-legend --no-ask-password --lines: --output: --json:"
  )
  private static let lsofFlags = FlagSet(
    "-4 -6 + -nPtaUlwbRvmuV -i? -p: -u: -c: -d: -a -g? -F? -s? -r? -x")
  private static let lsofMoreFlags = FlagSet(
    "-vmnauIscl46 -n: --all --verbose --mount")
  private static let sysctlFlags = FlagSet(
    "-a -A -n -e -N -b -q -X -r: --all --names --values --pattern: --ignore")
  private static let manFlags = FlagSet(
    "-k -f -w -a -s: -S:")
  private static let tputFlags = FlagSet(
    "-T:")

  static let families: [Family] = [
    Family([
      .green(
        "free",
        "~ -bkmghtlwvV -s: -c: --bytes --kibi --mebi --gibi --human --si --total --lohi --wide --seconds: --count: --committed --line"
      ),
      .green(
        "vmstat", "~ -afsdDwtmny -p: -S: --active --stats --disk --disk-sum --wide --timestamp --one-header --unit:"),
      .green("iostat", "~ -cdhkmNstVxyz -p: -j: -g: -o: --human --dec: --pretty --compact"),
      .green("mpstat", "~ -AuVn -P: -I: -N: -o: --dec:"),
      .green("pidstat", "-dhHlIrRsStuUvVwp -p: -T: -C: -G: --human --dec:"),
      .green(
        "sar", "-AbBdhHqrSuvwWyztVp -P: -I: -m: -n: -s? -e? -i: -f= -r -# --human --pretty --dec: --sadc", .upTo(2)),
      .green("w who", "~ -abdHlmpqrstTuhfiowV --no-header --short --from --ip-addr --old-style --boot --count"),
      .green(
        "lslocks lsns lsipc lsmem",
        "~ -bJrnupeoaltcgimqsQMS -o: -p: -i: -t: --bytes --json --list --noheadings --output: --raw --notruncate --output-all --all --summary? --time --global --shmems --queues --semaphores"
      ),
      .green("slabtop tload", "-o -d: -s: --once --delay: --sort:"),
      .green("numastat nfsstat nfsiostat", "-cmnvszpaldr4 -o: --list --since: --verbose"),
      .green("ipcs", "~ -qmsaptculb -i: --all --limits --human --bytes"),
      .green("pidof", "~ -sqxc -o: -S:"),
      .green(
        "pgrep",
        "~ -claxfinovw -u: -U: -g: -G: -P: -s: -t: -d: -r: --count --list-name --list-full --full --ignore-case --newest --oldest --exact --inverse --lightweight --uid: --euid: --parent: --delimiter:"
      ),
      .green("pwdx runlevel lsmod", "~"),
      .green(
        "lscpu",
        "~ -abBJxy -C? -e? -p? -s: --all --online --offline --bytes --json --extended? --parse? --hex --cache? --physical"
      ),
      .green(
        "locale getconf lsb_release",
        "-akmcidrsv -v: --all --all-locales --charmaps --keyword-name --id --description --release --codename --short"),
      .code("ps") { call, judge in
        // `ps e` and `ps -E` show environments.
        for (index, arg) in call.args.enumerated() {
          let before = index > 0 ? call.args[index - 1].text : ""
          let isValue = before.hasPrefix("-") && !before.hasPrefix("--") && "CuUoOptGgskq".contains(before.suffix(1))
          let isLetters = arg.text.first != "-" && arg.text.allSatisfy { $0.isLetter || $0.isNumber }
          if arg.text.contains("environ") || isLetters && arg.text.contains("e") && !isValue || arg.text.hasPrefix("-E")
          {
            return .red(
              "secret.environment", "ps \(arg.shown) shows the environment of every process",
              "ps -ef shows no environment")
          }
        }
        return call.hasUnknown ? .red("expansion.option", "a word of ps is only known when it runs") : .green(call.path)
      },
      .green(
        "pstree", "~ -aAcgGhlnNpsStTuUZ -H: --show-pids --long --numeric-sort --ascii --compact-not --hide-threads"),
      .green(
        "last lastb",
        "-# -adFiRwx -n: -s: -t: -p: --limit: --since: --until: --present: --fulltimes --fullnames --hostlast --dns --ip --system --nohostname --time-format:"
      ),
      .green("lastlog", "-b: -t: -u: --before: --time: --user:", .none),
      .code("top htop atop btop glances") { call, judge in
        if call.name == "top", call.has("-b") {
          return judge.check(
            call, flags: SystemRules.topFlags, operands: .none)
            ?? .green("top -b")
        }
        return .red(
          "\(call.path).interactive", "an interactive screen waits for keys that nobody presses",
          "top -b -n 1 prints once")
      },
      .green("iotop", "-b -o -n: -d: -P -a -k -t -q -u: -p:", .none),
      .code("dmesg") { call, judge in
        judge.check(
          call,
          flags: SystemRules.dmesgFlags, operands: .none)
          ?? .green(call.path)
      },
      .code("journalctl") { call, judge in
        judge.check(
          call,
          flags: SystemRules.journalctlFlags,
          operands: .free) ?? .green(call.path)
      },
      .code("loginctl") { call, judge in
        guard let verb = call.operands.first else { return .green(call.path) }
        let reads: Set<String> = [
          "list-sessions", "list-users", "list-seats", "session-status", "user-status", "show-session", "show-user",
          "seat-status",
        ]
        let flags = SystemRules.loginctlFlags
        if let finding = judge.check(call, flags: flags, operands: .free) { return finding }
        return reads.contains(verb.text)
          ? .green("loginctl \(verb.text)") : .red("loginctl", "ends or changes sessions")
      },
      .green(
        "systemd-cgls systemd-cgtop systemd-detect-virt systemd-path systemd-escape",
        "-a -b -n: -l -k -p -t -c -m -i -r -q -v -P -1 -d: -u: --no-pager --all --full --depth: --iterations: --delay: --order: --batch --raw --cpu? --recursive: --unit: --user-unit: --container --vm --quiet --list",
        .free),
      .code("ntpq") { call, _ in
        call.has("-c")
          ? .red("ntpq.command", "runs a command of ntpq")
          : call.hasUnknown ? .red("expansion.option", "unknown words") : .green(call.path)
      },
      .green("cal ncal", "~ -# -13ymjhsMSwbeNn -A: -B: -d: -m: -n:"),
      .code("lsof fuser") { call, judge in
        if call.name == "fuser", call.has("-k", "-K", "--kill") { return .red("kill", "ends processes") }
        let flags = SystemRules.lsofFlags
        if call.name == "fuser" {
          return judge.check(call, flags: SystemRules.lsofMoreFlags, operands: .free)
            ?? .green(call.path)
        }
        return judge.check(call, flags: flags, operands: .free) ?? .green(call.path)
      },
      .code("sysctl") { call, judge in
        if call.operands.contains(where: { $0.text.contains("=") })
          || call.has("-w", "-p", "--write", "--load", "--system", "-f")
        {
          return .red("sysctl.write", "changes the running kernel", "without = it reads")
        }
        return judge.check(
          call, flags: SystemRules.sysctlFlags,
          operands: .free) ?? .green(call.path)
      },
      .green("modinfo", "-adlpn0 -F: --author --description --license --parameters --filename --field: --null"),
      .code("modprobe") { call, judge in
        guard call.has("-n", "--dry-run", "--show-depends", "-D"),
          judge.check(call, flags: SystemRules.modprobeFlags, operands: .upTo(1)) == nil
        else { return .red("modprobe", "changes the running kernel", "lsmod and modprobe -n read") }
        return .green("modprobe -n")
      },
      .red("insmod rmmod depmod kexec", why: "changes the running kernel"),
      .code("hwclock") { call, judge in
        guard judge.check(call, flags: SystemRules.hwclockFlags, operands: .none) == nil
        else { return .red("hwclock", "changes the node's clock", "hwclock -r reads") }
        return .green("hwclock -r")
      },
      .green("mailq", "", .none),
      .green("postqueue", "-p -j", .none),
      .code("kill killall pkill skill xkill killall5") { call, judge in kill(call, &judge) },
      .red("renice", why: "changes how processes are scheduled"),
      .code("crontab") { call, judge in
        if call.args.count == 1, call.args[0].text == "-l" {
          return .yellow("crontab -l", "shows commands that may hold secrets")
        }
        if call.has("-r") { return .red("crontab.remove", "deletes all scheduled commands at once") }
        return .red("crontab", "changes what runs by itself, and when")
      },
      .green("atq", "", .none),
      .red("logger wall write mesg", why: "writes to logs or to other people's screens"),
      .green("cpuid", "", .none),
      .green("apropos whatis", "-k -f -w -a", .upTo(3)),
      .code("man") { call, judge in
        if call.args.contains(where: {
          $0.text.hasPrefix("-P") || $0.text.hasPrefix("--pager") || $0.text.hasPrefix("-H")
            || $0.text.hasPrefix("--html") || $0.text.hasPrefix("-C") || $0.text.contains("!") || $0.text.contains("/")
        }) {
          var worst = judge.opaqueReading(call)
          for (index, arg) in call.args.enumerated() where arg.text.hasPrefix("-P") || arg.text.hasPrefix("--pager") {
            let value =
              arg.text.firstIndex(of: "=").map { String(arg.text[arg.text.index(after: $0)...]) }
              ?? (arg.text.count > 2 && !arg.text.hasPrefix("--") ? String(arg.text.dropFirst(2)) : nil)
              ?? call.args.dropFirst(index + 1).first?.text ?? ""
            worst = worst.max(judge.tried { $0.judgeScript(value) })
          }
          return worst.max(.red("man.pager", "man starts the program its words name"))
        }
        return judge.check(call, flags: SystemRules.manFlags, operands: .upTo(3)) ?? .green(call.path)
      },
      .green("clear", "-x -T:"),
      .code("tput") { call, judge in
        judge.check(call, flags: SystemRules.tputFlags, operands: .upTo(3)) ?? .green(call.path)
      },
      .red("stty reset chvt setterm", why: "changes the terminal"),
      .black("init telinit", why: "changes the run level of the node: that stops it", change: "systemctl status reads"),
      .code("reboot poweroff halt shutdown") { call, judge in
        if call.name == "shutdown", call.args.count == 1, ["-c", "--show"].contains(call.args[0].text) {
          return .red("shutdown -c", "cancels a shutdown")
        }
        return .black(
          "node.power", "\(call.name) stops the node and every guest on it",
          "shut guests down one by one, or migrate them first")
      },
      .black("pm-suspend rtcwake", why: "puts the node to sleep, and every guest with it"),
    ]),
    Family(
      "networkctl", globals: "-a -s -l --all --stats --full --no-pager --no-legend --json:",
      alone: .green("networkctl", "-a -s -l --all --stats --full --no-pager --no-legend --json:", .none),
      [
        .green("list,status,lldp,label", "-a -s -n: -l --all --stats --full --no-pager --lines:"),
        .red("up,down,delete,renew,forcerenew,reconfigure,reload,edit,mask", why: "changes the node's network"),
      ]),
    Family(
      "bootctl", alone: .green("bootctl", "--no-pager", .none),
      [.green("status,list,is-installed", "--no-pager --json:", .none)]),
    Family(
      "busctl", alone: .green("busctl", "--no-pager", .none),
      [.green("list,status,tree", "--no-pager --user --system --list --activatable --acquired --unique")]),
    Family(
      "coredumpctl", alone: .green("coredumpctl", "--no-pager -r -q", .none),
      [.green("list", "--no-pager -r -q -n: -S: -U: -1 --since: --until:")]),
    Family(
      "machinectl", alone: .green("machinectl", "--no-pager", .none),
      [.green("list,list-images,status,show", "--no-pager -a -l -n: -p:")]),
    Family("dkms", [.green("status", "-m: -v: -k: -a: --all")]),
    Family("kmod", [.green("list,static-nodes", "", .none)]),
    Family("tuned-adm", [.green("active,list,recommend,verify", "", .none)]),
    Family(
      "timedatectl", globals: "--no-pager -a --all",
      alone: .green("timedatectl", "--no-pager -a --all", .none),
      [
        .green(
          "status,show,timesync-status,show-timesync,list-timezones",
          "-p: -P: -a --property: --value --all --no-pager --monitor", .none),
        .red("set-time,set-timezone,set-ntp,set-local-rtc,ntp-servers,revert", why: "changes the node's clock"),
      ]),
    Family(
      "hostnamectl", globals: "--static --transient --pretty --json: -j --no-pager",
      alone: .green("hostnamectl", "--static --transient --pretty --json: -j --no-pager", .none),
      [
        .green("status,show", "--static --transient --pretty --json: -j --no-pager", .none),
        .green("hostname,icon-name,chassis,deployment,location", "", .none),
        .red(
          "set-hostname,set-icon-name,set-chassis,set-deployment,set-location",
          why: "renames the node: Proxmox then no longer finds its own settings"),
      ]),
    Family(
      "localectl", globals: "--no-pager", alone: .green("localectl", "--no-pager", .none),
      [
        .green("status,list-locales,list-keymaps", "--no-pager", .none),
        .red("set-locale,set-keymap,set-x11-keymap", why: "changes the node's language"),
      ]),
    Family(
      "systemd-analyze", globals: "--no-pager --user --system",
      alone: .green("systemd-analyze", "--no-pager --user --system", .none),
      [
        .green(
          "time,blame,critical-chain,unit-paths,exit-status,capability,timestamp,timespan,calendar,security,syscall-filter",
          "--no-pager --fuzz: --iterations: --base-time: --user --system --no-legend")
      ]),
    Family(
      "chronyc", globals: "-n -N -c -e -4 -6",
      [
        .green(
          "tracking,sources,sourcestats,activity,ntpdata,serverstats,rtcdata,selectdata,authdata,sourcename,smoothing,waitsync,manual list",
          "-v -a", .free),
        .green("clients,accheck", "", .free),
        .red(
          "makestep,burst,online,offline,add,delete,reload,reselect,refresh,rekey,settime,local,maxdelay,minpoll,maxpoll,cyclelogs,dump,shutdown,trimrtc,writertc,allow,deny,reset,dfreq,doffset,password",
          why: "changes how the node keeps its time", change: "chronyc tracking reads"),
      ]),
  ]

  private static func kill(_ call: Call, _ judge: inout Judge) -> Finding {
    let words = call.args.map(\.text)
    if call.name == "kill", words.count == 1, words[0] == "-l" || words[0] == "-L" { return .green("kill -l") }
    if call.name == "kill", words.contains("1") || words.contains("-1"), words.count > 1 || call.name == "killall5",
      words.last == "1" || words.last == "-1"
    {
      return .black("kill.all", "ends the first process, or all of them: that stops the node")
    }
    if call.name == "killall5" { return .black("kill.all", "ends every process of the node") }
    let vital: Set<String> = [
      "systemd", "init", "sshd", "pmxcfs", "corosync", "jarvis", "jarvis-tui", "pveproxy", "pvedaemon",
    ]
    for word in words
    where vital.contains(word) || judge.context.protectedServices.contains(word) || word.hasPrefix("jarvis") {
      return word.hasPrefix("jarvis") || judge.context.protectedServices.contains(word)
        ? .black("protected.service", "\(word) is what Jarvis lives on")
        : .black("kill.vital", "without \(word) the node is lost or cut off")
    }
    return .red("kill", "ends processes: what they have not written is lost")
  }
}
