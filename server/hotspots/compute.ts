import { cutToRecords } from "#core/hotspots/baseline.ts";
import { type CellChange, changeByCell, describeChange } from "#core/hotspots/change.ts";
import { createSummary, type HotspotSummary } from "#core/hotspots/counts.ts";
import { emergingByCell } from "#core/hotspots/emerging.ts";
import { describeEmerging } from "#core/hotspots/emerging-group.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { type PreparedEvents, prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { rankHotspots } from "#core/hotspots/rank.ts";
import { describeHotspots } from "#core/hotspots/sentence.ts";
import { emergingSteps, fewestSteps, wholeWeeks } from "#core/hotspots/steps.ts";
import { summarise } from "#core/hotspots/summary.ts";
import { describeTest, testCells } from "#core/hotspots/test-cells.ts";
import type { HotspotsQuery, HotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { parentStudySet, type StudySet } from "#core/places/study-set.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { withTypes } from "#core/records/types.ts";
import type { Emerging } from "#core/stats/emerging-pattern.ts";
import type { Fold } from "#core/stats/folds.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  type ChosenTypes,
  filterOfQuery,
  minutesOf,
  nounOf,
  type Period,
  periodOf,
  precedingPeriod,
} from "#server/hotspots/filter-of-query.ts";
import { answerOnce, type KeptReply } from "#server/hotspots/kept-replies.ts";
import { type Places, placesOf, studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import {
  firstEventAt,
  loadEventColumns,
  loadTypedColumns,
} from "#server/records/queries/events.ts";

export async function computeHotspots(act: Act, query: HotspotsQuery): Promise<HotspotsReply> {
  return (await findHotspots(act, query)).reply;
}

/** JSON rendered once for everybody who asks the same. */
export async function renderHotspots(act: Act, query: HotspotsQuery): Promise<Buffer> {
  return (await findHotspots(act, query)).body;
}

async function findHotspots(act: Act, query: HotspotsQuery): Promise<KeptReply> {
  const question = await readQuestion(act, query);
  const { from, to, resolution, measure } = query;
  act.addDetail({ from, to, resolution, measure, kinds: question.filter.kinds.join(",") });
  return answerOnce(act, {
    ground: question.places,
    query,
    load: (tx, before, types) => loadScene(tx, { ...question, types }, before),
    answer: (loaded, types) => answerOf({ ...question, types }, loaded),
  });
}

interface Loaded {
  readonly columns: EventColumns;
  /** Null without a comparison. */
  readonly baseline: Period | null;
}

async function loadScene(tx: Transaction, question: Question, before: number): Promise<Loaded> {
  const { filter, zone } = question;
  const baseline = await baselineOf(tx, question, before);
  const first = baseline ? minutesOf(baseline, zone) : filter;
  const range = { from: first.from * minuteMs, to: filter.to * minuteMs };
  const types = question.types?.codes ?? null;
  const columns = types
    ? await loadTypedColumns(tx, { ...range, before, types })
    : await loadEventColumns(tx, { ...range, before });
  return { columns, baseline };
}

async function baselineOf(
  tx: Transaction,
  { query, period, zone }: Question,
  before: number,
): Promise<Period | null> {
  if (query.measure !== "change") return null;
  const asked = precedingPeriod(period);
  const first = await firstEventAt(tx, before);
  const records = { from: zone.dateOf(first ?? before), to: asked.to };
  const cut = cutToRecords(asked, records, period.days);
  if (cut) return periodOf(cut);
  throw new Problem(
    422,
    "Nothing to compare with",
    `Change compares ${period.from} to ${period.to} with ${asked.from} to ${asked.to}, but records start ${first === null ? "later" : `on ${records.from}`}. Choose a shorter or later period.`,
  );
}

interface Question {
  readonly query: HotspotsQuery;
  readonly zone: Zone;
  readonly places: Places;
  readonly filter: EventFilter;
  readonly period: Period;
  readonly area: StudySet;
  readonly steps: readonly Fold[] | null;
  readonly types: ChosenTypes | null;
}

async function readQuestion(act: Act, query: HotspotsQuery): Promise<Omit<Question, "types">> {
  const { zone } = act;
  const period = periodOf(query);
  return {
    query,
    zone,
    period,
    filter: filterOfQuery(query, zone),
    steps: query.measure === "emerging" ? stepsOf(period, zone) : null,
    places: await placesOf(act),
    area: await studySet(act, query.area),
  };
}

function answerOf(question: Question, { columns, baseline }: Loaded): HotspotsReply {
  const { query, zone, places, filter, period, area, steps, types } = question;
  const { measure } = query;
  const study = parentStudySet(area, query.resolution);
  const scene: Scene = {
    study,
    events: prepareEvents(columns, zone),
    indexOfCell: studyIndexOfCells(columns, study, area),
  };
  const { nameOf } = places;
  const summary = summaryOf(scene, filter);
  const lengths = [baseline?.days ?? 0, period.days] as const;
  const changes = baseline
    ? changesOf(scene, summary, { ...filter, ...minutesOf(baseline, zone) }, lengths)
    : undefined;
  const emerging = steps ? emergingOf(scene, filter, steps) : undefined;
  const test = testCells(summary.counts, study);
  const weeks = period.days / 7;
  const rows = rankHotspots({ study, summary, test, weeks, nameOf, measure, changes, emerging });
  const tests = [describeTest(summary.total, study)];
  if (steps) tests.push(describeEmerging(steps));
  if (baseline) tests.push(describeChange(baseline.from, baseline.to, lengths));
  return {
    studyArea: study.name,
    resolution: study.resolution,
    cells: study.cells.length,
    from: query.from,
    to: query.to,
    kinds: [...filter.kinds],
    sources: [...filter.sources],
    ...(types ? { types: [...types.words] } : {}),
    measure,
    total: summary.total,
    reported: summary.total - summary.discovered,
    discovered: summary.discovered,
    hourUnknown: summary.hourUnknown,
    outside: summary.outside,
    test: tests.join("; "),
    sentence: withTypes(
      describeHotspots({
        total: summary.total,
        weeks,
        hotCells: test.hotCells,
        clock: summary.clock,
        hours: filter.hours,
        noun: nounOf(filter),
      }),
      types?.words ?? [],
    ),
    rows: rows.slice(0, query.limit),
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
  lengths: readonly [before: number, after: number],
): readonly CellChange[] {
  const before = summaryOf(scene, earlier).counts;
  return changeByCell(scene.study, { before, after: summary.counts }, lengths);
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
