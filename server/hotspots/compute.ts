import type { Fold } from "#core/forecast/folds.ts";
import { parentStudySet, type StudySet } from "#core/geo/study-set.ts";
import { type CellChange, changeByCell, describeChange } from "#core/hotspots/change.ts";
import { describeEmerging, emergingByCell } from "#core/hotspots/emerging.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { type PreparedEvents, prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { rankHotspots } from "#core/hotspots/rank.ts";
import { describeHotspots } from "#core/hotspots/sentence.ts";
import { emergingSteps, fewestSteps, wholeWeeks } from "#core/hotspots/steps.ts";
import { createSummary, type HotspotSummary, summarise } from "#core/hotspots/summary.ts";
import { describeTest, testCells } from "#core/hotspots/test-cells.ts";
import type { Actor } from "#core/model/role.ts";
import type { Emerging } from "#core/stats/emerging.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";
import type { HotspotsQuery, HotspotsReply } from "#core/wire/hotspots.ts";
import { knownUntil } from "#server/as-at.ts";
import type { ActServices } from "#server/audit/notes.ts";
import {
  filterOfQuery,
  minutesOf,
  type Period,
  periodOf,
  precedingPeriod,
} from "#server/hotspots/filter-of-query.ts";
import { placesOf, studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadEventColumns } from "#server/queries/events.ts";

/** What `boxster hotspots` prints and `GET /api/hotspots` answers. */
export async function computeHotspots(
  services: ActServices,
  actor: Actor,
  query: HotspotsQuery,
): Promise<HotspotsReply> {
  const { measure } = query;
  const { zone } = services;
  const filter = filterOfQuery(query, zone);
  const period = periodOf(query);
  const baseline = precedingPeriod(period);
  const earlier: EventFilter = { ...filter, ...minutesOf(baseline, zone) };
  const { nameOf } = await placesOf(services);
  const area = await studySet(services, query.area);
  const study = parentStudySet(area, query.resolution);
  const { from, to, resolution } = query;
  services.addDetail({ from, to, resolution, measure, kinds: filter.kinds.join(",") });
  const columns = await services.db.transaction(actor, async (tx) => {
    const loaded = await loadEventColumns(tx, {
      from: (measure === "change" ? earlier : filter).from * minuteMs,
      to: filter.to * minuteMs,
      before: knownUntil(services),
    });
    services.addDetail({ events: loaded.length });
    return loaded;
  });
  const scene: Scene = {
    study,
    events: prepareEvents(columns, zone),
    indexOfCell: studyIndexOfCells(columns, study, area),
  };
  const summary = summaryOf(scene, filter);
  const changes =
    measure === "change" ? changesOf(scene, summary, earlier, period.days) : undefined;
  const steps = measure === "emerging" ? stepsOf(period, zone) : undefined;
  const emerging = steps && emergingOf(scene, filter, steps);
  const test = testCells(summary.counts, study);
  const weeks = period.days / 7;
  const rows = rankHotspots({ study, summary, test, weeks, nameOf, measure, changes, emerging });
  const tests = [describeTest(test, study)];
  if (steps) tests.push(describeEmerging(steps));
  if (changes) tests.push(describeChange(baseline.from, baseline.to, [baseline.days, period.days]));
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
    reported: summary.total - summary.discovered,
    discovered: summary.discovered,
    hourUnknown: summary.hourUnknown,
    outside: summary.outside,
    test: tests.join("; "),
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

interface Scene {
  readonly study: StudySet;
  readonly events: PreparedEvents;
  readonly indexOfCell: Int32Array;
}

function summaryOf({ study, events, indexOfCell }: Scene, filter: EventFilter): HotspotSummary {
  return summarise(events, indexOfCell, filter, createSummary(study.cells.length));
}

function changesOf(
  scene: Scene,
  summary: HotspotSummary,
  earlier: EventFilter,
  days: number,
): readonly CellChange[] {
  const before = summaryOf(scene, earlier).counts;
  return changeByCell(scene.study, { before, after: summary.counts }, [days, days]);
}

function emergingOf(scene: Scene, filter: EventFilter, steps: readonly Fold[]): Emerging[] {
  const counts = steps.map(({ start, end }) => {
    const step = { ...filter, from: start / minuteMs, to: end / minuteMs };
    return summaryOf(scene, step).counts;
  });
  return emergingByCell(scene.study, counts);
}

function stepsOf({ from, to }: Period, zone: Zone): readonly Fold[] {
  const steps = emergingSteps(zone, { from, to });
  if (steps) return steps;
  throw new Problem(
    422,
    "Too short for categories",
    `Emerging categories need ${fewestSteps} whole weeks or months; from ${from} to ${to} there are ${wholeWeeks(from, to)} weeks. Choose longer dates.`,
  );
}

function nounOf({ kinds, sources }: EventFilter) {
  const isReported = sources.every((source) => source !== "police");
  if (isReported) return { one: "report", many: "reports" };
  if (kinds.length === 1 && kinds[0] === "arrest") return { one: "arrest", many: "arrests" };
  if (kinds.length === 1 && kinds[0] === "stop_search") {
    return { one: "stop and search", many: "stops and searches" };
  }
  return { one: "event", many: "events" };
}
