import { segmentsAsCells } from "#core/hotspots/streets/street-counts.ts";
import { createStreetSet } from "#core/hotspots/streets/street-set.ts";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import { leftOutOf, reportsOf } from "#core/patrols/forecast/reports.ts";
import { forecastStreets } from "#core/patrols/forecast/street-forecast.ts";
import {
  type StreetForecastQuery,
  type StreetForecastReply,
  streetForecastQuery,
} from "#core/patrols/wire/forecast-commands.ts";
import { forecastLabel } from "#core/patrols/wire/method-names.ts";
import { eventSources } from "#core/records/event.ts";
import { eventKinds, reportedKinds } from "#core/records/kinds.ts";
import { typesNote } from "#core/records/types.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { addDays, dayMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { action, type Command } from "#server/cli/command.ts";
import { table } from "#server/cli/table.ts";
import { withOptions } from "#server/db/database.ts";
import { namesOfStreets, streetsOrProblem } from "#server/hotspots/compute-streets.ts";
import { typesOfQuery } from "#server/hotspots/filter-of-query.ts";
import { sealOptions, sealsAction, verifySealsAction } from "#server/patrols/commands/seals.ts";
import { placesOf, studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadStreetDemand } from "#server/records/queries/events.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

export const forecastCommand: Command = {
  name: "forecast",
  summary:
    "Reports expected by stretch of street; sealed forecasts, and whether they are as sealed",
  options: {
    weeks: "How many weeks from today (default 4)",
    area: "Borough, ward or neighbourhood",
    limit: "How many stretches are listed (default 20)",
    types: "The sources' own words, of reports that Plan learns from",
    ...sealOptions,
  },
  words: {
    "": action({
      takes: "[--weeks 1..13] [--area NAME] [--limit N] [--types a,b]",
      audit: { verb: "consultation", act: "forecast by street", purpose: "assessment" },
      reads: streetForecastQuery,
      run: async (act, asked) => {
        const json = await forecastByStreet(act, asked);
        return { json, text: describe(json) };
      },
    }),
    seals: sealsAction,
    verify: verifySealsAction,
  },
};

function describe(reply: StreetForecastReply): string[] {
  const { expected, low, high, km, shares, rows } = reply;
  const range =
    low === undefined
      ? "no interval: too few such periods are over"
      : `${low} to ${high} in 8 of 10 such periods`;
  const share = ({ share: part, holds }: StreetForecastReply["shares"][number]) =>
    `${percent(part)} hold ${percent(holds)}`;
  return linesOf(
    `${expected.toFixed(1)} reports (${range}) are expected from ${reply.from} to ${reply.to} on the streets of ${reply.studyArea}: ${formatQuantity(reply.segments, "segment")}, ${formatCount(Math.round(km))} km.`,
    `From ${formatQuantity(reply.reports, "report")} with a street.${reply.types ? ` ${typesNote(reply.types)}` : ""}`,
    reply.leftOut,
    `${forecastLabel("forecast")}; most weight: ${reply.chosen}.`,
    `Of the length the best ${shares.map(share).join(", ")} of them.`,
    "",
    table(rows, {
      expected: (row) => row.expected.toFixed(2),
      "per 100 m": ({ per100m }) => per100m.toFixed(2),
      metres: ({ metres }) => metres.toFixed(0),
      "stretch of street": ({ place }) => place,
    }),
    "",
    "How such forecasts held so far: boxster backtest --by street",
    reply.attribution !== null && `Streets: ${reply.attribution}`,
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}

/** Of reports that ask for a patrol alone, as a plan learns from them (SAFEGUARDS 9). */
async function forecastByStreet(
  act: Act,
  { weeks, area: name, limit, types }: StreetForecastQuery,
): Promise<StreetForecastReply> {
  const { zone, asAt } = act;
  const { graph, network, attribution } = await streetsOrProblem(act);
  const places = await placesOf(act);
  const area = await studySet(act, name);
  const set = createStreetSet(graph, area);
  if (set.segments.length === 0) throw noStreetsIn(area.name);
  const from = asAt.date();
  const origin = zone.startOfDate(from);
  act.addDetail({ from, weeks });
  const reading = withOptions(act.db, { events: true });
  const read = await reading.transaction(act.actor, async (tx) => {
    const ofTypes = await typesOfQuery(tx, types);
    const since = origin - demandDefaults.historyDays * dayMs;
    const range = { from: since, before: origin, types: ofTypes?.codes ?? null };
    if (ofTypes) act.addDetail({ types: ofTypes.words.join() });
    const events = await loadStreetDemand(tx, range, network);
    const all = await loadUnknownMonths(tx, zone, reportedKinds);
    const unknown = all.filter(({ start, end }) => start < origin && end > since);
    return { events, ofTypes, unknown };
  });
  const { ofTypes, unknown } = read;
  const { columns, indexOfCell } = segmentsAsCells(read.events, set);
  const all = { kinds: eventKinds, sources: eventSources, categories: null };
  const reports = reportsOf(columns, indexOfCell, all, unknown);
  act.addDetail({ events: reports.cell.length });
  if (reports.cell.length === 0) throw nothingToLearn(area.name, ofTypes?.words ?? []);
  const { offsets, targets, metres, segments } = set;
  const units = { cells: segments, offsets, targets, metres };
  const given = { zone, from, weeks, origin };
  const { byUnit, order, ...told } = forecastStreets(reports, units, given);
  const names = namesOfStreets(graph, places);
  return {
    studyArea: area.name,
    segments: segments.length,
    km: set.totalMetres / 1_000,
    attribution,
    from,
    to: addDays(from, 7 * weeks - 1),
    reports: reports.cell.length,
    ...leftOutOf({ unknown }),
    ...(ofTypes ? { types: [...ofTypes.words] } : {}),
    ...told,
    rows: order.slice(0, limit).map((at) => {
      const [expected, length] = [byUnit[at] as number, metres[at] as number];
      const place = names[segments[at] as number] ?? "";
      return { place, metres: length, expected, per100m: (100 * expected) / length };
    }),
  };
}

function noStreetsIn(area: string): Problem {
  return new Problem(404, "No streets there", `No street lies in ${area}. Choose another area.`);
}

function nothingToLearn(area: string, types: readonly string[]): Problem {
  const why =
    types.length > 0
      ? `No report in ${area} that Plan learns from has a street and the type ${types.join(" or ")}. Choose other types, or leave out --types.`
      : `No report in ${area} has a street. Bring streets in first, then import the files again.`;
  return new Problem(422, "Nothing to learn from", why);
}
