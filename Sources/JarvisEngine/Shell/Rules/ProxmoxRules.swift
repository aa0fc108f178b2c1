import JarvisAPI

/// Proxmox VE's own commands.
enum ProxmoxRules {
  private static let lxcAttachFlags = FlagSet(
    "-n: --name: -e --clear-env --keep-env -u: -g:")

  /// Options of reading sub-commands; all of them may be followed by a number.
  private static let api =
    "~ --full? --verbose? --current? --snapshot: --output-format: --human-readable? --noborder? --noheader? --quiet? --type: --content: --storage: --vmid: --node: --target: --enabled? --format: --limit: --start: --section: --guest: --userfilter: --typefilter: --statusfilter: --since: --until: --errors? --source: --vmid: --path: --portal: --portal: -full? -verbose? -current? -snapshot: -type: -content: -vmid: -node: -storage:"

  static let families: [Family] = [
    Family(
      "qm",
      [
        .green(
          "list,status,config,pending,listsnapshot,agent get-osinfo,agent get-fsinfo,agent network-get-interfaces,agent ping,help",
          api),
        .green("guest exec-status", api),
        .code("guest cmd,agent") { call, _ in
          let reads: Set<String> = [
            "get-fsinfo", "get-host-name", "get-memory-block-info", "get-memory-blocks", "get-osinfo", "get-time",
            "get-timezone", "get-users", "get-vcpus", "info", "network-get-interfaces", "ping", "fsfreeze-status",
          ]
          guard let verb = call.operands.dropFirst().first?.certain,
            call.operands.first?.isKnown == true || call.operands.first?.canSplit == false
          else { return .red(call.path, "what the guest agent is told is only known when it runs") }
          return reads.contains(verb)
            ? .green("qm guest cmd \(verb)") : .red("qm guest cmd", "\(verb) changes the guest")
        },
        .code("guest exec") { call, judge in inGuest(call, &judge, skipping: 1) },
        .red("showcmd", why: "shows the start command, which may hold passwords", change: "qm config reads"),
        .red(
          "cloudinit dump,cloudinit pending,cloudinit update", why: "cloud-init holds the guest's passwords and keys",
          change: "qm config reads"),
        .yellow("start,snapshot,resume", why: "bounded, and can be undone"),
        .red("shutdown,reboot,stop,reset,suspend", why: "disrupts whoever uses the guest", change: "qm status reads"),
        .red(
          "migrate,clone,create,rollback,delsnapshot,template,move-disk,move_disk,resize,set,unlock,rescan,import,importdisk,importovf,disk import,disk move,disk resize,disk rescan,wait,sendkey,vncproxy,mtunnel,nbdstop,cleanup,enroll-efi-keys,dbus-vmstate,cloudinit",
          why: "changes a guest", change: "qm config and qm status read"),
        .red("terminal,monitor", why: "opens what is not read by the gate"),
        .black(
          "destroy,disk unlink,unlink", why: "destroys a guest or its disk",
          change: "qm shutdown stops it and keeps its disks"),
        .black("guest passwd", why: "sets a password in a guest"),
        .red("remote-migrate", why: "moves the guest out of this cluster"),
      ]),
    Family(
      "pct",
      [
        .green("list,status,config,pending,df,listsnapshot,cpusets,help", api),
        .code("exec") { call, judge in inGuest(call, &judge, skipping: 1) },
        .yellow("start,snapshot,resume", why: "bounded, and can be undone"),
        .yellow("fstrim", "*", why: "gives unused blocks back"),
        .red("shutdown,reboot,stop,suspend", why: "disrupts whoever uses the guest", change: "pct status reads"),
        .red(
          "migrate,clone,create,rollback,delsnapshot,template,move-volume,move_volume,resize,set,unlock,rescan,mount,unmount,fsck,push,pull",
          why: "changes a guest", change: "pct config and pct status read"),
        .red("enter,console", why: "opens a shell that is not read by the gate", change: "pct exec ID -- COMMAND"),
        .black("destroy", why: "destroys a guest and its disks", change: "pct shutdown stops it and keeps its disks"),
        .code("restore") { call, _ in
          call.args.contains { $0.text.hasPrefix("--f") || $0.text.hasPrefix("-f") || !$0.isKnown }
            ? .black("restore.over", "restores over a guest that exists", "restore to a new vmid")
            : .red("pct restore", "makes a guest out of a backup")
        },
        .red("remote-migrate", why: "moves the guest out of this cluster"),
      ]),
    Family([
      .code("qmrestore") { call, _ in
        call.args.contains { $0.text.hasPrefix("--f") || $0.text.hasPrefix("-f") || !$0.isKnown }
          ? .black("restore.over", "restores over a guest that exists", "restore to a new vmid")
          : .red("qmrestore", "makes a guest out of a backup")
      },
      .green("pveversion", "-v --verbose", .none),
      .green("pvesubscription", "", .oneOf(["get"])),
      .green("pveperf", "", .upTo(1)),
      .green("pve8to9 pve7to8 pve6to7", "--full", .none),
      .red("pvereport", why: "collects configuration, some of which may be secret"),
      .code("vzdump") { call, judge in backup(call, &judge) },
      .code("pvesh") { call, judge in PvesHandler.pvesh(call, &judge) },
      .green("pvebanner", "", .none),
      .red("pveupgrade pveupdate pve-efiboot-tool pve-installer", why: "changes the installed system"),
    ]),
    Family(
      "pvesm", globals: "",
      [
        .green(
          "status,list,path,scan,help,nfsscan,cifsscan,lvmscan,lvmthinscan,zfsscan,scan nfs,scan lvm,scan lvmthin,scan zfs,config",
          api),
        .red("add,set,alloc,export,import,extractconfig,apiinfo", why: "changes storage", change: "pvesm status reads"),
        .black("remove,free,prune-backups", why: "removes storage, a disk or backups", change: "pvesm list reads"),
      ]),
    Family(
      "pvecm",
      [
        .green("status,nodes,apiver,help,qdevice status", api),
        .black(
          "delnode,expected,create,add,qdevice remove,qdevice setup,updatecerts,mtunnel,keygen",
          why: "changes who belongs to the cluster", change: "pvecm status reads"),
        .black("addnode", why: "changes who belongs to the cluster"),
      ]),
    Family(
      "ha-manager",
      [
        .green("status,config,groupconfig,rules list,rules config,help", api),
        .red(
          "add,set,migrate,relocate,groupadd,groupset,rules add,rules set,crm-command migrate,crm-command relocate,crm-command node-maintenance,crm-command stop",
          why: "changes what the high availability does", change: "ha-manager status reads"),
        .red("remove,groupremove,rules remove", why: "takes high availability away"),
      ]),
    Family(
      "pvesr",
      [
        .green("list,status,read,help", api), .yellow("run,schedule-now", why: "replicates now"),
        .red(
          "create-local-job,update,enable,disable,delete,set-state,finalize-local-job,prepare-local-job",
          why: "changes replication", change: "pvesr status reads"),
      ]),
    Family(
      "pveum",
      [
        .green(
          "user list,group list,role list,acl list,pool list,realm list,user permissions,user token list,help", api),
        .black(
          "user add,user modify,user delete,user token add,user token modify,user token remove,user tfa delete,user tfa unlock,group add,group modify,group delete,role add,role modify,role delete,acl modify,acl delete,aclmod,acldel,useradd,usermod,userdel,groupadd,groupmod,groupdel,roleadd,rolemod,roledel,passwd,ticket,realm add,realm modify,realm delete,realm sync,pool add,pool modify,pool delete",
          why: "changes users, tokens or rights", change: "pveum user list and acl list read"),
      ]),
    Family(
      "pveceph",
      [
        .green("status,pool ls,pool get,help,lspools,osd details", api),
        .red(
          "start,stop,init,install,mon create,mgr create,mds create,pool create,pool set,fs create",
          why: "changes the storage of the whole cluster"),
        .black(
          "purge,osd create,osd destroy,pool destroy,mon destroy,mgr destroy,mds destroy,fs destroy,createosd,destroyosd,destroypool,destroymon",
          why: "erases disks or destroys storage"),
      ]),
    Family(
      "pvenode",
      [
        .green(
          "config get,cert info,task list,task status,task log,acme account list,acme account info,acme plugin list,help",
          api),
        .yellow("wakeonlan", why: "wakes a node"),
        .red(
          "startall,stopall,migrateall,config set,cert set,cert delete,acme cert order,acme cert renew,acme cert revoke,acme account register",
          why: "changes the node or many guests at once"),
      ]),
    Family(
      "pveam",
      [
        .green("available,list,help", api), .red("download,update", why: "fetches templates"),
        .red("remove", why: "deletes a template"),
      ]),
    Family("pvefw-logger pmxcfs", [.green("help", api)]),
    Family(
      "proxmox-backup-client", globals: "--repository: --ns:",
      [
        .green("list,status,version,snapshot list,snapshot files,task list", api + " --repository: --ns:"),
        .yellow("backup", why: "makes a backup"),
        .black("snapshot forget,prune,key create,key change-passphrase,forget", why: "deletes backups or their key"),
        .red("restore,mount,login,logout,garbage-collect", why: "writes files, or loads the store"),
      ]),
    Family(
      "proxmox-backup-manager",
      [
        .green(
          "datastore list,task list,task log,disk list,versions,garbage-collection status,verify-job list,sync-job list,prune-job list,subscription get",
          api), .yellow("verify", why: "checks backups in the background"),
        .black(
          "datastore remove,user create,user remove,acl update,datastore create",
          why: "removes storage, or changes rights"),
        .red("garbage-collection start,sync-job run,network reload", why: "changes the backup server"),
      ]),
    Family(
      "proxmox-boot-tool",
      [
        .green("status,kernel list,help", api),
        .red("refresh,kernel pin,kernel unpin,kernel add,clean", why: "changes how the node boots"),
        .black("init,format,reinit", why: "overwrites a boot partition"),
      ]),
    Family(
      "pve-zsync",
      [.green("list,status,help", api), .red("sync,create,enable,disable,destroy", why: "copies or deletes datasets")]),
    Family("pvesdn", [.green("status", api)]),
    Family("corosync-quorumtool", alone: .green("corosync-quorumtool", "-s -l -i -p", .none), []),
    Family("corosync-cfgtool", alone: .green("corosync-cfgtool", "-s -b -n", .none), []),
    Family("corosync-cmapctl", alone: .green("corosync-cmapctl", "-b", .upTo(1)), []),
    Family(
      "lxc-ls lxc-info",
      alone: .green(
        "lxc-info",
        "-n: -c: -sipIHSaf1 -g: -F: -P: --name: --state --ips --pid --stats --no-humanize --fancy --active --running --stopped"
      ), []),
    Family([
      .code("lxc-attach") { call, judge in
        guard var rest = WrapperRules.tail(call, ProxmoxRules.lxcAttachFlags, &judge)
        else { return WrapperRules.opaque(call, &judge) }
        if rest.first?.text == "--" { rest.removeFirst() }
        return rest.isEmpty
          ? .red("shell.interactive", "opens a shell that is not read by the gate") : judge.invoke(rest)
      },
      .black("lxc-destroy", why: "destroys a container"),
      .red(
        "lxc-start lxc-stop lxc-console lxc-freeze lxc-unfreeze lxc-execute lxc-copy lxc-snapshot lxc-create",
        why: "changes a guest behind the back of Proxmox", change: "pct does the same in the open"),
    ]),
  ]

