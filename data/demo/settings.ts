import { parseLocal, parseLocalDate } from "#core/time/zone.ts";

/** London dates of the demonstration. */
export const firstDate = "2020-08-01";
export const operationStart = "2021-08-01";
export const asAtDate = "2021-11-26";

/** Nothing is recorded before this, local milliseconds. */
export const firstLocal = parseLocalDate(firstDate);

/**
 * The last moment that anything is recorded, local milliseconds: early on the as-at day, so that
 * the whole set is visible at almost any time of the real day.
 */
export const lastLocal = parseLocal("2021-11-26T00:30");

/** The operation's published figures for its period: arrests and stops are events, the rest are tallies. */
export const arrests = 63;
export const stopSearches = 141;
export const cautions = 43;
export const sexWorkersIdentified = 60;
export const kerbCrawlersIdentified = 42;

/**
 * How busy a month was against the others: summer up, the lockdowns of November 2020 and of January
 * to March 2021 down. A believable curve, not a measured one.
 */
export const monthWeights: Readonly<Record<string, number>> = {
  "2020-08": 1.1,
  "2020-09": 1.05,
  "2020-10": 1,
  "2020-11": 0.8,
  "2020-12": 0.85,
  "2021-01": 0.6,
  "2021-02": 0.65,
  "2021-03": 0.8,
  "2021-04": 0.95,
  "2021-05": 1.05,
  "2021-06": 1.1,
  "2021-07": 1.1,
  "2021-08": 1.1,
  "2021-09": 1.05,
  "2021-10": 1,
  "2021-11": 0.95,
};

/** What a quiet place would have after the start, for each report before it: from the months' weights. */
export const steadyShare = 0.36;

export type MixName = "street" | "estate" | "elsewhere";

export interface Layer {
  readonly name: string;
  /** Reports from the first date to the day before the operation. */
  readonly before: number;
  /** What became of them, against a quiet place: 1 steady, below 1 a fall. */
  readonly effect: number;
  readonly mix: MixName;
}

/**
 * Reports by place. The counts are fixed and only their order in time, their spot and their kind are
 * drawn, so that every seed tells the same story: a fall where the operation worked, a rise over the
 * line towards Waltham Forest, where the North Circular leads to the estates on the Lea, and no change
 * elsewhere.
 */
export const layers = {
  core: { name: "core", before: 500, effect: 0.48, mix: "street" },
  sideRoads: { name: "side roads", before: 210, effect: 0.9, mix: "street" },
  highRoad: { name: "high road south", before: 185, effect: 1, mix: "street" },
  hertfordRoad: { name: "Hertford Road", before: 165, effect: 1, mix: "elsewhere" },
  hubs: { name: "Haringey's hubs", before: 180, effect: 1, mix: "elsewhere" },
  enfield: { name: "elsewhere in Enfield", before: 185, effect: 1, mix: "elsewhere" },
  haringey: { name: "elsewhere in Haringey", before: 140, effect: 1, mix: "elsewhere" },
  leaInner: { name: "this side of the Lea", before: 66, effect: 3.3, mix: "estate" },
  leaOuter: { name: "beyond the Lea", before: 52, effect: 3, mix: "estate" },
  hackneyInner: { name: "this side of Hackney", before: 46, effect: 1, mix: "elsewhere" },
  hackneyOuter: { name: "in Hackney", before: 42, effect: 1, mix: "elsewhere" },
  barnetInner: { name: "this side of Barnet", before: 46, effect: 1, mix: "elsewhere" },
  barnetOuter: { name: "in Barnet", before: 42, effect: 1, mix: "elsewhere" },
} as const satisfies Record<string, Layer>;
export type LayerName = keyof typeof layers;
