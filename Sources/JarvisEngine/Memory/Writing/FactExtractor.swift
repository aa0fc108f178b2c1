import JarvisAPI

struct FactExtractor {
  let inventory: MemoryInventory
  func preference(in text: String) -> Preference? { nil }
}