  /// A command in a guest: its own tier; a guest's shell that is not named is RED.
  static func inGuest(_ call: Call, _ judge: inout Judge, skipping: Int) -> Finding {
    var index = 0
    var left = skipping
    var worst = Finding.green(call.path)
    while index < call.args.count {
      let arg = call.args[index]
      if arg.text == "--" {
        index += 1
        break
      }
      if arg.isSurelyOption {
        if ["--timeout", "--keep-env"].contains(arg.text) {
          index += 1
        } else if arg.text == "--pass-stdin" || arg.text == "--synchronous" {
          index += 1;
          if arg.text == "--pass-stdin" { worst = worst.max(.red(call.path, "the guest reads what is piped in")) }
        } else if !arg.text.contains("=") {
          worst = worst.max(.red("\(call.path).option", "the option \(arg.shown) is not known to be harmless"))
        }
        index += 1
        continue
      }
      if left == 0 { break }
      if arg.canSplit || arg.text.first == Arg.hole {
        worst = worst.max(.red("expansion.option", "which guest it is, and what it runs, is only known when it runs"))
      }
      left -= 1
      index += 1
    }
    let rest = Array(call.args.dropFirst(index))
    guard !rest.isEmpty else { return worst.max(.red("shell.interactive", "nothing to run in the guest is named")) }
    let guest = call.args.prefix(index).first { !$0.isSurelyOption && $0.text != "--" }?.certain
    return worst.max(judge.at(.guest(guest)) { $0.invoke(rest) })
  }

