/// What a substitution writes, taken for tamer than it is; and what prints more than it seems to.
extension HolesTable {
  /// Never GREEN.
  static let writing: [String] = [
    "find /var/lib/vz $(date +%t-delete)", "find /var/lib/vz $(date +%n-delete)", "find /srv $(date +%F%t-delete)",
    "find /srv $(date +%Z)", "find /srv $(date +%20T-delete)", "find /srv $(date +%_d-delete)", "find /srv $(date)",
    "find $(pwd) -name x", "find $PWD -name x", "find $OLDPWD -name x", "USER=x; find /srv $USER",
    "read USER; find /srv $USER",
    "echo $(( $(cat /proc/4242/comm) ))", "echo $(( $(cat /proc/*/comm) ))", "echo $(( $(cat /proc/1/cmdline) ))",
    "echo $(( $(cat /sys/class/net/*/mtu) ))", "echo $(( $(cat /sys/class/net/eth0/ifalias) ))",
    "echo $(( $(cat /sys/block/sda/device/model) ))", "echo $(( $(cat /sys/class/net/eth0/../../../../tmp/size) ))",
    "echo $(( $(grep -c x $F) ))", "echo $(( $(grep -c x /tmp/*) ))", "echo $(( $(grep -c -H x /tmp/y) ))",
    "echo $(( $(grep -c x /tmp/{a,b}) ))", "echo $(( $(grep -c x /tmp/a /tmp/b) ))", "echo $(( $(grep -c $P /tmp/a) ))",
    "echo $(( $(pgrep -c $X) ))", "echo $(( $(pgrep -c -l x) ))", "echo $(( $(grep -c x /tmp/y 2>&1) ))",
    "read sm; echo $(( $(date +sm) ))", "for f in $(ls /dev/shm); do find /srv $f; done",
    "for f in $(ls /dev/../tmp); do find /srv $f; done",
    "systemd-analyze cat-config /etc/pve/priv/tfa.cfg", "systemd-analyze cat-config shadow", "systemd-analyze dump",
    "systemctl show nginx", "systemctl show", "systemctl show nginx -a", "systemctl show -p MainPID -p \"$X\" nginx",
    "systemctl show --property= nginx", "systemctl show --property=\"$X\" nginx", "systemctl show -pEnvironment nginx",
    "systemctl show -P Environment nginx", "systemctl show -p MainPID,Environment nginx",
    "systemctl show -p SetCredential nginx",
  ]

  /// What stands beside them stays GREEN.
  static let tame: [String] = [
    "find /var/log -name x-$(date +%F)", "ls /srv/$(date +%Y-%m-%d)", "ls /srv/$(date +%Y%m%d_%H%M)",
    "ls /srv/$(date -I)", "ls /srv/$(date +%Y-%m-%dT%H:%M:%S)", "echo $(pwd)", "echo $PWD",
    "echo $(( $(grep -c processor /proc/cpuinfo) ))", "echo $(( $(grep -c '^model name' /proc/cpuinfo) * 2 ))",
    "echo $(( $(pgrep -c kvm) ))", "echo $(( $(cat /sys/block/sda/size) * 512 ))",
    "echo $(( $(cat /sys/class/thermal/thermal_zone0/temp) / 1000 ))", "echo $(( $(date +%s) - 60 ))",
    "for d in $(ls /sys/block); do smartctl -H $d; done", "systemd-analyze blame", "systemd-analyze time",
    "systemctl show nginx -p MainPID", "systemctl show -pMainPID nginx", "systemctl show -P ActiveState nginx",
    "systemctl show --property=MainPID --value nginx",
  ]
}
