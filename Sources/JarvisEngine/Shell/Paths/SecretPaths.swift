/// Which files hold secrets, by their path.
enum SecretPaths {
  /// Files and folders, absolute.
  static let places: [String] = [
    "/etc/shadow", "/etc/gshadow", "/etc/shadow-", "/etc/gshadow-", "/etc/pve/priv", "/etc/pve/authkey.pub.old",
    "/etc/pve/local/pve-ssl.key", "/etc/pve/pve-www.key", "/etc/ssl/private", "/etc/sudoers", "/etc/sudoers.d",
    "/etc/corosync/authkey", "/etc/proxmox-backup", "/etc/ceph", "/var/lib/ceph", "/etc/wireguard", "/etc/openvpn",
    "/etc/NetworkManager/system-connections", "/etc/letsencrypt/live", "/etc/letsencrypt/archive",
    "/etc/letsencrypt/accounts", "/etc/iscsi/iscsid.conf", "/etc/iscsi/nodes", "/var/lib/iscsi", "/etc/krb5.keytab",
    "/etc/ppp/chap-secrets", "/etc/ppp/pap-secrets", "/etc/samba/smbpasswd", "/var/lib/samba/private",
    "/etc/openldap", "/etc/mysql/debian.cnf", "/etc/postfix/sasl_passwd", "/etc/exim4/passwd.client",
    "/var/lib/pve-cluster", "/var/lib/pve-manager", "/var/backups", "/var/lib/vz/dump", "/var/lib/vz/snippets",
    "/etc/security/opasswd", "/run/secrets", "/run/credentials", "/var/run/secrets", "/etc/kubernetes",
    "/var/lib/rancher", "/etc/rancher", "/var/lib/docker", "/var/spool/cron", "/root/.ssh", "/root/.gnupg",
    "/root/.aws", "/root/.kube", "/root/.docker", "/root/.config", "/root/.local", "/root/.acme.sh", "/proc/kcore",
    "/dev/mem", "/dev/kmem", "/dev/port", "/etc/apt/auth.conf", "/etc/apt/auth.conf.d", "/etc/credstore",
    "/etc/credstore.encrypted", "/var/lib/systemd/credential.secret", "/etc/vzdump.conf.priv", "/etc/fstab.cred",
    "/etc/hostapd", "/etc/wpa_supplicant", "/etc/default/grafana-server", "/etc/grafana", "/etc/influxdb",
  ]

  /// Names that hold secrets wherever they lie, as patterns.
  static let names: [String] = [
    "*.key", "*.pem", "*.p12", "*.pfx", "*.jks", "*.keystore", "*.kdbx", "*.keytab", "*.ppk", "*.gpg", "*.asc", "*.age",
    "*.ovpn", "*.token", "*.secret", "*.pw", "*.passwd", "*.vma", "*.vma.*", "*.kubeconfig",
    "id_*", ".env", ".env.*", "*.env", ".envrc", ".netrc", "_netrc", ".pgpass", ".my.cnf", ".git-credentials",
    ".htpasswd", ".npmrc", ".pypirc", ".dockercfg", ".s3cfg", ".boto", ".vault-token", ".smbcredentials",
    ".*_history", ".lesshst", ".viminfo", ".wget-hsts", ".rclone.conf", "rclone.conf", "authkey", "authkey.key",
    "credentials", "credentials.*", "*credential*", "*secret*", "*password*", "*passwd*", "*token*", "kubeconfig",
    "shadow", "shadow.*", "gshadow*", "*apikey*", "*api_key*", "*private*key*", "*.keyring", "keyring",
    "ssh_host_*_key", "master.key", "wallet.dat", "sam", "ntds.dit", "config.json.bak", "wg*.conf",
    "terraform.tfstate*", "*.tfvars", "environ",
  ]

  /// Concrete secrets that a pattern may reach.
  private static let samples: [String] = [
    "/etc/shadow", "/etc/pve/priv/authkey.key", "/etc/pve/priv/shadow.cfg", "/etc/pve/priv/token.cfg",
    "/etc/pve/nodes/pve/pve-ssl.key", "/root/.ssh/id_rsa", "/root/.ssh/id_ed25519", "/root/.ssh/authorized_keys",
    "/root/.bash_history", "/root/.netrc", "/root/.env", "/etc/ssh/ssh_host_ed25519_key", "/etc/ssl/private/a.key",
    "/etc/gshadow", "/etc/sudoers", "/proc/1/environ", "/proc/self/environ", "/home/user/.ssh/id_rsa",
    "/home/user/.env",
    "/etc/corosync/authkey", "/var/lib/vz/dump/vzdump-qemu-100.vma.zst", "/etc/wireguard/wg0.conf",
    "/etc/letsencrypt/live/a/privkey.pem", "/root/server.key", "/root/backup.pem", "/root/.aws/credentials",
    "/root/.kube/config", "/var/lib/pve-cluster/config.db", "/etc/ceph/ceph.client.admin.keyring",
  ]

  /// Why the content of `path` (absolute, maybe a pattern or with unknown parts) must not be shown unasked.
  static func reason(_ path: String) -> String? {
    if isPublic(path) { return nil }
    let isPattern = Glob.isPattern(path)
    if let place = places.first(where: { PathText.isInside(path, $0) }) {
      return "\(shown(path)) holds secrets (\(place))"
    }
    if path.hasPrefix("/proc/") {
      let name = PathText.lastPart(path)
      if ["environ", "mem", "maps", "cmdline", "root", "cwd", "exe"].contains(name), name != "cmdline" || isPattern {
        return "\(shown(path)) reveals a process's environment or memory"
      }
      if path.contains("/root/") || path.contains("/cwd/") || path.contains("/fd/") || path.contains("/environ") {
        return "\(shown(path)) leads into another process's files"
      }
    }
    if SystemPaths.isDevice(path) { return "\(shown(path)) is a device: its content may be anything" }
    let parts = path.split(separator: "/")
    if path.hasPrefix("/etc/pve/"), parts.contains("priv") { return "\(shown(path)) holds secrets (/etc/pve/…/priv)" }
    if parts.contains(where: { $0 == ".ssh" || $0 == ".gnupg" || $0 == ".aws" || $0 == ".kube" }) {
      return "\(shown(path)) lies in a folder of keys"
    }
    if let name = parts.last {
      let lower = name.lowercased()
      let bytes = Array(lower.utf8)
      for pattern in namePatterns where Glob.matches(pattern, bytes) {
        return "\(shown(path)) has the name of a secret"
      }
    }
    guard isPattern else { return nil }
    let pattern = Array(path.utf8)
    for sample in sampleBytes where Glob.matches(pattern, sample) {
      return "\(shown(path)) may stand for a file with secrets"
    }
    if let secret = SecretPatterns.reached(by: path) { return "\(shown(path)) may stand for \(secret)" }
    return nil
  }

  private static let namePatterns = names.map { Array($0.utf8) }
  private static let sampleBytes = samples.map { Array($0.utf8) }

  /// What is public though its name or folder says otherwise.
  private static func isPublic(_ path: String) -> Bool {
    guard !Glob.isPattern(path) else { return false }
    if path == "/etc/passwd" || path == "/etc/passwd-" || path == "/etc/ceph/ceph.conf" { return true }
    return path.hasSuffix(".pub") && !path.hasPrefix("/etc/pve/priv")
  }

  private static func shown(_ path: String) -> String { path.replacingHoles(with: "…") }
}
