/// Variables that change what later programs do, and those that hold secrets.
enum EnvironmentNames {
  private static let exact: Set<String> = [
    "PATH", "IFS", "ENV", "HOME", "CDPATH", "TMPDIR", "VISUAL", "BROWSER", "SHELL", "PROMPT_COMMAND", "GLOBIGNORE",
    "FIGNORE", "EXECIGNORE", "FCEDIT", "INPUTRC", "OPTIND", "POSIXLY_CORRECT", "TERMCAP", "LOCPATH", "NLSPATH",
    "HOSTALIASES", "LOCALDOMAIN", "RES_OPTIONS", "KUBECONFIG", "WGETRC", "PSQLRC", "GZIP", "BZIP", "BZIP2",
    "XZ_DEFAULTS",
    "ZSTD_CLEVEL", "ZDOTDIR", "PKG_CONFIG", "CC", "CXX", "MAKE", "EDITOR", "PAGER", "TERM_PROGRAM", "GCONV_PATH",
    "UNZIP", "ZIPINFO", "MANPATH", "MANROFFSEQ", "MAILCAPS", "PERLLIB", "PS0", "PS1", "PS2", "PS3", "PS4", "CLASSPATH",
    "RIPGREP_CONFIG_PATH", "FZF_DEFAULT_COMMAND", "COMPREPLY", "SECONDS", "FUNCNEST", "LESSOPEN", "LESSCLOSE", "LESS",
    "MORE", "TAPE", "ACLOCAL_PATH", "COLUMNS_CMD", "SUDO_ASKPASS", "PYTHONSTARTUP", "EMACSLOADPATH", "VIMINIT",
    "EXINIT",
    "NODE_PATH", "CLOUDSDK_CONFIG", "ANSIBLE_CONFIG", "HOSTFILE", "TERMINFO", "TERMINFO_DIRS", "UID", "EUID",
    "DIRSTACK", "TMOUT", "MAIL", "MAILCHECK",
  ]
  private static let prefixes = [
    "LD_", "DYLD_", "GIT_", "BASH_", "PYTHON", "PERL", "RUBY", "NODE_", "JAVA_", "_JAVA", "JDK_", "LESS", "MAN", "SSH_",
    "SUDO_", "RSYNC_", "DOCKER_", "KUBE", "MALLOC_", "GLIBC_", "SYSTEMD_", "OPENSSL_", "SSL_", "CURL_", "PG", "MYSQL_",
    "SQLITE", "AWK", "GAWK", "XDG_", "GTK_", "QT_", "DBUS_", "ANSIBLE_", "AWS_", "COMPOSE_", "BUILDKIT", "PODMAN",
    "CONTAINER", "VIM", "NVIM", "LUA", "PHP", "NPM_", "CARGO", "RUST", "GO", "DEBIAN_", "DPKG_", "APT_", "PVE_",
    "RESTIC_",
    "HIST", "DEBUGINFOD", "BORG_", "ZFS_", "ZPOOL_", "LVM_", "G_", "GIO_", "R_", "TCL", "GNUPG", "GPG_", "TAR_",
    "GREP_", "TCPDUMP",
  ]
  private static let suffixes = [
    "PAGER", "EDITOR", "OPTIONS", "_OPTS", "OPTS", "FLAGS", "_PROXY", "_COMMAND", "_CMD", "SHELL", "_PATH",
    "PATH", "_HOME", "_CONFIG", "RC", "PRELOAD",
  ]

  /// Setting it changes how a later program behaves.
  static func steers(_ name: String) -> Bool {
    // Names in small letters are the text's own.
    if !name.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) { return name.hasSuffix("_proxy") }
    return exact.contains(name) || prefixes.contains { name.hasPrefix($0) } || suffixes.contains { name.hasSuffix($0) }
  }

  /// Its name says that its value is a secret.
  static func isSecret(_ name: String) -> Bool {
    let upper = name.uppercased()
    return ["KEY", "TOKEN", "SECRET", "PASS", "PWD_", "CREDENTIAL", "AUTH", "COOKIE", "SESSION", "PRIVATE", "DSN"]
      .contains { upper.contains($0) } && upper != "PWD" && upper != "OLDPWD"
  }

  /// Values that a root shell over SSH has, for readings that ask what a text may do at worst.
  static let usual: [String: String] = [
    "HOME": "/root", "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "PWD": "/root",
    "OLDPWD": "/root", "SHELL": "/bin/bash", "USER": "root", "LOGNAME": "root", "IFS": " \t\n", "BASH": "/bin/bash",
    "UID": "0", "EUID": "0", "SHLVL": "1", "0": "bash", "PS4": "+ ", "PS2": "> ", "OPTIND": "1", "-": "hBc", "#": "0",
    "?": "0", "$": "1000", "!": "", "RANDOM": "1", "SECONDS": "1", "LINENO": "1", "HOSTNAME": "pve",
  ]

  /// Always one word that begins neither with a dash nor a blank. Not the folders: their names may hold both.
  static let tame: Set<String> = [
    "?", "$", "#", "!", "RANDOM", "SECONDS", "LINENO", "UID", "EUID", "PPID", "HOSTNAME", "SHLVL", "EPOCHSECONDS",
    "USER", "LOGNAME", "HOSTTYPE", "OSTYPE", "MACHTYPE", "BASHPID", "BASH_VERSION",
  ]
}
