/// The trade's synonyms: words for one thing that operators use side by side, in four languages.
enum Thesaurus {
  /// How much a synonym counts beside the word itself.
  static let weight = 0.6

  /// The other words of `word`'s groups; empty where it has none.
  static func synonyms(of word: String) -> [String] { table[word] ?? [] }

  private static let table: [String: [String]] = {
    var table: [String: [String]] = [:]
    for group in groups {
      let words = group.split(whereSeparator: \.isWhitespace).map(String.init)
      for word in words {
        for other in words where other != word && table[word]?.contains(other) != true {
          table[word, default: []].append(other)
        }
      }
    }
    return table
  }()

  /// A word may stand in several groups; groups are small, since each further word finds less of what is meant.
  private static let groups = """
    disk disks drive drives storage pool volume ssd nvme festplatte platte laufwerk speicher disque stockage disco
    almacenamiento ;
    space full capacity usage free fills filled filling platz voll plein rempli espace lleno espacio storage pool ;
    down offline unreachable dead gone outage crashed died ausgefallen weg panne injoignable caido apagado ;
    restart restarted reboot rebooted reboots bounce bounced cycle neustart neugestartet redemarrage redemarre
    redemarrer reinicio reiniciar reiniciado ;
    stop stopped halt halted shutdown shut powered off gestoppt ausgeschaltet arrete arreter eteint parado detenido
    ;
    start started boot booted launch launched gestartet demarre iniciado arrancado ;
    backup backups vzdump archive sicherung sicherungen sauvegarde sauvegardes respaldo copia ;
    restore restored recovery recovered wiederhergestellt restaure restaurado ;
    network networking bridge nic vlan link lan netzwerk netz reseau red ;
    memory ram swap arbeitsspeicher speicher memoire memoria ;
    cpu processor cores load prozessor last processeur charge procesador carga ;
    slow sluggish lag laggy latency langsam lent lento ;
    error errors failure failed fail fails problem issue trouble broke broken fehler fehlgeschlagen erreur echec
    echoue fallo problema ;
    fix fixed repaired solved resolved resolution solution cure behoben gelost repare resolu arreglado resuelto
    solucion ;
    update updates updated upgrade upgraded upgrades patch patched patches aktualisierung aktualisiert mise jour
    actualizacion actualizado ;
    move moved migrate migrated migration transfer relocated verschoben umgezogen migriert deplace migre movido
    migrado ;
    notify notification notifications notice notices alert alerts alerted message messages mail email
    benachrichtigung meldung avis alerte aviso notificacion ;
    mail email e-mail smtp courriel correo post ;
    certificate cert certs tls ssl zertifikat certificat certificado ;
    temperature temp hot heat overheating thermal warm temperatur heiss chaud temperatura caliente ;
    fan fans cooling cooler noise noisy lufter ventilateur ventilador ;
    delete deleted remove removed purge purged drop geloscht entfernt supprime efface borrado eliminado ;
    create created new added add built erstellt angelegt cree ajoute creado ;
    password passphrase credentials secret login kennwort passwort motdepasse contrasena ;
    user users account accounts benutzer konto utilisateur compte usuario cuenta ;
    schedule scheduled cron timer time window job zeitplan geplant planifie horaire programado ;
    snapshot snapshots checkpoint schnappschuss instantane instantanea ;
    node host server machine hypervisor knoten rechner noeud serveur nodo servidor maquina ;
    guest vm container lxc virtual gast invite invitado ;
    router firewall gateway opnsense pfsense ;
    dns resolver pihole adguard nameserver ;
    address ip addresses adresse direccion ;
    price cost costs spend spent spending budget money kosten preis cout prix coste precio gasto ;
    prefer preference prefers preferred favour favourite favorite rather want wants like bevorzuge lieber prefere
    prefiero prefiere ;
    decide decided decision agreed agree settled plan planned entschieden beschlossen convenu decidido acordado ;
    replace replaced swap swapped exchange ausgetauscht ersetzt remplace reemplazado ;
    increase increased raise raised grow grew expand expanded bigger larger extended erhoht vergrossert augmente
    aumentado ampliado ;
    ups power outage blackout battery strom stromausfall courant coupure corriente apagon ;
    kernel linux version release ;
    quorum corosync cluster votes ;
    replication replicate replicated sync synced replikation replicacion ;
    media plex jellyfin emby movies films ;
    nas truenas omv nfs smb share shares samba freigabe partage compartido ;
    owner owns belongs responsible contact gehort besitzer proprietaire dueno ;
    purpose used uses runs does zweck role ;
    name called alias nickname named heisst genannt appelle llama ;
    """.split(separator: ";")
}
