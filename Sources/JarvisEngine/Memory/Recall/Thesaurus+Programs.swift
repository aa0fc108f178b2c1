/// What well-known programs are for: somebody asks for the VPN, and the guest is called wireguard.
extension Thesaurus {
  static let programs = """
    git gitea forgejo gitlab gogs repository repositories repo repos source quellcode depot ;
    vpn wireguard openvpn tailscale headscale zerotier netbird ipsec tunnel tunnels ;
    monitoring monitor zabbix prometheus nagios icinga checkmk librenms netdata uptimekuma uberwachung surveillance
    monitorizacion vigilancia ;
    sso keycloak authentik authelia zitadel freeipa oidc ldap login logins logout logged signin session sessions anmeldung
    angemeldet abgemeldet connexion sesion sesiones ;
    document documents dms paperless docspell mayan scan scans scanner scanned ocr dokument dokumente documentos ;
    files nextcloud owncloud seafile syncthing cloud dateien fichiers archivos ;
    immich photoprism photo photos picture pictures image images fotos bilder thumbnails ;
    frigate zoneminder shinobi motioneye nvr camera cameras kamera cam recorder camaras ;
    homeassistant openhab iobroker domoticz zigbee zwave light lights lamp lamps licht lampe lampen lumiere lumieres luz
    luces automation ;
    mqtt mosquitto emqx broker ;
    database databases db mariadb mysql postgres postgresql mongodb redis datenbank datenbanken datos sql ;
    proxy nginx traefik caddy haproxy apache webserver ;
    vaultwarden bitwarden keepass password passwords ;
    game games minecraft valheim factorio terraria spiel spiele jeu jeux juego juegos ;
    mailserver mailcow postfix dovecot exim smtp imap ;
    erp odoo erpnext dolibarr shop ;
    wiki bookstack wikijs dokuwiki mediawiki ;
    adblock ads blocker blocking pihole adguard blocklist werbung publicite anuncios ;
    router opnsense pfsense openwrt mikrotik fritzbox gateway ;
    pbs borg restic duplicati veeam urbackup kopia backup backups ;
    llm qwen ollama llama model modell modele modelo ;
    kubernetes k3s k8s talos rancher pods ;
    docker podman portainer container containers images ;
    printer printers print prints printing printed cups label labels sticker stickers drucker drucken druckt gedruckt etikett
    etiketten imprimante imprimer imprime etiquette etiquettes impresora imprimir etiqueta etiquetas ;
    wifi wlan wireless ssid ;
    phone phones telephone telephones telefon telefone voip sip call calls called asterisk freepbx anruf anrufe appel appels
    telefono telefonos llamada llamadas ;
    school lessons moodle ilias lms upload uploads ;
    radius freeradius samba ldap domain accounts account login ;
    octoprint klipper 3d ;
    """.split(separator: ";")
}
