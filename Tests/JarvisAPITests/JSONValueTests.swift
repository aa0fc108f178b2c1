import JarvisAPI
import Testing

struct JSONValueTests {
  @Test(
    "TEST-10 a whole number is only what 64 bits hold, whatever a guest writes",
    arguments: [
      (.int(12), 12), (.double(12.6), 13), (.string("12"), 12), (.string("nan"), nil),
      (.string("inf"), nil), (.double(1e300), nil), (.string("-1e19"), nil), (.string("much"), nil), (.null, nil),
      (.bool(true), nil),
    ] as [(JSONValue, Int64?)])
  func whole(value: JSONValue, whole: Int64?) {
    #expect(value.whole == whole)
  }
}
