import Supervision
import Testing

@Suite struct `Figures for Prometheus` {
  @Test func `are written as its text format has them`() {
    let text = metricsText([
      Metric(
        "a_total", .counter, "Files\\ of\nboth.",
        [.init(12, .init("outcome", "x\"y\\\n镇")), .init(0.5, .init("outcome", "b"))]),
      Metric("b", .gauge, "Nothing.", []),
      Metric("c", .gauge, "Plain.", [.init(1_700_000_000.25)]),
    ])
    #expect(
      text == """
        # HELP a_total Files\\\\ of\\nboth.
        # TYPE a_total counter
        a_total{outcome="x\\"y\\\\\\n镇"} 12
        a_total{outcome="b"} 0.5
        # HELP c Plain.
        # TYPE c gauge
        c 1700000000.25

        """)
  }
}
