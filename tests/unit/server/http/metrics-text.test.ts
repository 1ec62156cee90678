import { expect, test } from "vitest";
import { createHistogram, gauge, writeMetrics } from "#server/http/metrics-text.ts";

test("metrics are written in Prometheus' text format, with its escapes, and none without a sample", () => {
  const text = writeMetrics([
    gauge("boxster_open", "Open\nones, by \\.", 3),
    {
      name: "boxster_asked_total",
      help: "Asked.",
      type: "counter",
      samples: [{ labels: { route: '/a"b\\c\nd', status: "2xx" }, value: 1.5 }],
    },
    { name: "boxster_never", help: "None.", type: "gauge", samples: [] },
  ]);
  expect(text).toBe(
    [
      "# HELP boxster_open Open\\nones, by \\\\.",
      "# TYPE boxster_open gauge",
      "boxster_open 3",
      "# HELP boxster_asked_total Asked.",
      "# TYPE boxster_asked_total counter",
      'boxster_asked_total{route="/a\\"b\\\\c\\nd",status="2xx"} 1.5',
      "",
    ].join("\n"),
  );
});

test("a histogram counts what is at or below each bound, and everything below infinity", () => {
  const histogram = createHistogram([0.1, 1]);
  for (const value of [0.05, 0.1, 0.5, 7]) histogram.observe(value);
  const text = writeMetrics([
    { name: "t", help: "T.", type: "histogram", samples: histogram.samples({ route: "r" }) },
  ]);
  expect(text.split("\n").slice(2, -1)).toEqual([
    't_bucket{route="r",le="0.1"} 2',
    't_bucket{route="r",le="1"} 3',
    't_bucket{route="r",le="+Inf"} 4',
    't_sum{route="r"} 7.65',
    't_count{route="r"} 4',
  ]);
});

test("numbers that are none are written as Prometheus reads them, and a name it cannot read is refused", () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e21];
  expect(values.map((value) => writeMetrics([gauge("n", "N.", value)]).split("\n")[2])).toEqual([
    "n NaN",
    "n +Inf",
    "n -Inf",
    "n 1e+21",
  ]);
  expect(() => writeMetrics([gauge("a b", "A.", 1)])).toThrow('"a b" cannot name a metric');
});
