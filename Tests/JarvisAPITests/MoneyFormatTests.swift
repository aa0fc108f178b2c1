import JarvisAPI
import Testing

@Suite struct MoneyFormatTests {
  @Test(
    "ROUTE-03 Money as a person reads it",
    arguments: [
      (0, "$0", "$0"), (1, "<$0.0001", "<$0.0001"), (49, "<$0.0001", "<$0.0001"), (50, "$0.0001", "$0.0001"),
      (700, "$0.0007", "$0.0007"), (9_949, "$0.0099", "$0.01"), (9_950, "$0.010", "$0.01"), (12_345, "$0.012", "$0.01"),
      (420_000, "$0.420", "$0.42"), (999_499, "$0.999", "$1.00"), (999_500, "$1.00", "$1.00"),
      (1_204_999, "$1.20", "$1.20"),
      (12_345_675_000, "$12,345.68", "$12,345.68"), (1_000_000_000_000, "$1,000,000.00", "$1,000,000.00"),
      (-300_000, "-$0.300", "-$0.30"), (-1, "-<$0.0001", "-<$0.0001"),
    ])
  func text(_ amount: Int64, _ text: String, _ short: String) {
    #expect(MicroDollars(amount).text == text)
    #expect(MicroDollars(amount).shortText == short)
  }

  @Test("ROUTE-03 What has no price says so; extremes do not trap")
  func unpriced() {
    #expect(Price.unpriced(model: "x").text == "unpriced")
    #expect(Price.known(.zero).text == "$0")
    #expect(MicroDollars(.max).text == "$9,223,372,036,854.78")
    #expect(MicroDollars(.min).text == "-$9,223,372,036,854.78")
  }
}
