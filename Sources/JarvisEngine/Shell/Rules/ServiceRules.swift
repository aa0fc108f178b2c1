import JarvisAPI

/// systemd and services.
enum ServiceRules {
  private static let showFlags = FlagSet(
    "-l -n: -t: -p: -P: -a -q --no-pager --full --type: --state: --property: --all --value --no-legend --quiet --user --system"
  )
  private static let serviceFlags = FlagSet(
    "--no-block --no-pager --quiet -q --wait")

  /// Services whose restart touches nobody else; all others are RED.
  private static let ordinary: Set<String> = [
    "chrony", "chronyd", "cron", "crond", "atd", "anacron", "ksmtuned", "postfix", "pvefw-logger", "syslog", "rsyslog",
    "systemd-journald", "systemd-timesyncd", "nginx", "apache2", "httpd", "lighttpd", "caddy", "smartd",
    "smartmontools", "snmpd", "fail2ban", "lldpd", "irqbalance", "rng-tools", "haveged", "telegraf", "collectd",
    "munin-node", "prometheus-node-exporter", "node_exporter", "zabbix-agent", "zabbix-agent2", "nrpe",
    "nagios-nrpe-server", "logrotate", "man-db", "unattended-upgrades", "avahi-daemon", "cups",
  ]

  static let families: [Family] = [
    Family(
      "systemctl",
      globals:
        "-q -l -n: -t: -p: -a -o: --no-pager --full --quiet --system --user --lines: --type: --state: --property: --all --failed --output: --no-legend --plain --value",
      alone: .green(
        "systemctl",
        "-a -l -q -t: --no-pager --failed --all --type: --state: --no-legend --plain --full --output: -o: --recursive -r",
        .none),
      [
        .green(
          "status,is-active,is-enabled,is-failed,is-system-running,list-units,list-unit-files,list-timers,list-sockets,list-dependencies,list-jobs,list-paths,cat,help,get-default,--version",
          "-l -n: -t: -p: -a -o: -r -q --no-pager --full --lines: --type: --state: --property: --all --failed --reverse --value --plain --no-legend --output: --quiet --after --before --with-dependencies --user --system"
        ),
        .code("show") { call, judge in
          if call.args.contains(where: { $0.text.contains("Environ") || $0.text.contains("Credential") })
            || !namesProperties(call)
          {
            return .red(
              "secret.environment", "prints the environment of a service, which may hold secrets",
              "systemctl show -p PROPERTY prints that one")
          }
          return judge.check(call, flags: showFlags, operands: .free) ?? .green("systemctl show")
        },
        .red("show-environment", why: "prints the environment, which may hold secrets"),
        .code("restart,reload,try-restart,reload-or-restart,start,try-reload-or-restart") { call, judge in
          service(call, &judge)
        },
        .code("stop,kill,disable,mask,isolate,revert") { call, judge in
          let units = call.operands.map(\.text)
          if call.path.hasSuffix("isolate") {
            return .black("node.power", "stops everything that is not part of a target")
          }
          for unit in units where unit.hasPrefix("jarvis") || judge.context.protectedServices.contains(plain(unit)) {
            return .black("protected.service", "\(unit) is what Jarvis lives on")
          }
          for unit in units where ["ssh", "sshd"].contains(plain(unit)) {
            return .black("sshd.off", "without ssh nobody gets in any more", "systemctl status ssh reads")
          }
          for unit in units
          where [
            "corosync", "pve-cluster", "networking", "systemd-networkd", "pveproxy", "pvedaemon", "systemd-logind",
            "dbus",
          ].contains(plain(unit)) {
            return .black("service.vital", "without \(unit) the node is cut off", "systemctl status reads")
          }
          return .red(call.path, "takes a service away", "systemctl status reads")
        },
        .red(
          "enable,unmask,daemon-reload,daemon-reexec,reset-failed,set-property,edit,set-default,link,preset,add-wants,import-environment,set-environment,unset-environment,freeze,thaw,cancel,clean,bind,mount-image,log-level,reenable,preset-all",
          why: "changes services", change: "systemctl status reads"),
        .black(
          "reboot,poweroff,halt,kexec,suspend,hibernate,hybrid-sleep,rescue,emergency,soft-reboot,suspend-then-hibernate,exit,switch-root,default",
          why: "stops the node and every guest on it", change: "shut guests down one by one, or migrate them first"),
      ]),
    Family([
      .code("service") { call, judge in
        let words = call.args.map(\.text)
        if words == ["--status-all"] { return .green("service --status-all") }
        guard words.count == 2, !call.hasUnknown else { return .red("service", "changes a service") }
        if words[1] == "status" { return .green("service status") }
        var turned = call
        turned.args = [call.args[0]]
        if ["restart", "reload", "start"].contains(words[1]) { return service(turned, &judge) }
        return ["ssh", "sshd"].contains(words[0])
          ? .black("sshd.off", "without ssh nobody gets in any more") : .red("service", "takes a service away")
      },
      .red(
        "update-rc.d chkconfig rc-service rc-update invoke-rc.d sv supervisorctl initctl pm2 monit",
        why: "changes services", change: "systemctl status reads"),
    ]),
  ]

