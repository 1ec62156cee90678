import type { Measure } from "#client/hotspots/view.ts";

/** Ranked by the test, the fills step back behind the outlines; the legend steps back with them. */
export const fillOpacity: Readonly<Record<Measure, number>> = {
  count: 0.8,
  hot: 0.4,
  change: 0.8,
  emerging: 0.8,
  effort: 0.8,
};
