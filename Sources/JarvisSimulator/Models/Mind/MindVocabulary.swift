/// Words that carry no name: the glue of four languages and the everyday words around a homelab.
enum MindVocabulary {
  /// True for a word that the mind knows, so that it is no unknown name.
  static func knows(_ word: String) -> Bool {
    glue.contains(word) || ambiguousNames.contains(word) || ActionVerb.vocabulary.contains(word)
      || CommandReader.otherVerbs[word] != nil
      || CommandReader.fillers.contains(word) || CommandReader.questionWords.contains(word)
      || !MindTopic.of(word).isEmpty
      || word.allSatisfy(\.isNumber) || word.count < 2
  }

  /// Names that are also everyday words: they count as names only where the sentence makes them one.
  static let ambiguousNames: Set<String> = [
    "home", "backup", "agent", "local", "status", "log", "logs", "config", "storage", "cluster", "node", "data", "test",
    "all", "up", "help", "time", "memory", "disk", "cpu", "server", "host", "main", "guest", "running", "full", "ok",
    "it",
    "on", "is", "down", "work", "office", "live", "start", "stop",
  ]

  /// Everyday words that people like to call a machine.
  static let likelyNodeNames: Set<String> = [
    "home", "backup", "agent", "local", "main", "test", "office", "data", "work", "live", "server", "storage",
  ]

  /// Words that make the next word a name.
  static let beforeName: Set<String> = [
    "node", "nodes", "knoten", "noeud", "nodo", "host", "guest", "vm", "ct", "container", "lxc", "on", "auf", "sur",
    "en",
    "im", "at", "is", "ist", "esta", "est", "and", "und", "et", "y", "about", "with", "mit", "does", "did", "of", "for",
    "why", "named", "called", "e", "or", "oder", "server", "machine", "storage", "vs", "than", "to", "has", "hat",
  ]

  /// Words that make the word before them a name.
  static let afterName: Set<String> = [
    "node", "is", "isnt", "offline", "online", "down", "up", "slow", "ok", "okay", "fine", "doing", "server", "machine",
    "box", "host", "s", "ist", "cpu", "load", "memory", "ram", "uptime", "lahm", "langsam", "healthy", "alive", "dead",
    "back", "vm", "container", "again", "hangs", "crashed", "reachable", "has", "uses",
  ]

  /// Words after which an everyday word is not a name: "last backup".
  static let notBeforeName: Set<String> = [
    "last", "latest", "failed", "a", "an", "my", "any", "the", "vzdump", "nightly", "letztes", "letzte", "dernier",
    "derniere", "ultimo", "ultima", "todays", "next", "every", "daily", "weekly", "no", "some", "go",
  ]

  /// Words before which an everyday word is not a name: "backup of pihole".
  static let notAfterName: Set<String> = [
    "of", "job", "jobs", "task", "tasks", "von", "de", "finished", "fail", "failed", "lab", "strategy", "rule", "run",
    "ran",
  ]

  /// Pronouns that point back at what was spoken of.
  static let pronouns: Set<String> = [
    "it", "its", "that", "this", "him", "her", "them", "they", "he", "she", "es", "ihn", "sie", "ihm", "le", "la", "lo",
    "ca", "cela", "eso", "esto", "same", "both",
  ]

  private static let glue: Set<String> = Set(
    """
    the a an and or but if then than of to in on at by for from with without about as into over under up off out down back
    again is are was were be been being am do does did done has have had having can could would should will shall may
    might must not no nor yes i you he she it we they me my mine your yours his her its our us them this that these those
    there here what whats which who whom whose when where why report how much many more most less least any some all every each
    both other another one two three ones thing things please thanks thank hi hello hey good great nice cool really very
    too also just only still already yet now today yesterday tonight morning night week month day days hour hours minute
    minutes ago since until before after during lately currently moment time times go going goes went come comes get gets
    got give gives gave make made take took know think see look looking looks like want need needs let lets tell show
    explain describe list say says said write put set use work works working mean means meant happen everything anything
    something nothing everybody around there something between currently me near tell us name names called named id
    percent highest lowest high low most largest smallest biggest big small top best worst hot free left total average
    first last next new old same such own else ever never always often sometimes maybe perhaps probably because so well
    right sure check checked checking look please could question questions answer help idea seems seem feel feels isnt
    arent wasnt dont doesnt didnt cant cannot couldnt wont wouldnt shouldnt havent hasnt im ive id ill youre youve theyre
    whos wheres hows heres theres lot lots bit kind sort way long short soon later once twice enough quite pretty
    der die das den dem des ein eine einen einem einer und oder aber wenn dann als wie so nicht kein keine ja nein ich du
    er sie es wir ihr mich dich mir dir mein meine dein deine unser ist sind war waren bin bist sein hat habe haben hatte
    kann konnen wird werden soll muss mit ohne von vom zu zum zur auf in im an am bei nach vor aus uber unter fur um
    bis seit noch schon nur auch immer nie mehr weniger viel viele alle alles was wer wo wann warum wieso welche welcher
    welches hier dort jetzt heute gestern bitte danke gerade mal doch los geht gehts gibt gib zeig sag macht mach
    le la les un une des du de au aux et ou mais si non oui ne pas plus moins tres je tu il elle on nous vous ils elles
    mon ma mes ton ta tes son sa ses ce cette ces est sont etait suis es ai as a avons avez ont peux peut fait faire va
    avec sans dans sur sous pour par chez vers avant apres depuis encore deja aussi ici quel quelle quels quelles qui que
    quoi ou quand comment pourquoi combien merci
    el los las unos unas y o pero no es son era esta estan estoy hay ser he ha han tengo tiene puedo puede con sin del al
    para por sobre entre desde hasta muy mas menos ya aun tambien aqui alli mi mis tu tus su sus yo nos lo se le que
    quien como cuando donde cual hola gracias favor esta este
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
