import { parentStudySet, type StudySet } from "#core/geo/study-set.ts";
import { changeByCell } from "#core/hotspots/change.ts";
import {
  defaultKinds,
  discoveredSources,
  type EventFilter,
  hourMask,
  parseDays,
  parseHours,
  reportedSources,
} from "#core/hotspots/filter.ts";
import { prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { type Hotspot, type Measure, rankHotspots } from "#core/hotspots/rank.ts";
import { describeHotspots } from "#core/hotspots/sentence.ts";
import { createSummary, type HotspotSummary, summarise } from "#core/hotspots/summary.ts";
import { describeTest, testCells } from "#core/hotspots/test-cells.ts";
import type { EventKind, EventSource } from "#core/model/event.ts";
import type { Actor } from "#core/model/role.ts";
import { dayMs, minuteMs, parseLocalDate, type Zone } from "#core/time/zone.ts";
import type { HotspotsQuery, HotspotsReply } from "#core/wire/hotspots.ts";
import { knownUntil } from "#server/as-at.ts";
import type { Services } from "#server/context.ts";
import { placesOf, studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadEventColumns } from "#server/queries/events.ts";

const weekMinutes = 7 * 1440;

/** What `boxster hotspots` prints and `GET /api/hotspots` answers. */
export async function computeHotspots(
  services: Services,
  actor: Actor,
  query: HotspotsQuery,
): Promise<HotspotsReply> {
  if (query.measure === "emerging") {
    throw new Problem(422, "Not in this version", "Emerging categories are not computed yet.");
  }
  const measure: Measure = query.measure;
  const filter = filterOf(query, services.zone);
  const places = await placesOf(services);
  const study = parentStudySet(await studySet(services, query.area), query.resolution);
  const length = filter.to - filter.from;
  const columns = await services.db.transaction(actor, (tx) =>
    loadEventColumns(tx, {
      from: (filter.from - (measure === "change" ? length : 0)) * minuteMs,
      to: filter.to * minuteMs,
      before: knownUntil(services),
    }),
  );
  const events = prepareEvents(columns, services.zone);
  const indexOfCell = studyIndexOfCells(columns, study);
  const summary = summarise(events, indexOfCell, filter, createSummary(study.cells.length));
  const test = testCells(summary.counts, study);
  const weeks = length / weekMinutes;
  const ranked = rankHotspots({ study, summary, test, weeks, nameOf: places.nameOf, measure });
  const rows =
    measure === "change"
      ? withChange(ranked, study, summary, baselineOf(events, indexOfCell, filter, study))
      : ranked;
  return {
    studyArea: study.name,
    resolution: study.resolution,
    cells: study.cells.length,
    from: query.from,
    to: query.to,
    kinds: [...filter.kinds],
    sources: [...filter.sources],
    measure,
    total: summary.total,
    hourUnknown: summary.hourUnknown,
    outside: summary.outside,
    test: describeTest(test, study),
    sentence: describeHotspots({
      total: summary.total,
      weeks,
      hotCells: test.hotCells,
      clock: summary.clock,
      hours: filter.hours,
      noun: nounOf(filter),
    }),
    rows,
  };
}

function baselineOf(
  events: Parameters<typeof summarise>[0],
  indexOfCell: Int32Array,
  filter: EventFilter,
  study: StudySet,
): HotspotSummary {
  const length = filter.to - filter.from;
  const earlier = { ...filter, from: filter.from - length, to: filter.from };
  return summarise(events, indexOfCell, earlier, createSummary(study.cells.length));
}

/** Cells that had something before and have nothing now are not ranked: the rows are those of now. */
function withChange(
  rows: readonly Hotspot[],
  study: StudySet,
  summary: HotspotSummary,
  baseline: HotspotSummary,
) {
  const counts = { before: baseline.counts, after: summary.counts };
  const changes = changeByCell(study, counts, [1, 1]);
  return rows
    .map((row) => {
      const found = changes.get(row.cell);
      return {
        ...row,
        before: found?.before ?? 0,
        change: found?.change ?? 0,
        changeP: found?.p ?? null,
      };
    })
    .sort((a, b) => b.change - a.change || b.count - a.count || (a.cell < b.cell ? -1 : 1));
}

function filterOf(query: HotspotsQuery, zone: Zone): EventFilter {
  const from = zone.startOfDate(query.from);
  const lastDay = new Date(parseLocalDate(query.to) + dayMs).toISOString().slice(0, 10);
  const to = zone.startOfDate(lastDay);
  if (to <= from) {
    throw new Problem(
      400,
      "Not understood",
      `The dates end before they start: ${query.from} to ${query.to}.`,
    );
  }
  const kinds: readonly EventKind[] = query.kinds ?? defaultKinds;
  return {
    from: from / minuteMs,
    to: to / minuteMs,
    kinds,
    sources: query.sources ?? sourcesFor(kinds),
    categories: null,
    hours: hourMask(
      query.days === undefined ? null : read(parseDays(query.days)),
      query.hours === undefined ? null : read(parseHours(query.hours)),
    ),
  };
}

/** Reported unless only kinds that police discover are asked for; the two are never summed unasked. */
function sourcesFor(kinds: readonly EventKind[]): readonly EventSource[] {
  const areDiscovered = kinds.map((kind) => kind === "arrest" || kind === "stop_search");
  if (areDiscovered.every(Boolean)) return discoveredSources;
  if (!areDiscovered.some(Boolean)) return reportedSources;
  throw new Problem(
    400,
    "Reported and discovered are two layers",
    "Ask for complaints and sightings, or for arrests and stops, or say which sources to sum with --sources.",
  );
}

function read<Value>(result: { ok: true; value: Value } | { ok: false; reason: string }): Value {
  if (result.ok) return result.value;
  throw new Problem(400, "Not understood", result.reason);
}

function nounOf(filter: EventFilter) {
  const isReported = filter.sources.every((source) => source !== "police");
  return isReported ? { one: "report", many: "reports" } : { one: "event", many: "events" };
}
