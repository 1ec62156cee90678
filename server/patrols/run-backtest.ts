import { studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { segmentsAsCells } from "#core/hotspots/streets/street-counts.ts";
import { createStreetSet } from "#core/hotspots/streets/street-set.ts";
import { type BacktestRequest, backtest } from "#core/patrols/forecast/backtest.ts";
import { countMonths } from "#core/patrols/forecast/choice.ts";
import { type MethodSetting, methodNames, methodWords } from "#core/patrols/forecast/methods.ts";
import { type Reports, reportsOf } from "#core/patrols/forecast/reports.ts";
import type { BacktestQuery, BacktestReply } from "#core/patrols/wire/backtest.ts";
import { segmentMiddle } from "#core/places/streets/segment-names.ts";
import { parentStudySet, type StudySet } from "#core/places/study-set.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { leftOutSentence } from "#core/records/unknown-months.ts";
import type { Actor } from "#core/role.ts";
import { type Fold, foldsBetween, type Horizon } from "#core/stats/folds.ts";
import { minuteMs } from "#core/time/zone.ts";
import { type ActServices, knownUntil } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { streetsOrProblem } from "#server/hotspots/compute-streets.ts";
import { filterOfQuery, typesOfQuery } from "#server/hotspots/filter-of-query.ts";
import { chosenNow } from "#server/patrols/forecast-choice.ts";
import { studySet } from "#server/places/places.ts";
import type { OpenStreets } from "#server/places/streets/streets.ts";
import { Problem } from "#server/problem.ts";
import {
  type EventRange,
  loadEventColumns,
  loadStreetEvents,
  loadTypedColumns,
} from "#server/records/queries/events.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

const countMethods = countMonths.map((months) => `count-${months}` as const);

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
  const ground =
    query.by === "street"
      ? streetGround(await streetsOrProblem(services), area)
      : cellGround(area, resolution);
  const { study } = ground;
  const what = query.by === "street" ? { by: "street" } : { resolution };
  services.addDetail({ from, to, ...what, horizon, kinds: filter.kinds.join(",") });
  const reading = withOptions(services.db, { events: true });
  const { reports, types, usedByPlan } = await reading.transaction(actor, async (tx) => {
    const chosen = await typesOfQuery(tx, query.types);
    // All that came before belongs to what a forecast learns from.
    const range = { to: filter.to * minuteMs, before: knownUntil(services) };
    const types = chosen ? { types: chosen.codes } : {};
    const { columns, indexOfCell } = await ground.load(tx, { ...range, ...types });
    services.addDetail({ events: columns.length });
    const all = await loadUnknownMonths(tx, zone, filter.kinds);
    const unknown = all.filter(({ start }) => start < filter.to * minuteMs);
    const made = reportsOf(columns, indexOfCell, filter, unknown);
    // Refused in here, so that the log does not say that it was done.
    if (!canTest(made, foldsBetween(zone, from, to, horizon))) throw nothingToTest(query, horizon);
    const usedByPlan = (await chosenNow(tx))?.choice ?? "forecast";
    return { reports: made, types: chosen, usedByPlan };
  });
  const asked = query.method ?? [...new Set([...methodNames, usedByPlan])];
  // Whatever is asked for stands beside the best of the counts.
  const methods = [...new Set([...asked, ...countMethods])];
  const results = backtest(
    { reports, study, zone, horizon },
    { from, to, methods, ...(onFold ? { onFold } : {}) },
  );
  return {
    studyArea: area.name,
    ...ground.size,
    cells: study.cells.length,
    from,
    to,
    kinds: [...filter.kinds],
    sources: [...filter.sources],
    ...(types ? { types: [...types.words] } : {}),
    horizon,
    reports: reports.cell.length,
    ...leftOutOf(reports),
    usedByPlan,
    methods: results
      .filter(({ method }) => asked.includes(method))
      .map(({ method, folds, shares, chosen, calibration }) => ({
        method,
        about: methodWords(method),
        folds,
        shares: [...shares],
        chosen: { ...chosen },
        calibration: calibration && { ...calibration, shares: [...calibration.shares] },
      })),
  };
}

function leftOutOf({ unknown = [] }: Reports): Pick<BacktestReply, "leftOut"> {
  if (unknown.length === 0) return {};
  return { leftOut: leftOutSentence(unknown.map(({ month }) => month)) };
}

/** What is forecast and how its reports are loaded. */
interface Ground {
  readonly study: MethodSetting["study"];
  readonly size: Pick<BacktestReply, "resolution" | "km">;
  readonly load: (
    tx: Transaction,
    range: EventRange,
  ) => Promise<{ readonly columns: EventColumns; readonly indexOfCell: Int32Array }>;
}

function cellGround(area: StudySet, resolution: number): Ground {
  const study = parentStudySet(area, resolution);
  return {
    study,
    size: { resolution: study.resolution },
    load: async (tx, range) => {
      const columns = range.types
        ? await loadTypedColumns(tx, range)
        : await loadEventColumns(tx, range);
      return { columns, indexOfCell: studyIndexOfCells(columns, study, area) };
    },
  };
}

function streetGround({ graph, network }: OpenStreets, area: StudySet): Ground {
  const set = createStreetSet(graph, area);
  const { segments, offsets, targets, metres, totalMetres } = set;
  const middles = Array.from(segments, (segment) => segmentMiddle(graph, segment));
  return {
    study: { cells: segments, offsets, targets, metres, middles },
    size: { resolution: null, km: totalMetres / 1_000 },
    load: async (tx, range) => segmentsAsCells(await loadStreetEvents(tx, range, network), set),
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