  /// Every list of properties is written out, and there is one: without it all are printed.
  private static func namesProperties(_ call: Call) -> Bool {
    var isNamed = false
    for (index, arg) in call.args.enumerated() {
      let text = arg.text
      if ["-p", "-P", "--property"].contains(text) {
        guard index + 1 < call.args.count, call.args[index + 1].certain?.isEmpty == false else { return false }
        isNamed = true
      } else if text.hasPrefix("-p") || text.hasPrefix("-P") || text.hasPrefix("--property=") {
        guard arg.certain != nil, text != "--property=" else { return false }
        isNamed = true
      }
    }
    return isNamed
  }

  private static func plain(_ unit: String) -> String {
    for ending in [".service", ".target", ".socket", ".timer"] where unit.hasSuffix(ending) {
      return String(unit.dropLast(ending.count))
    }
    return unit
  }

  /// Starting or restarting: ordinary services are YELLOW.
  private static func service(_ call: Call, _ judge: inout Judge) -> Finding {
    if let finding = judge.check(call, flags: ServiceRules.serviceFlags, operands: .free) {
      return finding
    }
    let units = call.operands
    if units.isEmpty { return .red(call.path, "no service is named") }
    var worst = Finding.yellow("systemctl restart", "interrupts a service for a moment")
    for unit in units {
      guard let text = unit.certain else {
        return .red(call.path, "which service it is is only known when it runs", "name the service")
      }
      let name = plain(text)
      if name.hasPrefix("jarvis") || judge.context.protectedServices.contains(name) {
        return .black("protected.service", "\(text) is what Jarvis lives on")
      }
      if [
        "reboot", "poweroff", "halt", "shutdown", "kexec", "suspend", "hibernate", "ctrl-alt-del", "rescue",
        "emergency", "systemd-reboot", "systemd-poweroff", "systemd-halt", "systemd-kexec", "systemd-soft-reboot",
        "systemd-suspend", "systemd-hibernate", "soft-reboot", "runlevel0", "runlevel1", "runlevel6", "final", "umount",
      ].contains(name) {
        return .black("node.power", "\(text) stops the node and every guest on it")
      }
      if text.contains(where: { "*?[".contains($0) }) {
        return .red(call.path, "a pattern stands for any number of services", "name the service")
      }
      if !ordinary.contains(text.hasSuffix(".service") ? String(text.dropLast(8)) : text) {
        worst = worst.max(
          .red(
            "service.not-ordinary",
            "\(text) is not among the ordinary services: the node, its cluster or its guests may depend on it",
            "systemctl status reads"))
      }
    }
    return worst
  }
}
