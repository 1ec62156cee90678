import { assessDisplacement } from "#core/displacement/assess.ts";
import { assessmentAlpha, compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import { assessmentWindows } from "#core/displacement/windows.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import { commandStudySet } from "#core/places/command.ts";
import { edgeZones } from "#core/places/edge-zone.ts";
import { createRandom, type Random } from "#core/random.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventSources } from "#core/records/event.ts";
import { pooledDispersion } from "#core/stats/dispersion.ts";
import { riseEvidence } from "#core/stats/e-process.ts";
import { spaceTimeScan } from "#core/stats/scan.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import type { PrePost } from "#core/stats/wdd.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  computeOften,
  milliseconds,
} from "#tests/bench/timing.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";
import { normal, overdispersed } from "#tests/support/displacement.ts";
import { falseCalls } from "#tests/support/simulated-command.ts";

const reports = 500_000;
const assessmentLimit = 300;
export const scanLimit = 2_000;

/** An assessment over ten years of the whole command, and the scan that watches a ring. */
export function benchDisplacement({ say }: BenchContext): BenchLine[] {
  say("Displacement: ten years of the command, the scan of 500 events in 90 days...");
  const lines = [assessmentLine(), scanLine(), ...riseLines()];
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

/** Weekly looks over two years at places where nothing rose, with all that is known of them estimated before. */
const [watchedPlaces, weeks] = [10_000, 104];
const evidenceLimit = Math.log(1 / assessmentAlpha);
const risesLookedFor = [1.25, 1.5, 2, 3];

interface Drawn {
  /** Reports a week at the place; thirty times as many around it. */
  readonly weekly: number;
  readonly scatter: number;
  /** A year's standard deviation of how far the place's odds walk by themselves. */
  readonly drift: number;
}

function riseLines(): BenchLine[] {
  const cases = [
    ["Poisson counts", { weekly: 2, scatter: 1, drift: 0 }],
    ["counts that scatter twice as much", { weekly: 2, scatter: 2, drift: 0 }],
    ["places that drift by .1 a year", { weekly: 2, scatter: 1, drift: 0.1 }],
    ["both", { weekly: 2, scatter: 2, drift: 0.1 }],
    ["both, with twenty reports a week", { weekly: 20, scatter: 2, drift: 0.1 }],
  ] as const;
  return cases.map(([what, given]) => {
    const random = createRandom(37);
    const looks = (rise: number, runs: number) =>
      Array.from({ length: runs }, () => lookedAt({ ...given, rise }, random));
    const isFalse = looks(1, watchedPlaces).filter(({ told }) => Number.isFinite(told));
    const value = isFalse.length / watchedPlaces;
    const delays = risesLookedFor.map((rise) => {
      const runs = looks(rise, watchedPlaces / 10);
      const half = runs.length / 2;
      const told = runs.map((run) => run.told).sort((a, b) => a - b)[half] as number;
      const once =
        1 + weeksOf((at) => runs.filter(({ byOneLook }) => byOneLook[at]).length >= half);
      return `${rise}-fold ${weekWords(told)} (one fixed look ${weekWords(once)})`;
    });
    return {
      work: `a rise told at any of ${weeks} weekly looks where there is none, ${what}, ${watchedPlaces} places`,
      measured: `${(100 * value).toFixed(2)}%`,
      beside: `asked: 5%. Weeks until half of rises are told: ${delays.join(", ")}`,
      ratio: (value / assessmentAlpha).toFixed(2),
      figure: { value, unit: "share", target: assessmentAlpha, ok: value <= assessmentAlpha },
    };
  });
}

/** The first week for which it holds; Infinity where there is none. */
function weeksOf(holds: (week: number) => boolean): number {
  const first = Array.from({ length: weeks }, (_, at) => at).find(holds);
  return first ?? Number.POSITIVE_INFINITY;
}

function weekWords(week: number): string {
  return Number.isFinite(week) ? String(week) : `over ${weeks}`;
}

/**
 * A place with a season that its surroundings share: the week in which a rise is told by weekly looks, and whether the
 * usual test would tell one to somebody who looks once, at the end of each week.
 */
function lookedAt(
  { weekly, scatter, drift, rise }: Drawn & { readonly rise: number },
  random: Random,
): { readonly told: number; readonly byOneLook: readonly boolean[] } {
  let level = 0;
  const week = (at: number): PrePost => {
    level += (drift / Math.sqrt(52)) * normal(random);
    const season = Math.exp(0.25 * Math.sin((2 * Math.PI * at) / 52));
    const mean = weekly * season * Math.exp(level) * (at < 52 ? 1 : rise);
    return [
      overdispersed(mean, scatter, random),
      overdispersed(30 * weekly * season, scatter, random),
    ];
  };
  const all = Array.from({ length: 52 + weeks }, (_, at) => week(at));
  const [before, looks] = [all.slice(0, 52), all.slice(52)];
  const months = (side: 0 | 1) =>
    Array.from({ length: 13 }, (_, at) =>
      sumOf(before.slice(4 * at, 4 * at + 4).map((counts) => counts[side])),
    );
  const [treated, control] = [sumOf(months(0)), sumOf(months(1))];
  const dispersion = pooledDispersion([months(0), months(1)]) ?? 1;
  const logs = riseEvidence({
    ...{ before: { treated, control }, looks, dispersion },
    spread: drift,
  });
  return {
    told: 1 + weeksOf((at) => (logs[at] as number) >= evidenceLimit),
    byOneLook: rise === 1 ? [] : usualTest({ treated, control, looks, dispersion, drift }),
  };
}

function usualTest(given: {
  readonly treated: number;
  readonly control: number;
  readonly looks: readonly PrePost[];
  readonly dispersion: number;
  readonly drift: number;
}): boolean[] {
  const after = [0, 0] as [number, number];
  const placebo = { places: 20, spread: given.drift };
  return given.looks.map(([came, compared]) => {
    after[0] += came;
    after[1] += compared;
    const found = compareWithControl([given.treated, after[0]], [given.control, after[1]], {
      ...{ dispersion: given.dispersion, placebo },
    });
    return verdictsOf([found])[0] === "rise";
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
