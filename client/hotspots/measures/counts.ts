import { defineMeasure } from "#client/hotspots/measures/measure.ts";

const both = { showsCounts: true, canBePinned: true, looks: [] } as const;

export const count = defineMeasure({
  ...both,
  id: "count",
  name: "Count",
  help: "How many reports each place has in the chosen dates and hours. A report with an uncertain time is spread over the hours it may have happened in. It does not test significance or change. Nor does it show what nobody reported: places where people complain more look worse.",
  rankedBy: "count",
  sort: { key: "weight", down: true },
  rank: "count",
  opacity: 0.9,
});

export const significance = defineMeasure({
  ...both,
  id: "significance",
  name: "Significance",
  help: "Which places, alone or with neighbouring cells, have significantly more reports than an even spread over the area would give. The test is exact and adjusted for multiple testing. Reports follow streets and homes, so most hotspots are where people live and pass. It does not show why, or whether a place got worse. A place that is not a hotspot may still matter. Results depend on the area chosen.",
  rankedBy: "significance",
  sort: { key: "q", down: false },
  rank: "gi",
  // Ranked by the test, fills and legend fade behind the outlines.
  opacity: 0.65,
});
