extension Result {
  /// What asynchronous work came to, as a value: for one of many that are asked at once.
  ///
  /// A function of its own for a reason beyond its callers' comfort: written out in a task group's child, as
  /// `do throws(E) { return (key, .success(try await work())) } catch …`, Swift 6.3.1 miscompiles it when it optimises
  /// – the child's answer then holds a freed `key` (docs/decisions.md).
  @inline(never)
  public static func of(
    isolation: isolated (any Actor)? = #isolation, _ work: () async throws(Failure) -> Success
  ) async -> Self {
    do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
  }
}
