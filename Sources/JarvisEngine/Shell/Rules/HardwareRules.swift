import JarvisAPI

/// Disks, sensors, buses.
enum HardwareRules {
  private static let hdparmFlags = FlagSet("-i -I -g -C -N -t -T --direct")
  private static let blockdevFlags = FlagSet(
    "-v -q --report --getsize64 --getsz --getss --getpbsz --getro --getra --getfra --getiomin --getioopt --getalignoff --getmaxsect --getbsz --getdiscardzeroes"
  )

  private static let smartctlFlags = FlagSet(
    "-a -x -l: -H -i -A -c -q: -n: -d: -f: -j? -g: --all --xall --health --info --attributes --capabilities --log: --device: --json? --scan --scan-open --nocheck: --get: --format:"
  )

  static let families: [Family] = [
    Family([
      .green(
        "lsblk",
        "~ -abdDzfilmnpsStTOPrJANvM -o: -e: -I: -x: -w: -E: -Q: --all --bytes --nodeps --discard --fs --inverse --list --perms --noheadings --output: --output-all --paths --pairs --raw --scsi --topology --json --tree? --sort: --zoned --include: --exclude: --width: --merge --nvme --virtio"
      ),
      .green("lspci", "-vnkmtbDxPI -s: -d: --verbose"),
      .green("lsusb", "-vt -s: -d: --verbose --tree"),
      .green(
        "lshw",
        "-short -businfo -html -json -xml -numeric -quiet -sanitize -class: -C: -c: -.short -.businfo -.html -.json -.xml -.numeric -.quiet -.sanitize"
      ),
      .green(
        "lsscsi",
        "~ -dgiklLpstuUvwcbCDHSNxz --size --transport --generic --device --list --long --verbose --wwn --unit --scsi_id --lunhex"
      ),
      .green("lsdev", "", .none),
      .green("sensors", "-fAuj --fahrenheit --no-adapter --bus-list"),
      .green(
        "hwinfo", "--short --cpu --disk --memory --netcard --pci --usb --bios --block --network --gfxcard --partition"),
      .green("inxi", "-ABCDdEFfGIijJKkLlMmNnoPpRrSsTtUuVvwxZz -c:"),
      .green(
        "blkid",
        "-dDikpl -o: -s: -t: -L: -U: -n: -u: -O: -S: --output: --match-tag: --match-token: --label: --uuid: --list-one --no-encoding"
      ),
      .green(
        "findmnt",
        "~ -aAbCcDefiJklmnPrRsuUvy -o: -t: -O: -S: -T: -M: -N: --all --ascii --json --fstab --kernel --mtab --list --df --bytes --noheadings --output: --output-all --pairs --raw --real --pseudo --submounts --source: --target: --mountpoint: --types: --options: --tree --uniq --evaluate --first-only --verify -x --verbose --invert --canonicalize --nofsroot --notruncate"
      ),
      .green(
        "nvidia-smi",
        "-L -q -i: -l: -d: -x --display: --query-gpu: --format: --list-gpus --query-compute-apps: --id: --loop:",
        .oneOf(["dmon", "pmon", "topo"])),
      .code("smartctl") { call, judge in
        // `-l` sets what a comma stands behind: `-l scterc,70,70`.
        let logs: Set<String> = [
          "error", "xerror", "selftest", "xselftest", "selective", "directory", "background", "sataphy", "ssd",
          "devstat", "scttemp", "scttempsts", "scttemphist", "sasphy", "scterc", "envrep", "farm", "defects",
          "genstats", "tapealert", "zdevstat",
        ]
        for (index, arg) in call.args.enumerated() {
          var value: String?
          if arg.text == "-l" || arg.text == "--log" {
            value = index + 1 < call.args.count ? call.args[index + 1].text : ""
          } else if arg.text.hasPrefix("--log=") {
            value = String(arg.text.dropFirst(6))
          } else if arg.text.hasPrefix("-"), !arg.text.hasPrefix("--"), let at = arg.text.firstIndex(of: "l") {
            value = String(arg.text[arg.text.index(after: at)...])
          }
          if let value, !logs.contains(value) {
            return .red("smartctl.log", "smartctl -l \(value) may change a setting of the disk", "smartctl -a reads")
          }
        }
        let flags = HardwareRules.smartctlFlags
        return judge.check(call, flags: flags, operands: .upTo(1)) ?? .green(call.path)
      },
      .green("hddtemp", "-n -q", .free),
      .green("dmidecode", "-t: -s: -q -u --type: --string: --quiet", .none),
      .code("hdparm") { call, judge in
        // An option's value may stand in a word of its own: `-N p100` sets.
        guard judge.check(call, flags: hdparmFlags, operands: .upTo(4)) == nil,
          call.operands.allSatisfy({ $0.text.hasPrefix("/dev/") }), !call.args.isEmpty
        else { return .red("hdparm", "changes how a disk works", "hdparm -I reads") }
        return .green("hdparm -I")
      },
      .code("blockdev") { call, judge in
        guard judge.check(call, flags: blockdevFlags, operands: .upTo(8)) == nil, !call.args.isEmpty,
          call.operands.allSatisfy({ $0.text.hasPrefix("/dev/") })
        else { return .red("blockdev", "changes how a disk works", "blockdev --report reads") }
        return .green("blockdev --report")
      },
      .green("lsinitramfs", "-l", .free),
      .green("usb-devices lslogins", "-a -u -s -e -f -l: -o: --output: --json", .none),
      .green("sdparm", "-i -a", .upTo(2)),
      .green("turbostat", "-n: -i: -q", .none),
      .green("efibootmgr", "-v", .none),
      .green("edac-util ras-mc-ctl mcelog", "-s -v --summary --errors --status", .none),
      .green("lstopo hwloc-ls", "--no-graphics", .none),
      .green("cpupower", "", .oneOf(["frequency-info", "idle-info", "info"])),
    ]),
    Family(
      "nvme", globals: "",
      [
        .green(
          "list,list-subsys,smart-log,smart-log-add,error-log,fw-log,id-ctrl,id-ns,list-ctrl,list-ns,show-regs,get-log,get-feature,version,self-test-log,sanitize-log,effects-log,endurance-log",
          "-H -v -n: -o: -b -f: -i: -l: -e: -c: -s: --human-readable --output-format: --verbose --namespace-id: --log-entries: --raw-binary --log-id: --log-len: --feature-id: --sel: --vendor-specific"
        ),
        .black(
          "format,sanitize,delete-ns,create-ns,detach-ns,attach-ns,fw-download,fw-commit,fw-activate,write,write-zeroes,dsm,reset,subsystem-reset,security-send",
          why: "erases or changes the drive itself", change: "nvme list and smart-log read"),
      ]),
    Family(
      "ipmitool", globals: "-I: -H: -U: -L: -v -c",
      [
        .green(
          "sdr,sdr list,sdr elist,sdr type,chassis power status,sensor,sensor list,sel list,sel elist,sel info,fru,fru print,mc info,chassis status,power status,lan print,dcmi power reading,bmc info",
          ""),
        .black(
          "power off,power cycle,power reset,power soft,chassis power off,chassis power cycle,chassis power reset,chassis power soft,mc reset,user set,raw",
          why: "cuts the node's power or changes its management controller"),
      ]),
    Family(
      "udevadm",
      [
        .green(
          "info,monitor,verify",
          "-kupanxrs -q: -p: -n: -a -r -x -P: -s: -t: --query: --path: --name: --attribute-walk --export --kernel --udev --property --root --tree"
        ), .red("trigger,control,settle,test", why: "makes udev act again"),
      ]),
    Family("storcli storcli64 perccli perccli64 megacli MegaCli64 arcconf ssacli hpssacli", [.green("show", "")]),
  ]
}
