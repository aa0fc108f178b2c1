extension Glossary {
  static let careTopics: [Entry] = [
    Entry(
      ["backup 3 2 1", "3 2 1", "321", "backup rule", "backup strategy"],
      "The 3-2-1 rule: three copies of what matters, on two kinds of storage, one of them somewhere else. Add one that cannot be changed from the network, and restore one now and then to see that it works."
    ),
    Entry(
      ["vzdump", "back up a guest", "back up a vm", "backup a vm", "back up a container"],
      "vzdump is Proxmox VE's backup program: it writes a whole guest into one archive, from a snapshot while the guest runs. A job in the datacenter's backup settings runs it on schedule."
    ),
    Entry(
      ["proxmox backup server", "pbs", "deduplication"],
      "Proxmox Backup Server stores backups in deduplicated, checked chunks: only what changed is sent, each backup can be restored alone, and verification finds damage."
    ),
    Entry(
      ["smart", "smartctl", "reallocated sectors"],
      "SMART is what a disk tells about itself. Watch reallocated, pending and uncorrectable sectors and, on SSDs, wear; a growing number means: replace it before it decides for you."
    ),
    Entry(
      ["ups", "nut"],
      "A UPS bridges a power cut and, with NUT, tells the hosts when to shut down: guests first, then nodes, the storage last."
    ),
    Entry(
      ["ecc", "ecc memory"],
      "ECC memory corrects single flipped bits and reports double ones. ZFS does not need it more than others do, but a server that runs for years is better off with it."
    ),
    Entry(
      ["swap", "swappiness"],
      "Swap is disk used as memory of last resort. A little is good; a host that swaps all the time has promised its guests more memory than it has."
    ),
    Entry(
      ["iowait", "io wait", "io delay"],
      "I/O wait is time in which the CPU had work but was waiting for disks. High values point at slow or busy storage – a backup, a scrub, a dying disk – not at a lack of CPU."
    ),
    Entry(
      ["load average"],
      "The load average counts what wants to run or waits for disks, over 1, 5 and 15 minutes. Compare it with the number of cores: 8 is idle on 32 cores and a queue on 4."
    ),
    Entry(
      ["memory overcommit", "overcommit"],
      "Overcommitting gives guests more memory in sum than the host has, in the hope that they do not use it together. CPU bears that well, memory badly: then the kernel kills something."
    ),
    Entry(
      ["runbook"],
      "A runbook says what to do when something known goes wrong: how to see it, what to try, how to check that it helped, when to stop trying."
    ),
    Entry(
      ["homelab"],
      "A homelab is a small data centre at home: for learning, for one's own services, and for the pleasure of it. Start small, write down what you did, and make backups first."
    ),
  ]
}
