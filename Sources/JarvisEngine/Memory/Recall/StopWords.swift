/// Words that tell nothing about what is asked, in four languages.
enum StopWords {
  static let words = Set(
    (english + " " + german + " " + french + " " + spanish).split(separator: " ").map(String.init))

  /// The same as Porter's rules leave them, for texts that are stemmed already.
  static let stems: Set<String> = words.union([
    "thi", "ha", "wa", "hi", "doe", "ani", "befor", "whi", "dure", "veri", "mani", "onli", "onc", "abov", "becaus",
    "everi",
    "pleas", "someth", "anyth", "realli",
  ])

  /// Words about remembering itself: they are what is asked about only where nothing else is.
  static let meta = Set(
    """
    ask asks asking question questions gefragt fragte frage fragen demande demandé preguntado pregunté pregunte pregunta \
    aussehen look looks discuss discussed discussing discussion talk talked talking said say says tell told mention mentioned remember recall \
    speak spoke spoken speaking happen happened happening happens occur occurred become became becomes news going conversation conversations chat chatted asked ask know memory anything \
    something everything stuff thing things show list find look looked time times please let done exactly details again going \
    besprochen gesprochen geredet reden sprachen besprachen unterhalten gesagt passiert geschehen geworden los geschah erinnerst erinnere weisst weißt sag sage zeig gemacht getan haben \
    dit parle parlé parlions évoqué evoque arrive arrivé devenu discuté discute passe passé souviens souvenir rappelle fait \
    ocurrió ocurrio sucedió sucedio hablábamos comentamos conversamos tratamos dijimos hablamos hablado paso pasó recuerdas recuerda hicimos hiciste dicho
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Words that go with everything: finding them tells little, and alone nothing.
  static let generic = Set(
    """
    decide decided decision agree agreed plan planned buy bought choose chose chosen use used using make made get got want \
    wants need needs number name named called set put keep kept take took run runs new old give gave change changed add \
    added right wrong good bad problem problems trouble issue way thing long big small week month year day night morning \
    evening morning afternoon abend morgen soir matin manana kids strange odd weird lot lots need needed \
    reason happen whole total all mean kind person people work works worked working go goes went come came entschieden \
    gekauft neu alt problem decide achete nouveau decidido comprado nuevo many often likely would supposed \
    possible allowed
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let english = """
    a about above after again all am an and any are aren as at be been before being below between both but by can could d \
    did didn do does doesn doing don down during each else ever few for from further had has have having he her here hers \
    him himself his how i if in into is isn it its itself just ll m me might more most must my myself no nor not now of \
    on once only or other our ours out over own re s same shall she should so some such t than that the their theirs them \
    then there these they this those through to too under until up ve very was we were what when where which while who \
    whom why will with without since via per within upon across along among against yet already also another anybody anyone \
    someone somebody whether would you your yours yourself kind type sort much many like get got may
    """
  private static let german = """
    der die das den dem des ein eine einer einem einen und oder aber ist war waren sind sein hat haben hatte wird wurde \
    wurden ich du er sie es wir ihr mich mir dich uns euch mein dein was wer wie wo wann warum welche welcher welches \
    nicht auch noch schon nur mit von vom zu zum zur bei im auf aus fur nach uber um als wenn dass da denn mal sollen sollte sollten doch wegen seit ohne gegen durch bis dann dort hier diese dieser dieses diesen unser unsere unserem unseren ihre \
    ihren seine seinen jetzt immer wieder alle alles viel viele mehr etwas nichts keine keinen kein damit davon dazu dabei \
    beim vom wieviel wieviele worden gab gibt geht ging lauft man sich selbst zwischen ab an am ob so hatten werde wirst \
    darf darfst muss musst konnen konnte soll sollst sollen werden kann kannst will bitte
    """
  private static let french = """
    le la les l un une des du de d et ou mais est sont etait etaient a ai as avons avez ont avait il elle on nous vous ils \
    elles je j tu me te se ce cet cette ces c qui que qu quoi quand comment pourquoi ou quel quelle quels quelles ne pas n donc alors aussi encore deja plus moins tres tout tous toute toutes cela ca celui celle leur leurs notre nos votre \
    vos mon ma mes ton ta tes son sa ses fait faire faites peux peut pouvons dois doit faut depuis sans vers chez entre selon \
    quelqu lors puis meme aucun aucune rien lui eux suis sommes soit serait aurait quelque avant apres \
    en y sur dans par pour avec au aux s t m
    """
  private static let spanish = """
    el la los las un una unos unas y o pero es son era eran fue ha he hemos han habia yo tu el ella nosotros ellos me te se \
    nos que quien cuando como donde por cual cuales no si en de del al a con para sobre lo le les su sus sin desde hasta entre hacia segun ya tambien muy mas menos todo todos toda todas esto esta este estos estas \
    eso esa ese mi mis tu tus nuestro nuestra nuestros nuestras cuanto cuanta cuantos cuantas hay habia hubo tiene tienen tenemos \
    puede puedes podemos debe hace hacer hizo sera seria cada algun alguna alguno nada ni porque
    """
}
