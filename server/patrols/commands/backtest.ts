import { studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { segmentsAsCells } from "#core/hotspots/streets/street-counts.ts";
import { createStreetSet } from "#core/hotspots/streets/street-set.ts";
import { backtest } from "#core/patrols/forecast/backtest.ts";
import { forecastMethods, type MethodSetting } from "#core/patrols/forecast/methods.ts";
import { leftOutOf, type Reports, reportsOf } from "#core/patrols/forecast/reports.ts";
import {
  type BacktestQuery,
  type BacktestReply,
  backtestQuery,
} from "#core/patrols/wire/forecast-commands.ts";
import { countNames, methodNames } from "#core/patrols/wire/method-names.ts";
import { segmentMiddle } from "#core/places/streets/segment-names.ts";
import { parentStudySet, type StudySet } from "#core/places/study-set.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { typesNote } from "#core/records/types.ts";
import { type Fold, foldsBetween, type Horizon } from "#core/stats/folds.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount } from "#core/text/numbers.ts";
import { minuteMs } from "#core/time/zone.ts";
import { type Act, knownUntil } from "#server/acts/services.ts";
import { command } from "#server/cli/command.ts";
import { table } from "#server/cli/table.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { streetsOrProblem } from "#server/hotspots/compute-streets.ts";
import { filterOfQuery, typesOfQuery } from "#server/hotspots/filter-of-query.ts";
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

export const backtestCommand = command({
  name: "backtest",
  takes:
    "--from DATE --to DATE [--kinds a,b] [--sources a,b] [--categories a,b] [--types a,b] [--method a,b] [--resolution 8..10] [--horizon DAYS] [--area NAME] [--by cell|street]",
  summary:
    "How well each way to forecast would have ranked the cells, each period by what was known",
  options: {
    from: "First local date of the periods to forecast",
    to: "Last local date, included",
    kinds: "complaint,sighting (default) or arrest,stop_search",
    sources: "resident,partner (default for reports), police",
    categories: "Default all: kerb_crawling, asb, ...",
    types: 'The sources\' own words: "drugs,other theft"; all unless said',
    method: "forecast,count-3,count-12,count-36,density,prospective; all unless said",
    resolution: "H3 resolution (default 10); not with streets",
    horizon: "Days of a period; months of the calendar unless said",
    area: "Borough, ward or neighbourhood",
    by: "cell (default), or street: at equal length of street",
  },
  audit: { verb: "consultation", act: "backtest forecasts", purpose: "assessment" },
  reads: backtestQuery,
  run: async (act, asked) => {
    const json = await runBacktest(act, asked);
    return { json, text: describe(json) };
  },
});

function describe(reply: BacktestReply): string[] {
  const period = reply.horizon === "month" ? "months" : `periods of ${reply.horizon} days`;
  const [first] = reply.methods;
  const figures = first?.shares.map(({ share }, at) => {
    const ofMethod = ({ shares }: BacktestReply["methods"][number]) => paiWords(shares[at]);
    return [`${share * 100}%`, ofMethod] as const;
  });
  return linesOf(
    `PAI by share of the ${reply.resolution === null ? "length of street" : "area"}, ties averaged (range over all orders of ties). ${first?.folds ?? 0} ${period} from ${reply.from} to ${reply.to}, each from what was known at its start.`,
    `Study area ${reply.studyArea}, ${unitsOf(reply)}; ${formatCount(reply.reports)} events.${reply.types ? ` ${typesNote(reply.types)}` : ""}`,
    reply.leftOut,
    table(reply.methods, {
      method: ({ method }) => method,
      ...Object.fromEntries(figures ?? []),
    }),
    "",
    reply.methods.flatMap(({ method, about, chosen, shares: rows, calibration }) => [
      `${method}: ${about}.`,
      ...ratioLines(rows),
      ...calibrationLines(calibration, rows),
      ...Object.entries(chosen).map(([what, times]) => `  most weight, ${times} times: ${what}`),
    ]),
  );
}

const paiWords = (one: Shares[number] | undefined) =>
  one ? `${one.pai.toFixed(2)} (${one.paiLow.toFixed(1)}-${one.paiHigh.toFixed(1)})` : "";

function unitsOf({ cells, resolution, km = 0 }: BacktestReply): string {
  if (resolution !== null) return `${cells} cells of resolution ${resolution}`;
  return `${formatCount(cells)} segments, ${formatCount(Math.round(km))} km of street`;
}

function ratioLines(rows: Shares): string[] {
  const told = rows.flatMap(({ share, toBestCount }) =>
    toBestCount
      ? [
          `${share * 100}%: ${toBestCount.ratio.toFixed(3)} (${toBestCount.low.toFixed(3)} to ${toBestCount.high.toFixed(3)})`,
        ]
      : [],
  );
  if (told.length === 0) return [];
  return [`  PAI by that of the best count (95% interval over periods): ${told.join(", ")}`];
}

type Shares = BacktestReply["methods"][number]["shares"];

/** Expected against observed, and the coverage of the interval. */
function calibrationLines(
  calibration: BacktestReply["methods"][number]["calibration"],
  rows: Shares,
): string[] {
  if (!calibration) return [];
  const insideWords = ({ inside, intervals }: typeof calibration.whole) =>
    inside === null
      ? "too few periods for an interval"
      : `inside the interval for 8 of 10 in ${(100 * inside).toFixed(0)}% of ${intervals}`;
  const line = (where: string, held: typeof calibration.whole) =>
    `  ${where}: ${held.expected.toFixed(1)} expected and ${held.came.toFixed(1)} come in a period, ${insideWords(held)}`;
  return [
    line("whole area", calibration.whole),
    ...calibration.shares.map((held, at) => line(`${(rows[at]?.share ?? 0) * 100}%`, held)),
    `  log score of a report's place: ${calibration.logScore.toFixed(3)} nats above an even spread`,
  ];
}

export async function runBacktest(act: Act, query: BacktestQuery): Promise<BacktestReply> {
  const { zone } = act;
  const { from, to, resolution = 10 } = query;
  const horizon: Horizon = query.horizon ?? "month";
  const filter = filterOfQuery(query, zone);
  const area = await studySet(act, query.area);
  const ground =
    query.by === "street"
      ? streetGround(await streetsOrProblem(act), area)
      : cellGround(area, resolution);
  const { study } = ground;
  const what = query.by === "street" ? { by: "street" } : { resolution };
  act.addDetail({ from, to, ...what, horizon, kinds: filter.kinds.join(",") });
  const reading = withOptions(act.db, { events: true });
  const { reports, types } = await reading.transaction(act.actor, async (tx) => {
    const chosen = await typesOfQuery(tx, query.types);
    // A forecast learns from everything before.
    const range = { to: filter.to * minuteMs, before: knownUntil(act) };
    const types = chosen ? { types: chosen.codes } : {};
    const { columns, indexOfCell } = await ground.load(tx, { ...range, ...types });
    act.addDetail({ events: columns.length });
    const all = await loadUnknownMonths(tx, zone, filter.kinds);
    const unknown = all.filter(({ start }) => start < filter.to * minuteMs);
    const made = reportsOf(columns, indexOfCell, filter, unknown);
    // Refused inside the act, so that the log does not record it as done.
    if (!canTest(made, foldsBetween(zone, from, to, horizon))) throw nothingToTest(query, horizon);
    return { reports: made, types: chosen };
  });
  const asked = query.method ?? methodNames;
  // The requested methods are compared with the best of the counts.
  const methods = [...new Set([...asked, ...countNames])];
  const results = backtest({ reports, study, zone, horizon }, { from, to, methods });
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
    methods: results
      .filter(({ method }) => asked.includes(method))
      .map(({ method, ...result }) => ({
        method,
        about: forecastMethods[method].about,
        ...result,
      })),
  };
}

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
