import { segmentsAsCells } from "#core/hotspots/streets/street-counts.ts";
import { createStreetSet } from "#core/hotspots/streets/street-set.ts";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import { reportsOf } from "#core/patrols/forecast/reports.ts";
import { forecastStreets } from "#core/patrols/forecast/street-forecast.ts";
import type {
  StreetForecastQuery,
  StreetForecastReply,
} from "#core/patrols/wire/street-forecast.ts";
import { eventSources } from "#core/records/event.ts";
import { eventKinds, reportedKinds } from "#core/records/kinds.ts";
import { leftOutSentence } from "#core/records/unknown-months.ts";
import type { Actor } from "#core/role.ts";
import { addDays, dayMs } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { namesOfStreets, streetsOrProblem } from "#server/hotspots/compute-streets.ts";
import { typesOfQuery } from "#server/hotspots/filter-of-query.ts";
import { chosenNow } from "#server/patrols/forecast-choice.ts";
import { placesOf, studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadStreetDemand } from "#server/records/queries/events.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

/** What `boxster forecast` prints: reports that ask for a patrol alone, as a plan learns from them (SAFEGUARDS 9). */
export async function computeStreetForecast(
  services: ActServices,
  actor: Actor,
  { weeks, area: name, limit, method: asked, types }: StreetForecastQuery,
): Promise<StreetForecastReply> {
  const { zone, asAt } = services;
  const { graph, network, source } = await streetsOrProblem(services);
  const places = await placesOf(services);
  const area = await studySet(services, name);
  const set = createStreetSet(graph, area);
  if (set.segments.length === 0) throw noStreetsIn(area.name);
  const from = asAt.date();
  const origin = zone.startOfDate(from);
  services.addDetail({ from, weeks });
  const reading = withOptions(services.db, { events: true });
  const { events, choice, method, ofTypes, unknown } = await reading.transaction(
    actor,
    async (tx) => {
      const ofTypes = await typesOfQuery(tx, types);
      const from = origin - demandDefaults.historyDays * dayMs;
      const range = { from, before: origin, types: ofTypes?.codes ?? null };
      const choice = asked ? null : await chosenNow(tx);
      const method = asked ?? choice?.choice ?? "forecast";
      services.addDetail({ method, ...(ofTypes ? { types: ofTypes.words.join() } : {}) });
      const events = await loadStreetDemand(tx, range, network);
      const all = await loadUnknownMonths(tx, zone, reportedKinds);
      const unknown = all.filter(({ start, end }) => start < origin && end > from);
      return { events, choice, method, ofTypes, unknown };
    },
  );
  const { columns, indexOfCell } = segmentsAsCells(events, set);
  const all = { kinds: eventKinds, sources: eventSources, categories: null };
  const reports = reportsOf(columns, indexOfCell, all, unknown);
  services.addDetail({ events: reports.cell.length });
  if (reports.cell.length === 0) throw nothingToLearn(area.name, ofTypes?.words ?? []);
  const { offsets, targets, metres, segments } = set;
  const units = { cells: segments, offsets, targets, metres };
  const given = { zone, from, weeks, origin, choice: method };
  const made = forecastStreets(reports, units, given);
  const names = namesOfStreets(graph, places);
  return {
    studyArea: area.name,
    segments: segments.length,
    km: set.totalMetres / 1_000,
    attribution: source.attribution,
    from,
    to: addDays(from, 7 * weeks - 1),
    reports: reports.cell.length,
    ...(unknown.length > 0 ? { leftOut: leftOutSentence(unknown.map(({ month }) => month)) } : {}),
    ...{ method, choice, ...(ofTypes ? { types: [...ofTypes.words] } : {}) },
    ...{ expected: made.expected, low: made.low, high: made.high, chosen: made.chosen },
    shares: [...made.shares],
    rows: made.order.slice(0, limit).map((at) => {
      const [expected, length] = [made.byUnit[at] as number, metres[at] as number];
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
