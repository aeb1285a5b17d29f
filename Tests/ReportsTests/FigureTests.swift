import Reports
import Testing

@Suite struct Figures {
  @Test(arguments: [
    ("0", "0"), ("12", "12"), ("007", "7"), ("-3", "-3"), ("+3", "3"), ("2.50", "2.50"),
    ("0.05", "0.05"), ("43.788", "43.788"), ("-0.5", "-0.5"),
    ("999999999999999999", "999999999999999999"),
  ])
  func `a figure is printed as it was written`(text: String, printed: String) {
    #expect(Figure(text)?.description == printed)
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".5", "1.2.3", "12件", "１２", "1,234", "1e3", "1234567890123456789",
    // Found by fuzzing: more than 64 bits hold, in the last digit alone.
    "9999999999999999999", "99999999999999999999999999", "-9999999999999999999",
    "0.9999999999999999999",
  ])
  func `what is no plain decimal is no figure`(text: String) {
    #expect(Figure(text) == nil)
  }

  @Test func `amounts compare by value and not by print`() {
    #expect(Figure("2.5")!.equals(Figure("2.50")!))
    #expect(Figure("2.5")! != Figure("2.50")!)
    #expect(Figure("-1")! < Figure("0.01")!)
    #expect((Figure("0.1")! + Figure("0.2")!).equals(Figure("0.3")!))
    #expect((Figure("5")! - Figure("7.25")!).description == "-2.25")
  }

  @Test func `only whole amounts are integers`() {
    #expect(Figure("5.0")!.integer == 5)
    #expect(Figure("5.5")!.integer == nil)
  }
}

@Suite struct Times {
  @Test(arguments: [
    (Int64(0), "1970-01-01T08:00:00.000000+08:00"),
    (1_706_577_605_000_123, "2024-01-30T09:20:05.000123+08:00"),
    (1_709_135_999_999_999, "2024-02-28T23:59:59.999999+08:00"),
    (-1, "1970-01-01T07:59:59.999999+08:00"),
  ])
  func `a moment is written in China's time`(microseconds: Int64, text: String) {
    #expect(Timestamp(microseconds: microseconds).description == text)
  }

  @Test(arguments: ["2023-02-29", "2023-13-01", "2023-00-10", "2023-1", "x-y-z", "2023-01-32"])
  func `a date that the calendar does not have is none`(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test(arguments: [0, 1, 59, 60, 365, 366, 11_016, 11_017, 19_722, 20_454])
  func `a date knows its days since 1970`(days: Int) {
    let noon = Timestamp(microseconds: (Int64(days) * 86_400 + 4 * 3600) * 1_000_000)
    #expect(noon.date.daysSince1970 == days)
  }
}
