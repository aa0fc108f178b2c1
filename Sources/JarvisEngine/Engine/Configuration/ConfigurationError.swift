import JarvisAPI

/// What is wrong with a configuration: file, line, key, and what would mend it.
public struct ConfigurationError: Error, Sendable, Hashable {
  /// The file's path, or the variable's name.
  public var source: String
  /// 1-based; nil where no line is to blame.
  public var line: Int?
  public var problem: String
  public var advice: String
  public init(source: String, line: Int? = nil, problem: String, advice: String = "") {
    self.source = source
    self.line = line
    self.problem = problem
    self.advice = advice
  }

  public var userFacing: UserFacingError {
    let place = line.map { "\(source), line \($0)" } ?? source
    return UserFacingError(
      .configuration, attempted: "read the configuration (\(place))", reason: problem, advice: advice)
  }
}
