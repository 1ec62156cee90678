import { readDemand } from "#core/patrols/demand/demand-reports.ts";
import { backtest } from "#core/patrols/forecast/backtest.ts";
import type { PlanReports } from "#core/patrols/plan/plan.ts";
import { type ForecastRecordReply, methodNames } from "#core/patrols/wire/forecast-seals.ts";
import { type Fold, foldsBefore } from "#core/stats/folds.ts";
import type { Zone } from "#core/time/zone.ts";

/** So many whole months before the as-at day are forecast and judged. */
const recordMonths = 24;
/** Of the area: what patrols can reach. */
const reached: readonly number[] = [0.01, 0.02, 0.05];

/** How the forecast and the plain counts would have ranked the cells on the reports that a plan learns from, each month by what was known at its start. */
export function forecastRecord(
  { columns, ...given }: PlanReports,
  zone: Zone,
): ForecastRecordReply {
  const { asAt, study } = given;
  const reports = readDemand(columns, { zone, ...given });
  const next = { from: `${zone.dateOf(asAt).slice(0, 8)}01` };
  const folds = foldsBefore(zone, next, "month", recordMonths);
  const { from } = folds[0] as Fold;
  const { to } = folds.at(-1) as Fold;
  const results = backtest(
    { reports, study, zone, horizon: "month" },
    { from, to, methods: methodNames },
  );
  const months = Math.max(...results.map((result) => result.folds));
  return {
    ...(months > 0 ? { from, to } : { from: null, to: null }),
    months,
    reports: reports.cell.length,
    methods: methodNames.map((method, at) => ({
      method,
      shares: (results[at]?.shares ?? [])
        .filter(({ share }) => reached.includes(share))
        .map(({ share, toBestCount }) => ({ share, toBestCount })),
    })),
  };
}
