import JarvisAPI

/// Disks, sensors, buses.
enum HardwareRules {
  static let families: [Family] = [
    Family([
      .green("lsblk lspci lsusb lshw lsscsi lsdev sensors hwinfo inxi", "*"),
      .green("blkid findmnt", "* !-g !--garbage-collect !--poll"),
      .green(
        "nvidia-smi", "-L -q -i: -l: --query-gpu: --format: --list-gpus --query-compute-apps: --id: --loop:",
        .oneOf(["dmon", "pmon", "topo"])),
      .green(
        "smartctl",
        "-a -x -H -i -A -c -q: -n: -d: -l: -f: -j? -g: --all --xall --health --info --attributes --capabilities --log: --device: --json? --scan --scan-open --nocheck: --get: --format:",
        .upTo(1)),
      .green("hddtemp", "-n -q", .free),
      .green("dmidecode", "-t: -s: -q -u --type: --string: --quiet", .none),
      .green("hdparm", "-i -I -g -C -N?", .upTo(4)),
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
          "*"),
        .black(
          "format,sanitize,delete-ns,create-ns,detach-ns,attach-ns,fw-download,fw-commit,fw-activate,write,write-zeroes,dsm,reset,subsystem-reset,security-send",
          why: "erases or changes the drive itself", change: "nvme list and smart-log read"),
      ]),
    Family(
      "ipmitool", globals: "-I: -H: -U: -L: -v -c",
      [
        .green(
          "sdr,sdr list,sdr elist,sensor,sensor list,sel list,sel elist,sel info,fru,fru print,mc info,chassis status,power status,lan print,dcmi power reading,bmc info",
          "*"),
        .black(
          "power off,power cycle,power reset,power soft,chassis power off,chassis power cycle,chassis power reset,chassis power soft,mc reset,user set,raw",
          why: "cuts the node's power or changes its management controller"),
      ]),
    Family(
      "udevadm", [.green("info,monitor,verify", "*"), .red("trigger,control,settle,test", why: "makes udev act again")]),
    Family("storcli storcli64 perccli perccli64 megacli MegaCli64 arcconf ssacli hpssacli", [.green("show", "*")]),
  ]
}