  private static func backup(_ call: Call, _ judge: inout Judge) -> Finding {
    let words = call.args.map(\.text)
    if words == ["help"] || words == ["--help"] { return .green("vzdump --help") }
    if call.hasUnknown { return .red("vzdump", "what is backed up, and how, is only known when it runs") }
    if words.contains(where: {
      $0.hasPrefix("--script") || $0.hasPrefix("-script") || $0.hasPrefix("--dumpdir") || $0.hasPrefix("--hook")
    }) {
      return .red("vzdump.script", "runs a script, or writes elsewhere")
    }
    if words.contains(where: {
      $0.hasPrefix("--remove") || $0.hasPrefix("-remove") || $0.hasPrefix("--prune") || $0.hasPrefix("--maxfiles")
    }), !words.contains(where: { $0.hasSuffix("remove=0") }) {
      return .red("vzdump.prune", "deletes older backups", "leave out --remove and --prune-backups")
    }
    let mode =
      zip(words, words.dropFirst()).first { $0.0 == "--mode" || $0.0 == "-mode" }?.1
      ?? words.first { $0.hasPrefix("--mode=") }.map { String($0.dropFirst(7)) }
    if mode == "snapshot" { return .yellow("vzdump snapshot", "makes a backup while the guest goes on") }
    return .red(
      "vzdump", "a backup in mode \(mode ?? "of the node's default") may stop or suspend the guest",
      "--mode snapshot keeps it running")
  }
}
