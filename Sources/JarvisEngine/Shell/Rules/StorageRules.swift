import JarvisAPI

/// ZFS, LVM, file systems, RAID.
enum StorageRules {
  private static let exportfsFlags = FlagSet(
    "-v -s")
  private static let multipathdFlags = FlagSet(
    "")

  private static let showmountFlags = FlagSet("-a -d -e --all --directories --exports --no-headers")
  private static let mdadmFlags = FlagSet(
    "-D -E -Q -X -s -v -b --detail --examine --query --scan --verbose --brief --detail-platform --examine-bitmap")
  private static let swaponFlags = FlagSet(
    "-s --show? --noheadings --bytes --raw --summary --output-all")
  private static let swaponMoreFlags = FlagSet(
    "-a -l -O: -J -n -j: --list --all --json --output: --noheadings --raw --associated: --output-all")
  private static let qemuImgFlags = FlagSet(
    "-f: -U -l --output: --force-share --backing-chain -O:")
  private static let wipefsFlags = FlagSet(
    "-n -p -J -i -O: --no-act --parsable --json --output: --noheadings")
  private static let tune2fsFlags = FlagSet(
    "-l")
  private static let iscsiadmFlags = FlagSet(
    "-m: -P: --mode: --print:")
  private static let partitionsFlags = FlagSet(
    "-s -b -g -r -P -o: -n: --show --bytes --noheadings --raw --pairs --output: --nr:")
  private static let partitionsMoreFlags = FlagSet(
    "-l -x -o: -d -J --list --list-free -F --dump --json -s --show -b --output:")
  private static let partitionsOtherFlags = FlagSet(
    "-p -i: -O -v --print --info: --verify")

