extension Glossary {
  static let networkTopics: [Entry] = [
    Entry(
      ["dns"],
      "DNS turns names into addresses. In a homelab one small resolver for everyone is practical, and a second one is wise: when the only DNS server is down, everything looks down."
    ),
    Entry(
      ["pi hole", "pihole", "adguard"],
      "Pi-hole and AdGuard Home are DNS servers that answer nothing for advertising names. Hand them out by DHCP, and keep a way to resolve names while they restart.",
      isName: true
    ),
    Entry(
      ["dhcp"],
      "DHCP hands out addresses, the gateway and DNS servers. Give servers a reservation or a static address outside the pool, so that they stay where they are."
    ),
    Entry(
      ["vlan"],
      "A VLAN is a network of its own on shared cables, told apart by a tag. With a VLAN-aware bridge a guest's network card just gets a tag; the switch port must carry it."
    ),
    Entry(
      ["linux bridge", "vmbr0", "bridge"],
      "A bridge such as vmbr0 is a switch in software: guests plug into it, and one port is the real network card."
    ),
    Entry(
      ["reverse proxy", "traefik", "nginx proxy"],
      "A reverse proxy takes requests for many names on one address, ends TLS and passes each on to its service. Caddy, Traefik and nginx are the usual ones."
    ),
    Entry(
      ["wireguard", "vpn", "tailscale"],
      "WireGuard is a lean VPN: keys on both sides, one UDP port, fast. It is the better way to a homelab from outside than forwarding ports to services."
    ),
    Entry(
      ["ssh key", "ssh"],
      "SSH with keys (Ed25519) and without passwords is the way into servers. Protect the private key with a passphrase and keep it on one machine."
    ),
    Entry(
      ["mtu", "jumbo frames", "jumbo frame"],
      "The MTU is the largest packet of a network, 1,500 bytes normally. Jumbo frames of 9,000 help storage networks a little – if every device on the way has them."
    ),
    Entry(
      ["tls", "https certificate", "lets encrypt", "acme"],
      "TLS encrypts a connection and proves who answers. Proxmox VE can fetch certificates by ACME; where it uses its own authority, pin that rather than switching the check off."
    ),
  ]
}
