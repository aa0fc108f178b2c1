import JarvisAPI

/// Package managers.
enum PackageRules {
  private static let aptGetFlags = FlagSet(
    "-s -q -y -V -u -qq --simulate --dry-run --just-print --no-act --recon --no-install-recommends")
  private static let dpkgFlags = FlagSet(
    "-l -L -s -S -p -C -V -c -I --list --listfiles --status --search --audit --verify --get-selections --print-architecture --print-foreign-architectures --compare-versions --no-pager --contents --info"
  )

  static let families: [Family] = [
    Family(
      "apt", globals: "-q -qq",
      [
        .green(
          "list,show,search,policy,depends,rdepends,showsrc,moo,help",
          "-a -q -n -i -f --installed --upgradable --manual-installed --all-versions --names-only --full --no-pager"),
        .red("update", why: "renews the lists of packages", change: "apt list reads"),
        .red(
          "install,upgrade,full-upgrade,dist-upgrade,remove,autoremove,purge,clean,autoclean,edit-sources,download,source,reinstall,satisfy,build-dep",
          why: "changes what is installed", change: "apt list --upgradable reads"),
      ]),
    Family(
      "apt-get",
      alone: .code("apt-get") { call, judge in
        let verbs: Set<String> = ["upgrade", "dist-upgrade", "full-upgrade", "install", "remove", "autoremove"]
        let simulates: Set<String> = ["-s", "--simulate", "--dry-run", "--just-print", "--no-act", "--recon"]
        let flags = PackageRules.aptGetFlags
        if let verb = call.operands.first?.text, verbs.contains(verb),
          call.args.contains(where: { simulates.contains($0.text) }),
          judge.check(call, flags: flags, operands: .free) == nil
        {
          return .green("apt-get -s")
        }
        return .red("apt-get", "changes what is installed", "apt-get -s only says what would be done")
      }, []),
    Family(
      "apt-cache", globals: "-q",
      [
        .green(
          "policy,show,showpkg,search,depends,rdepends,stats,madison,pkgnames,dump,unmet,showsrc",
          "-qanfigs -p: -q --no-all-versions --all-versions --names-only --full --installed --recurse --important --quiet --no-pre-depends --no-recommends --no-suggests --generate"
        )
      ]),
    Family(
      "apt-mark",
      [
        .green("showhold,showauto,showmanual,showinstall", "", .free),
        .red("hold,unhold,auto,manual", why: "changes what upgrades touch"),
      ]),
    Family("apt-config", [.green("dump", "", .none)]),
    Family(
      "apt-key", [.green("list,finger", "", .none), .black("add,del,adv", why: "changes whose packages are trusted")]),
    Family([
      .green(
        "dpkg-query", "-l -L -s -S -W -p -f: --list --listfiles --status --search --show --showformat: --no-pager"),
      .code("dpkg") { call, judge in
        judge.check(
          call,
          flags: PackageRules.dpkgFlags, operands: .free) == nil && !call.args.isEmpty
          ? .green("dpkg -l") : .red("dpkg", "changes what is installed", "dpkg -l reads")
      },
      .green("debsecan", "", .none),
      .green("deborphan debsums", "-s -c -a -l", .free),
      .red(
        "dpkg-reconfigure aptitude add-apt-repository unattended-upgrade unattended-upgrades update-grub update-initramfs grub-install debconf-set-selections dnf yum zypper pacman apk brew update-alternatives needrestart",
        why: "changes what is installed", change: "apt list reads"),
      .code("rpm") { call, judge in
        call.args.first?.text.hasPrefix("-q") == true
          && !call.args.contains(where: {
            $0.text.contains("pipe") || $0.text.contains("eval") || $0.text.contains("define") || !$0.isKnown
          }) ? .green("rpm -q") : .red("rpm", "changes what is installed")
      },
    ]),
  ]
}