  static let families: [Family] = [
    Family(
      "zpool",
      [
        .green(
          "status,list,iostat,get,history,events,version",
          "-# -DgHiLlPpstTvxjnqrwyf -o: -T: --json? --json-int --json-flat-vdevs --json-pool-key-guid --power"),
        .yellow("scrub,trim", "-p -s -w -d -r:", why: "reads the whole pool in the background"),
        .black("destroy,labelclear", why: "destroys a pool and all that is in it", change: "zpool status reads"),
        .black("create,split,reguid", why: "overwrites disks", change: "zpool status reads"),
        .black(
          "remove,detach,replace,attach,add", why: "changes which disks hold the data", change: "zpool status reads"),
        .red(
          "export,import,offline,online,clear,set,upgrade,initialize,checkpoint,resilver,sync,reopen,wait",
          why: "changes the pool, or takes it away from its guests", change: "zpool status reads"),
      ]),
    Family(
      "zfs",
      [
        .green(
          "list,get,version,diff,holds,userspace,groupspace,projectspace",
          "~ -FHhtpnirSsDjl -d: -o: -s: -S: -t: --json? --json-int -# -r -t:"),
        .yellow("snapshot,snap", "-r -o:", why: "takes a snapshot"),
        .black("destroy", why: "destroys a dataset and all that is in it", change: "zfs list reads"),
        .red("rollback", why: "discards everything since the snapshot"),
        .red(
          "create,clone,promote,rename,set,inherit,mount,unmount,umount,share,unshare,hold,release,upgrade,bookmark,allow,unallow,load-key,unload-key,wait,redact,project",
          why: "changes a dataset", change: "zfs list reads"),
        .black("change-key", why: "who loses the new key loses the data"),
        .red("send", why: "writes the content of a dataset out"),
        .black("receive,recv", why: "overwrites a dataset with what it reads"),
      ]),
    Family([
      .green(
        "arc_summary arcstat zarcstat dbufstat", "-adghprbntvxz -s: -f: -# --raw --graph --alternate --description"),
      .green(
        "lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan lvmdiskscan",
        "-a -A -v -c -C -h -H -P -S: -o: -O: -s -m --all --segments --units: --options: --sort: --noheadings --nosuffix --separator: --reportformat: --rows --select: --columns --unbuffered --foreign --readonly --maps --colon --short"
      ),
      .black(
        "lvremove vgremove pvremove lvreduce vgreduce", why: "removes a volume and what is on it",
        change: "lvs, vgs and pvs read"),
      .black("pvcreate vgcreate", why: "overwrites the beginning of a disk", change: "lsblk shows the disks"),
      .red(
        "lvcreate lvextend lvresize lvconvert lvchange lvrename vgextend vgchange vgrename vgcfgbackup vgcfgrestore vgmerge vgsplit vgimport vgexport pvresize pvmove pvchange vgscan pvscan thin_repair",
        why: "changes volumes", change: "lvs, vgs and pvs read"),
      .code("dmsetup") { call, judge in
        guard let verb = call.args.first?.certain else { return .red("dmsetup", "changes device mappings") }
        if ["ls", "status", "info", "table", "deps", "version", "targets"].contains(verb) {
          return verb == "table" && call.args.contains { $0.text.contains("showkeys") }
            ? .red("secret.key", "shows keys") : .green("dmsetup \(verb)")
        }
        return ["remove", "remove_all", "wipe_table", "clear"].contains(verb)
          ? .black("dmsetup.remove", "takes a device away from its users") : .red("dmsetup", "changes device mappings")
      },
      .code("mdadm") { call, judge in
        if judge.check(
          call,
          flags: StorageRules.mdadmFlags, operands: .free) == nil, !call.args.isEmpty
        {
          return .green("mdadm --detail")
        }
        return .black("mdadm", "creates, stops or changes a RAID", "mdadm --detail reads")
      },
      .code("mount") { call, judge in
        if call.args.isEmpty || call.args.allSatisfy({ $0.text == "-l" || $0.text == "-v" }) { return .green("mount") }
        return .red("mount", "mounts a file system", "findmnt shows what is mounted")
      },
      .code("exportfs") { call, judge in
        guard judge.check(call, flags: StorageRules.exportfsFlags, operands: .none) == nil else {
          return .red("exportfs", "changes what is shared", "exportfs -v reads")
        }
        return .green("exportfs -v")
      },
      .red(
        "umount mount.nfs mount.cifs kpartx fstrim fsfreeze quotaon", why: "changes what is mounted",
        change: "findmnt shows what is mounted"),
      // `swapon -a` turns all swap on; `losetup -a` lists.
      .code("swapon losetup") { call, judge in
        let flags =
          call.name == "swapon"
          ? StorageRules.swaponFlags
          : StorageRules.swaponMoreFlags
        let lists = call.name == "losetup" || call.args.contains { $0.text == "-s" || $0.text.hasPrefix("--s") }
        guard lists, judge.check(call, flags: flags, operands: .none) == nil else {
          return .red(call.path, "changes devices", "swapon --show and losetup -a read")
        }
        return .green(call.path)
      },
      .code("qemu-img") { call, judge in
        let reads: Set<String> = ["info", "map", "measure", "snapshot"]
        guard let verb = call.args.first?.certain, reads.contains(verb),
          verb != "snapshot" || call.has("-l"),
          judge.check(
            call.dropping(1),
            flags: StorageRules.qemuImgFlags, operands: .free) == nil,
          !call.args.contains(where: { $0.text.contains(":") })
        else { return .red(call.path, "writes or opens images", "qemu-img info reads") }
        return .green("qemu-img \(verb)")
      },
      .red("swapoff", why: "moves all swapped memory back: a full host stops"),
      .black(
        "mkswap blkdiscard badblocks debugfs ddrescue e2image scrub flashrom fwupdmgr mkdosfs mke2fs mkntfs",
        why: "erases or overwrites a disk", change: "lsblk and blkid read"),
      .code("wipefs") { call, judge in
        judge.check(
          call, flags: StorageRules.wipefsFlags, operands: .free)
          == nil
          ? .green("wipefs") : .black("wipefs", "erases the signatures of a disk", "wipefs without -a shows them")
      },
      .code("fdisk sfdisk cfdisk gdisk sgdisk cgdisk parted partx") { call, judge in partitions(call, &judge) },
      .red(
        "e2fsck fsck xfs_repair btrfsck resize2fs xfs_growfs e2label growpart partprobe mkisofs genisoimage",
        why: "changes a file system", change: "df and blkid read"),
      .green("dumpe2fs", "-h -x", .upTo(1)),
      .code("tune2fs") { call, judge in
        guard call.args.first?.text == "-l",
          judge.check(call, flags: StorageRules.tune2fsFlags, operands: .upTo(1)) == nil
        else {
          return .red("tune2fs", "changes a file system", "tune2fs -l reads")
        }
        return .green("tune2fs -l")
      },
      .green("xfs_info", "", .upTo(1)),
      .green("multipath", "-ll -l -v:", .none),
      .code("multipathd") { call, judge in
        guard call.args.first?.certain == "show",
          judge.check(call.dropping(1), flags: StorageRules.multipathdFlags, operands: .free) == nil,
          !call.hasUnknown
        else { return .red("multipathd", "changes paths to disks", "multipathd show paths reads") }
        return .green("multipathd show")
      },
      .code("lvm") { call, judge in
        let reads: Set<String> = ["lvs", "vgs", "pvs", "lvdisplay", "vgdisplay", "pvdisplay", "lvscan"]
        guard let verb = call.args.first?.certain else { return .red("lvm", "which of its commands runs is not known") }
        if verb == "version" { return .green("lvm version") }
        return reads.contains(verb) || verb.hasPrefix("lv") || verb.hasPrefix("vg") || verb.hasPrefix("pv")
          ? judge.invoke(call.args) : .red("lvm", "changes volumes", "lvs, vgs and pvs read")
      },
      .green("getfattr", "-d -n: -m: -R -h -e: --dump --absolute-names", .free),
      .green("repquota quota", "-a -u -g -s -v -p", .free),
      .code("showmount") { call, judge in
        judge.check(call, flags: showmountFlags, operands: .upTo(1)) ?? NetworkRules.told(call)
      },
      .code("cryptsetup") { call, _ in
        if let verb = call.operands.first?.certain, ["status", "isLuks"].contains(verb) {
          return .green("cryptsetup \(verb)")
        }
        return .black("cryptsetup", "changes or erases the encryption of a disk", "cryptsetup status reads")
      },
      .code("iscsiadm") { call, judge in
        if judge.check(call, flags: StorageRules.iscsiadmFlags, operands: .none) == nil {
          return .yellow("iscsiadm", "shows sessions and how they log in")
        }
        return .red("iscsiadm", "changes iSCSI sessions: guests may lose their disks")
      },
    ]),
    Family(
      "btrfs",
      [
        .green(
          "filesystem show,filesystem df,filesystem usage,filesystem du,fi show,fi df,fi usage,subvolume list,subvolume show,subvolume get-default,device stats,device usage,scrub status,balance status,qgroup show,version",
          "-abBgGhHkmrRsptuoqTcd --raw --human-readable --iec --si --kbytes --mbytes --gbytes --tbytes --all-devices --mounted --summarize --verbose"
        ),
        .yellow("scrub start,subvolume snapshot", why: "bounded, and can be undone"),
        .black(
          "subvolume delete,device delete,device remove,device add,replace start",
          why: "deletes a subvolume, or changes which disks hold the data"),
      ]),
  ]

