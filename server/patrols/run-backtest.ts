import { studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { type BacktestRequest, backtest } from "#core/patrols/forecast/backtest.ts";
import { methodNames, methodWords } from "#core/patrols/forecast/methods.ts";
import { type Reports, reportsOf } from "#core/patrols/forecast/reports.ts";
import type { BacktestQuery, BacktestReply } from "#core/patrols/wire/backtest.ts";
import { parentStudySet } from "#core/places/study-set.ts";
import type { Actor } from "#core/role.ts";
import { type Fold, foldsBetween, type Horizon } from "#core/stats/folds.ts";
import { minuteMs } from "#core/time/zone.ts";
import { type ActServices, knownUntil } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { filterOfQuery, typesOfQuery } from "#server/hotspots/filter-of-query.ts";
import { studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadEventColumns, loadTypedColumns } from "#server/records/queries/events.ts";

/** What `boxster backtest` prints. */
export async function runBacktest(
  services: ActServices,
  actor: Actor,
  query: BacktestQuery,
  onFold?: BacktestRequest["onFold"],
): Promise<BacktestReply> {
  const { zone } = services;
  const { from, to, resolution } = query;
  const horizon: Horizon = query.horizon ?? "month";
  const filter = filterOfQuery(query, zone);
  const area = await studySet(services, query.area);
  const study = parentStudySet(area, resolution);
  services.addDetail({ from, to, resolution, horizon, kinds: filter.kinds.join(",") });
  const reading = withOptions(services.db, { events: true });
  const { reports, types } = await reading.transaction(actor, async (tx) => {
    const chosen = await typesOfQuery(tx, query.types);
    // All that came before belongs to what a forecast learns from.
    const range = { to: filter.to * minuteMs, before: knownUntil(services) };
    const loaded = chosen
      ? await loadTypedColumns(tx, { ...range, types: chosen.codes })
      : await loadEventColumns(tx, range);
    services.addDetail({ events: loaded.length });
    const made = reportsOf(loaded, studyIndexOfCells(loaded, study, area), filter);
    // Refused in here, so that the log does not say that it was done.
    if (!canTest(made, foldsBetween(zone, from, to, horizon))) throw nothingToTest(query, horizon);
    return { reports: made, types: chosen };
  });
  const methods = query.method ?? methodNames;
  const results = backtest(
    { reports, study, zone, horizon },
    { from, to, methods, ...(onFold ? { onFold } : {}) },
  );
  return {
    studyArea: study.name,
    resolution: study.resolution,
    cells: study.cells.length,
    from,
    to,
    kinds: [...filter.kinds],
    sources: [...filter.sources],
    ...(types ? { types: [...types.words] } : {}),
    horizon,
    reports: reports.cell.length,
    methods: results.map(({ method, folds, shares, chosen, calibration }) => ({
      method,
      about: methodWords[method],
      folds,
      shares: [...shares],
      chosen: { ...chosen },
      calibration: calibration && {
        whole: calibration.whole,
        shares: [...calibration.shares],
      },
    })),
  };
}

function canTest({ middle }: Reports, folds: readonly Fold[]): boolean {
  const [first, last] = [folds[0], folds.at(-1)];
  return !!first && !!last && middle.some((at) => at >= first.start && at < last.end);
}

function nothingToTest({ from, to }: BacktestQuery, horizon: Horizon): Problem {
  const period = horizon === "month" ? "whole month" : `period of ${horizon} days`;
  return new Problem(
    422,
    "Nothing to test",
    `From ${from} to ${to} there is no ${period} with any of these events. Choose longer dates, other kinds, or a shorter --horizon.`,
  );
}
