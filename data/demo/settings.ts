import { parseLocal, parseLocalDate } from "#core/time/zone.ts";

/** Local dates of the demonstration. */
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

export const mixNames = ["street", "estate", "elsewhere"] as const;
export type MixName = (typeof mixNames)[number];
