import type { Statistic } from "#core/stats/stat-input.ts";
import { placeStatistics } from "#core/stats/stat-places.ts";
import { seriesStatistics } from "#core/stats/stat-series.ts";

/** What `boxster stat NAME` runs. */
export const statistics: Readonly<Record<string, Statistic>> = {
  ...placeStatistics,
  ...seriesStatistics,
};
