import { expect, test } from "vitest";
import { gauge, writeMetrics } from "#server/http/metrics-text.ts";

test("metrics are written in Prometheus' text format, with its escapes", () => {
  const text = writeMetrics([
    gauge("boxster_open", "Open ones.", 3),
    {
      name: "boxster_asked_total",
      help: "Asked.",
      type: "counter",
      samples: [{ labels: { route: '/a"b\\c\nd', status: "2xx" }, value: 1.5 }],
    },
  ]);
  expect(text).toBe(
    [
      "# HELP boxster_open Open ones.",
      "# TYPE boxster_open gauge",
      "boxster_open 3",
      "# HELP boxster_asked_total Asked.",
      "# TYPE boxster_asked_total counter",
      'boxster_asked_total{route="/a\\"b\\\\c\\nd",status="2xx"} 1.5',
      "",
    ].join("\n"),
  );
});
