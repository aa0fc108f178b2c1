/// The words that speak for work on the cluster or for talk, in English, German, French and Spanish; folded.
///
/// A short list on purpose: it is the seam that a trained classifier replaces.
enum Lexicon {
  /// Stems of verbs that change something.
  static let changes = [
    "restart", "reboot", "shutdown", "shut", "stop", "start", "boot", "bounce", "kill", "kick", "halt", "resume",
    "suspend",
    "migrat", "move", "snapshot", "roll", "backup", "restor", "clone", "creat", "delet", "destroy", "resiz", "reset",
    "turn",
    "power", "update", "upgrad", "neustart", "starte", "stopp", "fahr", "herunter", "beend", "loesch", "verschieb",
    "redemarr",
    "demarr", "arret", "eteins", "reinici", "inici", "deten", "apag", "encien", "arranc",
  ]
  /// Stems of words that ask for a state.
  static let states = [
    "status", "state", "health", "ok", "okay", "fine", "wrong", "down", "dead", "offline", "online", "up", "running",
    "stopped",
    "crash", "slow", "fail", "error", "broken", "alert", "problem", "trouble", "full", "free", "left", "usage", "used",
    "load",
    "uptime", "temperatur", "happen", "reachable", "unreachable", "hang", "stuck", "langsam", "kaputt", "laufen",
    "lauft",
    "lauf", "voll", "frei", "geht", "tot", "lent", "panne", "plein", "marche", "tourne", "lento", "caido", "lleno",
    "funciona",
  ]
  /// Things of a cluster.
  static let things = [
    "cluster", "node", "nodes", "guest", "guests", "vm", "vms", "container", "containers", "ct", "lxc", "qemu",
    "storage",
    "disk", "disks", "pool", "memory", "ram", "cpu", "task", "tasks", "log", "logs", "backup", "backups", "snapshot",
    "snapshots",
    "quorum", "server", "servers", "network", "traffic", "everything", "anything", "dns", "knoten", "speicher", "alles",
    "festplatte", "noeud", "noeuds", "tout", "disque", "nodo", "nodos", "todo", "disco", "maquina", "maquinas",
  ]
  /// Words that tie a thing to this cluster and this moment.
  static let here = [
    "my", "our", "now", "currently", "today", "tonight", "last", "which", "list", "show", "check", "how", "many",
    "much", "is",
    "are", "any", "since", "mein", "meine", "meinem", "jetzt", "gerade", "welche", "zeig", "ist", "sind", "mon", "mes",
    "maintenant", "quels", "montre", "est", "mi", "mis", "ahora", "cuales", "cuantos", "muestra", "esta", "estan",
  ]
  /// Openings of questions about the world rather than about this cluster.
  static let explains = [
    "what is", "what s", "what are", "whats", "what does", "explain", "define", "difference between", "how does",
    "how do i",
    "why do people", "tell me about", "in one sentence", "in general", "meaning of", "write", "poem", "joke", "story",
    "haiku",
    "translate", "summarize", "was ist", "was sind", "erklar", "unterschied zwischen", "ubersetz", "qu est ce",
    "c est quoi",
    "explique", "que es", "que son", "explica", "traduce", "recommend", "best practice", "should i",
  ]
  /// Words that are talk by themselves.
  static let courtesies = [
    "thanks", "thank", "hello", "hi", "hey", "good", "morning", "evening", "bye", "please", "danke", "hallo", "merci",
    "bonjour",
    "gracias", "hola", "cool", "great", "nice", "ok", "okay", "yes", "no",
  ]
  /// Words by which a short message leans on the one before.
  static let followUps = [
    "and", "it", "that", "them", "this", "again", "also", "und", "es", "das", "et", "ca", "y", "eso", "why", "there",
  ]
}
