import JarvisRouting

/// Fills the families of the corpus: many messages of each, with names, slips, courtesies and contexts mixed in.
///
/// Each family has random numbers of its own, drawn from its text, so that a new one changes no other.
public struct CorpusGenerator: Sendable {
  /// Messages of one family at most.
  static let maximumRows = 64
  static let minimumRows = 4
  /// Of a hundred families so many are kept for validation.
  static let validationShare = 12

  /// Of a hundred places for a guest's name so many name a service, and of those services so many are guests after all.
  static let guestIsService = 22
  static let serviceIsGuest = 45

  /// "thanks", "and why?": so short that everybody says it in the same words.
  static let anybodysWords = 2

  let files: CorpusFiles

  public init(_ files: CorpusFiles) { self.files = files }

  /// The messages of all families with their truth, for looking at what the model is trained on.
  public func messages() -> [(text: String, needsTools: Bool, validates: Bool)] {
    rows().map { ($0.text, $0.needsTools, $0.validates) }
  }

  func rows() -> [TrainingRow] {
    var rows: [TrainingRow] = []
    for family in files.families {
      var random = SplitMix(seed: Self.seed(family))
      let validates = random.chance(Self.validationShare)
      let count = min(Self.maximumRows, max(Self.minimumRows, family.template.variants))
      // A family counts by the root of its size: broad ones more, but not by the number of their words.
      let weight = 6 / Double(count).squareRoot()
      for _ in 0..<count {
        var cluster = InventedCluster(&random)
        var services: [String] = []
        var text = family.template.fill(&random) { slot, random in
          // People name a service also where no guest is called so.
          let asked = slot == "guest" && random.chance(Self.guestIsService) ? "svc" : slot
          let filling = Self.filling(asked, files.slots, cluster, &random, depth: 0)
          if asked == "svc" { services.append(filling) }
          return filling
        }
        // And many a guest is called as its service.
        for service in services where random.chance(Self.serviceIsGuest) { cluster.add(service) }
        text = Disguise.apply(to: text, talk: !family.needsTools, isFollowUp: family.follows != nil, &random)
        let preceding = Self.preceding(family, &random)
        if files.withheld.contains(CorpusFiles.folded(text)), text.split(separator: " ").count > Self.anybodysWords {
          continue
        }
        rows.append(
          TrainingRow(
            text: text,
            features: FeatureExtractor.features(of: text, inventory: cluster.inventory, after: preceding),
            needsTools: family.needsTools, strong: family.strong, weight: weight, validates: validates))
      }
    }
    return rows
  }

  private static func seed(_ family: CorpusFiles.Family) -> UInt64 {
    (family.file + "/" + family.source).utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func filling(
    _ slot: String, _ slots: [String: [String]], _ cluster: InventedCluster, _ random: inout SplitMix, depth: Int
  ) -> String {
    if let name = cluster.name(slot, &random) { return name }
    guard let options = slots[slot], depth < 3 else { return slot }
    // A log line has slots of its own.
    return Template(random.pick(options), slots: slot == "log" ? Set(slots.keys).union(CorpusFiles.names) : [])
      .fill(&random) { inner, random in filling(inner, slots, cluster, &random, depth: depth + 1) }
  }

  private static func preceding(_ family: CorpusFiles.Family, _ random: inout SplitMix) -> Preceding {
    switch family.follows {
    case "tools": family.needsTools && random.chance(25) ? .offer : .tools
    case "offer": .offer
    case "talk": .talk
    default:
      // A whole sentence means the same wherever it stands.
      switch random.below(100) {
      case 0..<55: .nothing
      case 55..<75: .talk
      case 75..<93: .tools
      default: .offer
      }
    }
  }
}
