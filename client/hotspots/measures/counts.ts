import { defineMeasure } from "#client/hotspots/measures/measure.ts";

const both = { showsCounts: true, looks: [] } as const;

export const count = defineMeasure({
  ...both,
  id: "count",
  name: "Count",
  help: "How many reports lie in each place in the chosen dates and hours; one with an uncertain time is spread over the hours in which it may have happened. It shows where most was reported. It does not show whether that is significantly more, whether it is getting better or worse, or what nobody reported: places where people complain readily look worse than places where they do not.",
  rankedBy: "count",
  sort: { key: "weight", down: true },
  rank: "count",
  opacity: 0.8,
});

export const hot = defineMeasure({
  ...both,
  id: "hot",
  name: "Significance",
  help: "Which places have, alone or with their neighbouring cells, significantly more reports than an even spread over the study area would give. The test is exact and adjusted for multiple testing. Reports follow streets and homes, so most hotspots are where people live and pass. It does not show why, nor that a place is worse than last month, and a place without an outline may still matter. In another study area the same place may come out differently.",
  rankedBy: "significance",
  sort: { key: "q", down: false },
  rank: "gi",
  // Ranked by the test, the fills step back behind the outlines; the legend steps back with them.
  opacity: 0.4,
});
