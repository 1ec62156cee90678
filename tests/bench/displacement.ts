import { assessDisplacement } from "#core/displacement/assess.ts";
import { assessmentWindows } from "#core/displacement/windows.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import { commandStudySet } from "#core/places/command.ts";
import { edgeZones } from "#core/places/edge-zone.ts";
import { createRandom } from "#core/random.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventSources } from "#core/records/event.ts";
import { spaceTimeScan } from "#core/stats/scan.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  computeOften,
  milliseconds,
} from "#tests/bench/timing.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";
import { falseCalls } from "#tests/support/simulated-command.ts";

const reports = 500_000;
const assessmentLimit = 300;
export const scanLimit = 2_000;

/** An assessment over ten years of the whole command, and the scan that watches a ring. */
export function benchDisplacement({ say }: BenchContext): BenchLine[] {
  say("Displacement: ten years of the command, the scan of 500 events in 90 days...");
  const lines = [assessmentLine(), scanLine()];
  say(`Displacement: ${simulations} operations that did nothing, drawn in two ways...`);
  return [...lines, ...falseCallLines()];
}

/** Of operations that did nothing, made up on the real command with four months each side. */
const simulations = 200;
const mostFalse = 0.06;

function falseCallLines(): BenchLine[] {
  const command = { months: 4, scatter: 1, drift: 0, neighbourhoods: 7 };
  const cases = [
    ["counts that scatter twice as much as chance", { ...command, scatter: 2 }],
    ["places that drift by .12 a month", { ...command, drift: 0.12 }],
  ] as const;
  return cases.flatMap(([what, given]) => {
    const { core, edge } = falseCalls(given, simulations);
    return [
      { where: "the treated area", value: core },
      { where: "any of ten edges", value: edge },
    ].map(({ where, value }) => ({
      work: `false verdicts on ${where}, ${what}, four months each side, ${simulations} simulations`,
      measured: `${(100 * value).toFixed(1)}%`,
      beside: `asked: ${100 * mostFalse}%`,
      ratio: (value / mostFalse).toFixed(2),
      figure: { value, unit: "share", target: mostFalse, ok: value <= mostFalse },
    }));
  });
}

function assessmentLine(): BenchLine {
  const places = readBundledPlaces();
  const study = commandStudySet(places.areas);
  const edges = edgeZones(places.areas, places.edges, study);
  const zone = createZone("Europe/London");
  const operation = {
    name: "bench",
    cells: disk(cellAt([-0.0631, 51.6179], 10), 4),
    startsOn: "2016-12-01",
    endsOn: null,
    control: null,
    phases: [
      { name: "first year", startsOn: "2016-12-01", endsOn: "2017-11-30" },
      { name: "since then", startsOn: "2017-12-01", endsOn: null },
    ],
  };
  const found = assessmentWindows({
    zone,
    startsOn: operation.startsOn,
    endsOn: null,
    asAtDate: "2021-11-30",
    recorded: { from: "2011-12-01", to: "2021-11-30" },
  });
  if (!found.ok) throw new Error(found.reason);
  const windows = found.value;
  const cells = [...study.cells, ...edges.flatMap(({ outer }) => outer)];
  const events = drawEvents(cells, windows.before.startsAt, windows.after.endsAt);
  const own = computeOften(5, () =>
    assessDisplacement({ operation, windows, study, edgeZones: edges, events, zone }),
  );
  return {
    work: `full assessment, ten years, ${reports.toLocaleString("en-GB")} reports, ${study.cells.length} cells, ${edges.length} edges`,
    measured: milliseconds(own.median),
    beside: `asked: ${assessmentLimit} ms`,
    ratio: `${(assessmentLimit / own.median).toFixed(1)} x faster than asked`,
    figure: atMost(own.median, "ms", assessmentLimit),
  };
}

function drawEvents(cells: EventColumns["cells"], from: number, to: number): EventColumns {
  const random = createRandom(29);
  const minutes = (to - from) / minuteMs;
  const start = Int32Array.from(
    { length: reports },
    () => from / minuteMs + random.integer(minutes),
  ).sort();
  return {
    length: reports,
    cells,
    cell: Uint32Array.from({ length: reports }, () => random.integer(cells.length)),
    start,
    end: start,
    kind: new Uint8Array(reports),
    source: new Uint8Array(reports).fill(eventSources.indexOf("resident")),
    category: new Uint8Array(reports),
    type: new Uint8Array(reports),
    types: [],
  };
}

function scanLine(): BenchLine {
  const random = createRandom(31);
  const [places, count, days] = [200, 500, 90];
  const cases = {
    places: Array.from({ length: places }, (_, at) => `p${at}`),
    x: Array.from({ length: places }, () => random.next() * 6_000),
    y: Array.from({ length: places }, () => random.next() * 6_000),
    place: Array.from({ length: count }, () => random.integer(places)),
    day: Array.from({ length: count }, () => 1 + random.integer(days)),
  };
  const options = {
    days,
    maxRadius: 1_000,
    maxDays: 28,
    prospective: true,
    replicates: 999,
    seed: 1,
  };
  const own = computeOften(3, () => spaceTimeScan(cases, options)).median;
  return {
    work: `space-time scan, prospective, ${count} events in ${days} days, 999 replicates`,
    measured: milliseconds(own),
    beside: `asked: ${scanLimit} ms`,
    ratio: `${(scanLimit / own).toFixed(1)} x faster than asked`,
    figure: atMost(own, "ms", scanLimit),
  };
}
