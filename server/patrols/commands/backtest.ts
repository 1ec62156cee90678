import { studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { backtest } from "#core/patrols/forecast/backtest.ts";
import { leftOutOf, type Reports, reportsOf } from "#core/patrols/forecast/reports.ts";
import {
  type BacktestQuery,
  type BacktestReply,
  backtestQuery,
  type Held,
} from "#core/patrols/wire/forecast-commands.ts";
import { countNames, forecastLabel, methodNames } from "#core/patrols/wire/forecast-seals.ts";
import { parentStudySet } from "#core/places/study-set.ts";
import { typesNote } from "#core/records/types.ts";
import { type Fold, foldsBetween, type Horizon } from "#core/stats/folds.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount } from "#core/text/numbers.ts";
import { minuteMs } from "#core/time/zone.ts";
import { type Act, knownUntil } from "#server/acts/services.ts";
import { command } from "#server/cli/command.ts";
import { table } from "#server/cli/table.ts";
import { withOptions } from "#server/db/database.ts";
import { filterOfQuery, typesOfQuery } from "#server/hotspots/filter-of-query.ts";
import { studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadEventColumns, loadTypedColumns } from "#server/records/queries/events.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

export const backtestCommand = command({
  name: "backtest",
  takes:
    "--from DATE --to DATE [--kinds a,b] [--sources a,b] [--categories a,b] [--types a,b] [--method a,b] [--resolution 8..10] [--horizon DAYS] [--area NAME]",
  summary:
    "How well each way to forecast would have ranked the cells, each period by what was known",
  options: {
    from: "First local date of the periods to forecast",
    to: "Last local date, included",
    kinds: "complaint,sighting (default) or arrest,stop_search",
    sources: "resident,partner (default for reports), police",
    categories: "Default all: kerb_crawling, asb, ...",
    types: 'The sources\' own words: "drugs,other theft"; all unless said',
    method: "forecast,count-3,count-12,count-36; all unless said",
    resolution: "H3 resolution (default 10)",
    horizon: "Days of a period; months of the calendar unless said",
    area: "Borough, ward or neighbourhood",
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
    `PAI by share of the area, ties averaged (range over all orders of ties). ${first?.folds ?? 0} ${period} from ${reply.from} to ${reply.to}, each from what was known at its start.`,
    `Study area ${reply.studyArea}, ${reply.cells} cells of resolution ${reply.resolution}; ${formatCount(reply.reports)} events.${reply.types ? ` ${typesNote(reply.types)}` : ""}`,
    reply.leftOut,
    table(reply.methods, {
      method: ({ method }) => method,
      ...Object.fromEntries(figures ?? []),
    }),
    "",
    reply.methods.flatMap(({ method, about, chosen, shares: rows, held }) => [
      `${method}: ${about}.`,
      ...ratioLines(rows),
      ...(held ? [heldLine(held)] : []),
      ...Object.entries(chosen).map(([what, times]) => `  most weight, ${times} times: ${what}`),
    ]),
  );
}

const paiWords = (one: Shares[number] | undefined) =>
  one ? `${one.pai.toFixed(2)} (${one.paiLow.toFixed(1)}-${one.paiHigh.toFixed(1)})` : "";

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
function heldLine({ expected, came, inside, intervals }: Held): string {
  const insideWords =
    inside === null
      ? "too few periods for an interval"
      : `inside the interval for 8 of 10 in ${(100 * inside).toFixed(0)}% of ${intervals}`;
  return `  whole area: ${expected.toFixed(1)} expected and ${came.toFixed(1)} come in a period, ${insideWords}`;
}

export async function runBacktest(act: Act, query: BacktestQuery): Promise<BacktestReply> {
  const { zone } = act;
  const { from, to, resolution } = query;
  const horizon: Horizon = query.horizon ?? "month";
  const filter = filterOfQuery(query, zone);
  const area = await studySet(act, query.area);
  const study = parentStudySet(area, resolution);
  act.addDetail({ from, to, resolution, horizon, kinds: filter.kinds.join(",") });
  const reading = withOptions(act.db, { events: true });
  const { reports, types } = await reading.transaction(act.actor, async (tx) => {
    const types = await typesOfQuery(tx, query.types);
    // A forecast learns from everything before.
    const range = { to: filter.to * minuteMs, before: knownUntil(act) };
    const columns = types
      ? await loadTypedColumns(tx, { ...range, types: types.codes })
      : await loadEventColumns(tx, range);
    act.addDetail({ events: columns.length });
    const all = await loadUnknownMonths(tx, zone, filter.kinds);
    const unknown = all.filter(({ start }) => start < filter.to * minuteMs);
    const reports = reportsOf(columns, studyIndexOfCells(columns, study, area), filter, unknown);
    // Refused inside the act, so that the log does not record it as done.
    if (!canTest(reports, foldsBetween(zone, from, to, horizon))) {
      throw nothingToTest(query, horizon);
    }
    return { reports, types };
  });
  const asked = query.method ?? methodNames;
  // The requested methods are compared with the best of the counts.
  const methods = [...new Set([...asked, ...countNames])];
  const results = backtest({ reports, study, zone, horizon }, { from, to, methods });
  return {
    studyArea: area.name,
    resolution,
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
      .map(({ method, ...result }) => ({ method, about: forecastLabel(method), ...result })),
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
