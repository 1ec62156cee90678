import crossfilter from "crossfilter2";
import { createSummary } from "#core/hotspots/counts.ts";
import { type EventFilter, hourMask } from "#core/hotspots/filter.ts";
import { type PreparedEvents, prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { summarise } from "#core/hotspots/summary.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import { commandStudySet } from "#core/places/command.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { createRandom } from "#core/random.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { createZone } from "#core/time/zone.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  computeOften,
  milliseconds,
  notAsked,
  type Spread,
} from "#tests/bench/timing.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

const zone = createZone("Europe/London");
const firstMinute = Date.parse("2012-01-01T00:00Z") / 60_000;
const minutes = 10 * 365 * 1440;

/** A brush move over a million events beside crossfilter2 in the same run; the exact test beside Gi*. */
export async function benchHotspots({ say }: BenchContext): Promise<BenchLine[]> {
  const study = commandStudySet(readBundledPlaces().areas);
  say("Hotspots: one million events...");
  const prepared = prepareEvents(randomColumns(study, 1_000_000), zone);
  const own = createBrush(study, prepared);
  const peer = createCrossfilter(prepared.columns);
  const kinds = { ...everything, kinds: ["complaint"] as const };
  const hours = hourMask(["fri", "sat"], { from: 20, to: 2 });
  return [
    brushLine("small steps", own(everything), { name: "crossfilter2", move: peer }, smallSteps()),
    brushLine("jumps", own(everything), { name: "crossfilter2", move: peer }, jumps()),
    targetLine("jumps, a kind filter", own(kinds), jumps(), 5),
    targetLine(
      "jumps, a clock filter on aoristic spans",
      own({ ...everything, hours }),
      jumps(),
      16,
    ),
    testLine(study),
  ];
}

type Move = (from: number, to: number) => unknown;
type Steps = readonly (readonly [from: number, to: number])[];

/** A window of 30% of the time that is pulled along, a day at a time. */
function smallSteps(): Steps {
  const width = Math.floor(minutes * 0.3);
  return Array.from({ length: 60 }, (_, step) => {
    const from = firstMinute + Math.floor(minutes * 0.2) + step * 1_440;
    return [from, from + width];
  });
}

/** The same window anywhere: about 300,000 rows each time. */
function jumps(): Steps {
  const random = createRandom(7);
  const width = Math.floor(minutes * 0.3);
  return Array.from({ length: 60 }, () => {
    const from = firstMinute + random.integer(Math.floor(minutes * 0.7));
    return [from, from + width];
  });
}

const everything: Omit<EventFilter, "from" | "to"> = {
  kinds: [...eventKinds],
  sources: [...eventSources],
  categories: null,
  hours: null,
};

function createBrush(study: StudySet, prepared: PreparedEvents) {
  const indexOfCell = studyIndexOfCells(prepared.columns, study);
  const summary = createSummary(study.cells.length);
  return (filter: Omit<EventFilter, "from" | "to">): Move =>
    (from, to) =>
      summarise(prepared, indexOfCell, { ...filter, from, to }, summary);
}

/** Time is the brush; cell, hour of the week and day are counted, as the screen shows them. */
function createCrossfilter({ length, cell, start }: EventColumns): Move {
  const rows = Array.from({ length }, (_, row) => row);
  const filter = crossfilter(rows);
  const time = filter.dimension((row) => start[row] as number);
  const cells = filter.dimension((row) => cell[row] as number).group();
  const clock = filter.dimension((row) => Math.floor((start[row] as number) / 60) % 168).group();
  return (from, to) => {
    time.filterRange([from, to]);
    return [cells.all().length, clock.all().length];
  };
}

function timed(move: Move, steps: Steps): Spread {
  return computeOften(steps.length, (step) => {
    const [from, to] = steps[step] as readonly [number, number];
    move(from, to);
  });
}

function brushLine(
  name: string,
  own: Move,
  peer: { readonly name: string; readonly move: Move },
  steps: Steps,
): BenchLine {
  const mine = timed(own, steps);
  const other = timed(peer.move, steps);
  return {
    work: `brush move, 300,000 of 1,000,000 events, ${name}`,
    measured: spreadWords(mine),
    beside: `${peer.name} ${spreadWords(other)}, in this run`,
    ratio: `${(other.median / mine.median).toFixed(1)} x`,
    figure: notAsked(mine.median, "ms"),
  };
}

function targetLine(name: string, own: Move, steps: Steps, target: number): BenchLine {
  const mine = timed(own, steps);
  return {
    work: `brush move, 300,000 of 1,000,000 events, ${name}`,
    measured: spreadWords(mine),
    beside: `${target} ms at p95 is asked`,
    ratio: `${(mine.p95 / target).toFixed(2)} of it`,
    figure: atMost(mine.p95, "ms", target),
  };
}

function spreadWords({ median, p95 }: Spread): string {
  return `${milliseconds(median)} median, ${milliseconds(p95)} p95`;
}

function testLine(study: StudySet): BenchLine {
  const random = createRandom(11);
  const counts = new Int32Array(study.cells.length);
  for (let event = 0; event < 100_000; event += 1) {
    const cell = Math.floor(study.cells.length * random.next() ** 3);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const exact = computeOften(10, () => testCells(counts, study));
  const copy = computeOften(100, () => counts.slice().sort());
  return {
    work: `hotspots and Gi*, ${study.cells.length} cells, 100,000 events`,
    measured: milliseconds(exact.median),
    beside: `${milliseconds(copy.median)} to sort the counts`,
    ratio: `${(exact.p95 / 60).toFixed(2)} of the 60 ms that are asked`,
    figure: atMost(exact.p95, "ms", 60),
  };
}

/** A quarter exact, the rest uncertain by up to 12 hours. */
function randomColumns(study: StudySet, length: number): EventColumns {
  const random = createRandom(3);
  const starts = Int32Array.from({ length }, () => firstMinute + random.integer(minutes)).sort();
  return {
    length,
    cells: study.cells,
    cell: Uint32Array.from({ length }, () => random.integer(study.cells.length)),
    start: starts,
    end: starts.map((start) => start + (random.next() < 0.25 ? 0 : random.integer(720))),
    kind: Uint8Array.from({ length }, () => random.integer(2)),
    source: new Uint8Array(length),
    category: Uint8Array.from({ length }, () => random.integer(6)),
    type: new Uint8Array(length),
    types: [],
  };
}