  /// `print`, `print free`, `unit MiB print`.
  private static func printsPartitions(_ words: [String]) -> Bool {
    var words = words[...]
    while words.first == "unit" { words = words.dropFirst(2) }
    guard words.first == "print" || words.first == "p" else { return false }
    let rest = words.dropFirst()
    return rest.isEmpty
      || rest.count == 1
        && (["free", "all", "devices", "list"].contains(rest.first) || rest.first.flatMap { Int($0) } != nil)
  }

  private static func partitions(_ call: Call, _ judge: inout Judge) -> Finding {
    let words = call.args.map(\.text)
    switch call.name {
    case "partx":
      // Its `-d` deletes, its `-a` adds.
      if !call.hasUnknown,
        judge.check(
          call, flags: StorageRules.partitionsFlags,
          operands: .free) == nil,
        words.contains(where: { ["-s", "--show", "-P", "--pairs", "-r", "--raw"].contains($0) })
      {
        return .green("partx -s")
      }
    case "fdisk", "sfdisk", "gdisk":
      if !call.hasUnknown,
        judge.check(
          call, flags: StorageRules.partitionsMoreFlags,
          operands: .free) == nil,
        words.contains(where: {
          ["-l", "-d", "-x", "-J", "-F", "--list", "--dump", "--json", "-s", "--show"].contains($0)
        })
      {
        return .green("\(call.name) -l")
      }
    case "sgdisk":
      if !call.hasUnknown,
        judge.check(call, flags: StorageRules.partitionsOtherFlags, operands: .upTo(1)) == nil,
        !words.isEmpty
      {
        return .green("sgdisk -p")
      }
    case "parted":
      let plain = words.filter {
        !$0.hasPrefix("/dev/")
          && !["-s", "-l", "-m", "-lm", "-ls", "-sl", "-sm", "--list", "--script", "--machine"].contains($0)
      }
      if !call.hasUnknown,
        plain.isEmpty
          && words.contains(where: { $0 == "-l" || $0 == "-lm" || $0 == "-ls" || $0 == "-sl" || $0 == "--list" })
          || printsPartitions(plain)
      {
        return .green("parted print")
      }
    default: break
    }
    return .black("partition", "\(call.name) changes the partitions of a disk", "lsblk and \(call.name) -l read")
  }
}
