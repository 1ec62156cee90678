import type { EventColumns } from "#core/events/columns.ts";
import { commandStudySet } from "#core/geo/command.ts";
import type { StudySet } from "#core/geo/study-set.ts";
import { type EventFilter, hourMask, reportedSources } from "#core/hotspots/filter.ts";
import { type PreparedEvents, prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { createSummary, summarise } from "#core/hotspots/summary.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import { createRandom } from "#core/random.ts";
import { createZone } from "#core/time/zone.ts";
import { readBundledPlaces } from "#server/places/bundled.ts";
import { type BenchContext, type BenchLine, milliseconds, timeOften } from "#tests/bench/timing.ts";

const zone = createZone("Europe/London");
const firstMinute = Date.parse("2012-01-01T00:00Z") / 60_000;
const minutes = 10 * 365 * 1440;

/** A brush move over many events beside one plain pass over all of them; the exact test beside Gi*. */
export async function benchHotspots({ say }: BenchContext): Promise<BenchLine[]> {
  const study = commandStudySet(readBundledPlaces().areas);
  say("Hotspots: one million events...");
  const prepared = prepareEvents(randomColumns(study, 1_000_000), zone);
  return [
    brushLine(study, prepared, "brush move, 30 % of 1,000,000 events", null),
    brushLine(
      study,
      prepared,
      "the same with an hour filter on uncertain spans",
      hourMask(["fri", "sat"], { from: 20, to: 2 }),
    ),
    testLine(study),
  ];
}

function brushLine(
  study: StudySet,
  prepared: PreparedEvents,
  work: string,
  hours: Uint8Array | null,
): BenchLine {
  const indexOfCell = studyIndexOfCells(prepared.columns, study);
  const summary = createSummary(study.cells.length);
  const random = createRandom(7);
  const move = timeOften(60, () => {
    const from = firstMinute + random.integer(Math.floor(minutes * 0.7));
    summarise(
      prepared,
      indexOfCell,
      filterOf(from, from + Math.floor(minutes * 0.3), hours),
      summary,
    );
  });
  const plain = timeOften(20, () => countAll(prepared.columns));
  return {
    work,
    measured: `${milliseconds(move.median)} median, ${milliseconds(move.p95)} p95`,
    beside: `${milliseconds(plain.median)} to count all events by cell`,
    ratio: (move.median / plain.median).toFixed(2),
  };
}

function filterOf(from: number, to: number, hours: Uint8Array | null): EventFilter {
  return { from, to, kinds: ["complaint"], sources: reportedSources, categories: null, hours };
}

/** The least that any re-binning must do. */
function countAll(columns: EventColumns): Int32Array {
  const counts = new Int32Array(columns.cells.length);
  for (let row = 0; row < columns.length; row += 1) {
    const cell = columns.cell[row] as number;
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}

function testLine(study: StudySet): BenchLine {
  const random = createRandom(11);
  const counts = new Int32Array(study.cells.length);
  for (let event = 0; event < 100_000; event += 1) {
    const cell = Math.floor(study.cells.length * random.next() ** 3);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const exact = timeOften(10, () => testCells(counts, study));
  const copy = timeOften(100, () => counts.slice().sort());
  return {
    work: `Gi* and exact p, ${study.cells.length} cells, 100,000 events`,
    measured: milliseconds(exact.median),
    beside: `${milliseconds(copy.median)} to sort the counts`,
    ratio: (exact.median / copy.median).toFixed(0),
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
    kind: new Uint8Array(length).fill(1),
    source: new Uint8Array(length),
    category: Uint8Array.from({ length }, () => random.integer(6)),
  };
}
