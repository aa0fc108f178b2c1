/// Words whose class says more than they do themselves, in the operator's languages; folded stems.
///
/// They are features, not rules: the model weighs them (`docs/routing.md`).
enum Lexicon {
  /// What a word may be: bits of a `WordMap`.
  struct Sense: OptionSet, Sendable {
    let rawValue: UInt32
    static let change = Sense(rawValue: 1 << 0)
    static let read = Sense(rawValue: 1 << 1)
    static let explain = Sense(rawValue: 1 << 2)
    static let create = Sense(rawValue: 1 << 3)
    static let thing = Sense(rawValue: 1 << 4)
    static let own = Sense(rawValue: 1 << 5)
    static let now = Sense(rawValue: 1 << 6)
    static let trouble = Sense(rawValue: 1 << 7)
    static let courtesy = Sense(rawValue: 1 << 8)
    static let command = Sense(rawValue: 1 << 9)
    static let service = Sense(rawValue: 1 << 10)
    static let general = Sense(rawValue: 1 << 11)
    static let english = Sense(rawValue: 1 << 12)
    static let german = Sense(rawValue: 1 << 13)
    static let french = Sense(rawValue: 1 << 14)
    static let spanish = Sense(rawValue: 1 << 15)
    static let otherLatin = Sense(rawValue: 1 << 16)

    /// All but the languages.
    static let kinds: [Sense] = [
      .change, .read, .explain, .create, .thing, .own, .now, .trouble, .courtesy, .command, .service, .general,
    ]
    static let languages: [Sense] = [.english, .german, .french, .spanish, .otherLatin]
  }

  /// Words of the trade.
  static let trade: Sense = [.thing, .command, .service, .change, .trouble]

  /// Whole words.
  static let words = WordMap(entries(whole))
  /// Beginnings of words, of `stemLengths` bytes.
  static let stems = WordMap(entries(beginnings))
  /// Lengths that stems have: what is looked up of each word.
  static let stemLengths = 4...8

  /// Names of everyday life that are also names of nodes and guests: such a name alone proves nothing.
  static let ordinaryNames: Set<UInt64> = Set(
    list(
      """
      home agent backup backups local web mail db database media cloud office main server storage data test dev prod music \
      photo photos game games proxy dns vault wiki git monitor monitoring lab node host docker router files share print \
      master worker primary desktop windows linux work guest cluster big small new old one two cache fast slow archive \
      build shop blog radio tv camera garage kitchen basement nas infra core edge alpha beta atlas jarvis
      """
    ).map { Hash64($0).value })

  private static func list(_ words: String) -> [String] { words.split(separator: " ").map(String.init) }

  private static func entries(_ table: [(Sense, String)]) -> [(UInt64, UInt32)] {
    table.flatMap { sense, words in list(words).map { (Hash64($0).value, sense.rawValue) } }
  }

  private static let whole: [(Sense, String)] = [
    (
      .command,
      "qm pct pvecm pvesh pvesm zpool zfs vzdump lvs vgs df du top htop ls ps systemctl journalctl kubectl docker ip ss "
        + "lsblk ping dig curl ssh rsync grep awk sed tail cat free uptime smartctl iostat pveversion ceph"
    ),
    (
      .own,
      "my our mein meine meinem meiner unser unsere mon ma mes notre nos mi mis nuestro nuestra mio mia mijn meu minha"
    ),
    (
      .now,
      "now currently today tonight still again since yesterday anymore right jetzt gerade heute noch wieder seit gestern "
        + "mehr schon maintenant encore depuis hier plus ahora hoy todavia desde ayer otra ya ora ancora nu weer agora ainda"
    ),
    (
      .courtesy,
      "thanks thank thx hello hi hey bye morning evening night welcome please danke hallo moin bitte merci bonjour salut "
        + "bonsoir gracias hola buenas buenos grazie ciao bedankt hoi obrigado obrigada ola cheers cool great nice perfect "
        + "super ok okay lol haha"
    ),
    (
      .service,
      "jellyfin plex nextcloud immich grafana prometheus vaultwarden bitwarden homeassistant frigate gitea pihole adguard "
        + "traefik nginx postgres postgresql mariadb mysql redis samba unifi mosquitto zigbee2mqtt paperless sonarr radarr "
        + "minio influxdb caddy haproxy wireguard emby navidrome authentik loki keycloak gitlab mongodb elasticsearch "
        + "rabbitmq openvpn tailscale syncthing audiobookshelf esphome truenas opnsense pfsense portainer proxmox kodi "
        + "transmission qbittorrent owncloud photoprism matrix synapse zabbix uptime-kuma node-red technitium unbound"
    ),
    (
      .trouble,
      "dead down slow gone broken stuck full offline laggy frozen tot voll weg lahm mort lent plein caido lento lleno kaputt"
    ),
    (.explain, "what's whats why was que quoi define que cos wat"),
    (.english, "the is are of to and in my what how it on for that do can you a an does i me with was"),
    (.german, "der die das ist und ein eine nicht wie was ich auf mit von den dem mir wir es zu im auf fur du kann"),
    (.french, "le la les est et un une des que qui je ne pas sur pour dans du au ce il elle nous plus avec de"),
    (.spanish, "el la los las es y un una que no en por para con del al se me mi lo como esta cuanto"),
    (.otherLatin, "il di che non per het een van niet op de o os as um uma nao do da em sono zijn"),
  ]

  private static let beginnings: [(Sense, String)] = [
    (
      .change,
      "restar reboot shutdown bounce migrat relocat destroy delet remov resiz upgrad updat patch clone unlock evacuat "
        + "provisi instal rollback reinic apaga arranc detener enciend muev mueve borra elimin redem arrete etein "
        + "eteign demarr deplac supprim neusta starte stopp herunt runter verschi losch aktuali migrie hochfah sicher "
        + "riavvi spegni avvia sposta herstart verplaats verwijd desliga snapsh schnapp instant cancel abort abbrec"
    ),
    (
      .read,
      "show list check inspec compar status display verif zeig liste pruf schau montr affich verifi muestr muestra compru "
        + "revis mostra toon laat"
    ),
    (
      .explain,
      "expla erkla explic expliq defin differ untersc difere differen mean bedeut signif teach learn beispiel example exempl "
        + "ejempl beginn spieg uitleg verschil theor genera grunds normal typic usual"
    ),
    (
      .create,
      "poem story haiku joke essay song limeri gedich geschic witz poeme blague histoi cuento chiste poema ubersetz translat "
        + "traduc tradui recip rezept recett receta write schreib ecri escrib compose draft proofr rewri rephra summar"
    ),
    (
      .thing,
      "cluster node guest contain machine virtual storag disk memory snapsh backup quorum network server replica datast pool "
        + "knoten speich platte festpl siche conten noeud disque sauve memoire maquina nodo disco copia memoria kernel "
        + "syslog journal logs firewal bridge cores uptime proxmo sicherung schnappsch"
    ),
    (
      .trouble,
      "crash hang fail error broke stutt buffer freez unreach timeout lagg swapp overlo degrad kaputt hangt ruckel spinnt "
        + "absturz langsa fehle plant rame satur saccad bloque erreur cuelg falla lentis trava caiu hapert traag "
        + "problem wrong issue trouble alert warn alarm"
    ),
    (
      .general,
      "weather wetter meteo tiempo capital hauptst recipe cook movie film book music song travel hotel restaur football "
        + "president history philos letter birthda econom animal"
    ),
  ]
}
