import GRDB

/// The trade's synonyms: words for one thing that operators use side by side, in four languages.
enum Thesaurus {
  /// How much a synonym counts beside the word itself.
  static let weight = 0.6

  /// The other terms of a term's groups, each as the index has it; empty where it has none.
  static func synonyms(of term: String) -> [String] {
    table[term] ?? table["~" + light(term)] ?? table[light(term)] ?? []
  }

  /// Without the endings that German, French and Spanish put to a word: Porter's rules know English only.
  static func light(_ term: String) -> String {
    for ending in endings where term.hasSuffix(ending) && term.count - ending.count >= minimumStem {
      return String(term.dropLast(ending.count))
    }
    return term
  }

  private static let endings = ["en", "er", "es", "em", "os", "as", "e", "n", "s", "x", "o", "a"]
  private static let minimumStem = 4

  /// Forms of one English word that Porter's rules leave apart: "found" is "find". They count like the word itself.
  static func forms(of term: String) -> [String] { irregular[term] ?? [] }

  /// What a general word stands for: each of these is a problem. It leads down only: a question for the slow one does not
  /// ask for the full one.
  static func kinds(of term: String) -> [String] { general.contains(term) ? troubles : [] }

  private static let general = terms(
    """
    problem problems trouble troubled troubles issue issues wrong fault faults incident incidents storung storungen
    problemes probleme problemas panne pannes incidente incidentes averia averias
    """)
  private static let troubles = terms(Tone.troubleWords).sorted()

  /// Hashes of words as the index has them.
  static func hashes(of words: String) -> Set<UInt32> { Set(terms(words).map { Stems.hash($0) }) }

  private static func terms(_ words: String) -> Set<String> {
    do {
      return try DatabaseQueue().read { db in try Set(Stemmer(db).terms(words)) }
    } catch {
      // Without them recall finds less and works.
      return []
    }
  }

  private static let table = related(groups + programs + everyday)
  private static let irregular = related(irregularForms)

  private static func related(_ groups: [Substring]) -> [String: [String]] {
    var table: [String: [String]] = [:]
    do {
      // The index's own tokenizer needs a connection; this one holds nothing.
      try DatabaseQueue().read { db in
        let stemmer = try Stemmer(db)
        for group in groups {
          let terms = try group.split(whereSeparator: \.isWhitespace).compactMap { try stemmer.terms(String($0)).first }
          for term in terms {
            for other in terms where other != term && table[term]?.contains(other) != true {
              table[term, default: []].append(other)
            }
          }
          // A bare stem leads to the whole group, but for what is a term of its own.
          for term in terms {
            let bare = light(term)
            guard bare != term else { continue }
            for other in terms where table["~" + bare]?.contains(other) != true {
              table["~" + bare, default: []].append(other)
            }
          }
        }
      }
    } catch {
      // Without synonyms recall finds less and works.
      return [:]
    }
    return table
  }

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
    critical severe urgent serious kritisch kritischen kritische kritischem critique critiques critico criticos ;
    quiet silent silence mute notices notifications ruhig still ruhe silencieux silencio ;
    language english german french spanish sprache deutsch englisch langue idioma ;
    dashboard dashboards interface ui gui panel oberflache ;
    night nightly nights nacht nuit noche ;
    month monthly months monat monatlich mois mensuel mes mensual ;
    day daily days tag taglich jour quotidien dia diario ;
    week weekly weeks woche semaine semana ;
    bill euros dollars usd rechnung facture factura cost costs ;
    electricity power current watt watts strom electricite corriente ;
    spam junk ;
    benachrichtigt benachrichtigen benachrichtige informiert told notified notify notices mail email ;
    problemen probleme problem problems issue issues problemes problemas incident incidents ;
    last lasts hold holds duration minutes ;
    lookup lookups resolve dns query queries ;
    remote offsite external ;
    site house place location ;
    worse worsen degrade degraded pending ;
    hdd drive disk sectors smart ;
    port ports passthrough ;
    limit cap quota maximum obergrenze grenze limite ;
    sync replication copy mirror ;
    graphics gpu card igpu ;
    fast faster quick quicker quickly speed speeds schnell schneller rapide rapido ;
    tv movies films stream playback jerky stutter stutters ;
    photo photos picture pictures image images fotos bilder ;
    camera cameras kamera kameras cam recorder ;
    nightly schedule run runs ;
    reachable online up available running erreichbar ;
    fill fills filling full usage used percent ;
    unused idle nothing ;
    """.split(separator: ";")

  private static let irregularForms = """
    go goes going went gone ; buy bought ; find found ; make made making ; take took taken taking ; tell told ; give gave given ;
    see saw seen ; get got gotten getting ; come came ; leave left leaving ; think thought ; run ran running ; write wrote
    written writing ; break broke broken ; choose chose chosen ; speak spoke spoken ; lose lost losing ; meet met ; pay paid ;
    sell sold ; send sent ; build built ; hold held ; keep kept ; feel felt ; grow grew grown ; know knew known ; win won ;
    drive drove driven ; fly flew flown ; begin began begun ; draw drew drawn ; eat ate eaten ; sing sang sung ; sleep slept ;
    teach taught ; bring brought ; catch caught ; spend spent ; stand stood ; swim swam ; wear wore worn ; understand
    understood ; child children ; man men ; woman women ; person people ; become became ; hear heard ; fall fell fallen ; fight
    fought ; forget forgot forgotten ; hide hid hidden ; ride rode ridden ; rise rose risen ; shoot shot ; steal stole stolen ;
    throw threw thrown ; wake woke woken ; lead led ; mean meant ; say said ; lie lay lain ; do did done ; light lit ; bad worse
    worst ; good better best ; die died death dead ; live lived life lives ; long length ; high height ; wide width ; strong
    strength ; married marry marriage wedding ; mouse mice ; disk disc
    """.split(separator: ";")
}
