extension Glossary {
  static let storageTopics: [Entry] = [
    Entry(
      ["arc", "zfs arc", "adaptive replacement cache"],
      "The ARC is ZFS's read cache in memory. It keeps what was used recently and what is used often, grows into free memory and shrinks when programs need it. Its ceiling is `zfs_arc_max`; on a Proxmox VE host it is worth setting, so that guests and cache do not compete."
    ),
    Entry(
      ["l2arc"],
      "L2ARC is a second-level read cache on a fast disk, fed from what falls out of the ARC. It costs memory for its index, so more RAM usually helps more than an L2ARC."
    ),
    Entry(
      ["slog", "zil", "zfs intent log"],
      "The ZIL is where ZFS notes synchronous writes before they reach the pool. A SLOG moves it to a fast device with power-loss protection: databases and NFS gain, ordinary writes do not."
    ),
    Entry(
      ["scrub", "scrubbing"],
      "A scrub reads every block of a ZFS pool, checks it against its checksum and repairs it from redundancy where it is bad. Once a month is usual; it finds silent decay while there is still a good copy."
    ),
    Entry(
      ["resilver", "resilvering"],
      "Resilvering copies data onto a replaced or returned disk until a ZFS vdev is whole again. Unlike a RAID rebuild it copies only what is in use. Until it ends, redundancy is reduced."
    ),
    Entry(
      ["zfs"],
      "ZFS is a file system and volume manager in one: checksums on everything, snapshots that cost nothing at first, compression, and redundancy by mirror or RAID-Z. It likes memory and whole disks without a RAID controller in between."
    ),
    Entry(
      ["raidz", "raid z", "raidz1", "raidz2"],
      "RAID-Z spreads data with one, two or three parity disks (Z1, Z2, Z3). It saves space compared with mirrors, but random I/O is that of one disk per vdev; for virtual machines mirrors are the usual choice."
    ),
    Entry(
      ["raid"],
      "RAID keeps a machine running when a disk dies. It is no backup: a deleted file is deleted on every disk, and so is an encrypted one."
    ),
    Entry(
      ["ceph", "osd"],
      "Ceph spreads data over the disks (OSDs) of several nodes and keeps, by default, three copies. It wants at least three nodes, fast disks and a network of 10 Gbit/s or more; in a small lab, ZFS with replication is simpler."
    ),
    Entry(
      ["thin provisioning", "lvm thin", "lvmthin", "thin pool"],
      "Thin provisioning promises guests more space than there is and gives it out as they write. Watch the real fill level, metadata included: a thin pool that runs full stops every guest on it."
    ),
    Entry(
      ["trim", "discard", "fstrim"],
      "TRIM tells the storage below which blocks are free again. Set `discard` on a virtual disk and run `fstrim` in the guest, else thin storage only ever grows."
    ),
    Entry(
      ["qcow2", "raw disk", "raw image"],
      "qcow2 is a disk image file with snapshots and thin growth; raw is the plain bytes, a little faster. On ZFS, LVM-thin and Ceph, Proxmox VE uses raw volumes, as the storage itself makes the snapshots."
    ),
  ]
}
