/// What a question is about, as far as its words tell.
enum MindTopic: String, Sendable, CaseIterable {
  /// The whole: "is everything ok?".
  case overview
  case nodes, guests, storage, tasks, log, events, config
  /// Figures of something: load, memory, uptime, state.
  case figures
  /// Something is bad and the person wants to know why.
  case trouble

  /// English, German, French and Spanish words, folded. A word ending in `*` stands for all that begin with it.
  private static let lexicon: [(MindTopic, String)] = [
    (
      .overview,
      """
      everything everyone overall healthy health status summary overview problem* issue* fine ok okay alright wrong cluster
      alles ordnung gesund zustand uberblick ubersicht lage tout bien sante etat probleme* todo estado salud salvo resumen
      attention critical warning* alert* alarm* unusual worry sick situation
      """
    ),
    (.nodes, "node nodes host hosts hypervisor* server servers knoten noeud noeuds nodo nodos version quorum quorate"),
    (
      .guests,
      """
      guest guests vm vms container containers lxc lxcs ct cts machine machines qemu gast gaste gasten maschine* invite
      invites huesped* template* vorlage* maquina* contenedor* conteneur* running stopped workload* lauft laufen tourne* corriendo
      """
    ),
    (
      .storage,
      """
      storage storages disk disks space full fullest capacity pool pools speicher* platte platten voll vollste* platz
      stockage disque* plein place almacenamiento disco discos lleno llena espacio datastore* zpool* room filling
      """
    ),
    (
      .tasks,
      """
      task tasks job jobs backup backups vzdump migration* aufgabe* sicherung* tache taches sauvegarde* tarea tareas
      respaldo* copia copias
      """
    ),
    (.log, "log logs output protokoll* journal registro* ausgabe sortie"),
    (
      .events,
      """
      event events happened happen happening happens ereignis* passiert geschehen evenement* evento eventos passe pasado
      paso occurred overnight lately recent recently
      """
    ),
    (
      .config,
      """
      config configuration configured settings options konfiguration einstellung* configuracion reglages cores assigned
      cpus vcpus vcpu onboot mac bridge network ip netzwerk reseau red
      """
    ),
    (
      .figures,
      """
      cpu load memory ram usage use uses using used eats eating hogs hogging consumes uptime last auslastung speicherverbrauch charge memoire uso memoria carga busy
      busiest swap iowait hungriest consumption up doing online offline
      """
    ),
    (
      .trouble,
      """
      slow slowly sluggish lagging laggy hang* hung stuck frozen freez* crash* fail* failed failing dead down broken
      unreachable unresponsive respond* responding unavailable timeout* flapping lahm langsam hangt hangen kaputt tot
      abgesturzt ausgefallen lent lente bloque* plante panne mort lento lenta colgad* caido caida muert* kaputte weird
      struggling suffering acting
      """
    ),
  ]

  private static let exact: [String: Set<MindTopic>] = {
    var table: [String: Set<MindTopic>] = [:]
    for (topic, words) in lexicon {
      for word in words.split(whereSeparator: \.isWhitespace) where !word.hasSuffix("*") {
        table[String(word), default: []].insert(topic)
      }
    }
    return table
  }()

  private static let stems: [(stem: String, topic: MindTopic)] = lexicon.flatMap { topic, words in
    words.split(whereSeparator: \.isWhitespace).filter { $0.hasSuffix("*") }.map { (String($0.dropLast()), topic) }
  }

  /// The topics that a word speaks of.
  static func of(_ word: String) -> Set<MindTopic> {
    var topics = exact[word] ?? []
    for (stem, topic) in stems where word.hasPrefix(stem) { topics.insert(topic) }
    return topics
  }
}
