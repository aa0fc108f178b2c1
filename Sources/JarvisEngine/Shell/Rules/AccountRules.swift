import JarvisAPI

/// Users, passwords, rights.
enum AccountRules {
  static let families: [Family] = [
    Family([
      .code("passwd") { call, judge in
        if call.args.first?.text == "-S" || call.args.first?.text == "--status", !call.hasUnknown {
          return .green("passwd -S")
        }
        return .black("passwd", "changes who may log in", "passwd -S shows the state of an account")
      },
      .black(
        "chpasswd newusers chgpasswd vipw vigr smbpasswd pam-auth-update visudo usermod useradd userdel adduser deluser groupadd groupdel groupmod gpasswd addgroup delgroup chsh chfn pwconv pwunconv grpconv grpunconv faillock authconfig realm",
        why: "changes users, passwords or rights", change: "id and getent passwd read"),
      .green("chage", "-l", .upTo(1)),
      .green("members lid", "-a -p -g -n -s -l"),
      .black("ssh-copy-id", why: "decides who may log in elsewhere"),
      .black("setenforce setcap apparmor_parser aa-disable aa-teardown", why: "changes what protects this host"),
      .green("getcap getenforce sestatus aa-status", "-r -v", .free),
    ])
  ]
}
