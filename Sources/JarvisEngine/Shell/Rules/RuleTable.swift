/// The one table: every program that is known, with what it may do.
enum RuleTable {
  static let programs: [String: Program] = {
    var all: [String: Program] = [:]
    for family in families {
      for (name, program) in family.programs { all[name] = program }
    }
    return all
  }()

  private static let families: [Family] =
    CoreutilsRules.families + TextRules.families + SystemRules.families + HardwareRules.families + NetworkRules.families
    + StorageRules.families + ProxmoxRules.families + CephRules.families + ContainerRules.families
    + PackageRules.families
    + ServiceRules.families + DestructiveRules.families + WrapperRules.families + LanguageRules.families
    + ArchiveRules.families + AccountRules.families + BuiltinRules.families + CryptoRules.families
}
