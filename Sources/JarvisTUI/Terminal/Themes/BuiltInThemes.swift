/// The theme files that are part of the binary.
enum BuiltInThemes {
  /// Their bytes by name. Made at the first use, not at the start of the program.
  static let files: [String: [UInt8]] = [
    "amber": PackageResources.amber_yaml,
    "blade": PackageResources.blade_yaml,
    "colour-blind": PackageResources.colour_blind_yaml,
    "high-contrast": PackageResources.high_contrast_yaml,
    "interstellar": PackageResources.interstellar_yaml,
    "jarvis": PackageResources.jarvis_yaml,
    "matrix": PackageResources.matrix_yaml,
    "mono": PackageResources.mono_yaml,
    "nord": PackageResources.nord_yaml,
    "tron": PackageResources.tron_yaml,
  ]
}
