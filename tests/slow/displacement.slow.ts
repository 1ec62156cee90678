import { describe, expect, test } from "vitest";
import { type Assessment, assessDisplacement } from "#core/displacement/assess.ts";
import { verdictsOf } from "#core/displacement/compare.ts";
import type { AssessmentRow } from "#core/displacement/rows.ts";
import { monthParts } from "#core/displacement/timeline.ts";
import { assessmentWindows } from "#core/displacement/windows.ts";
import { type AssessmentZones, assessmentZones } from "#core/displacement/zones.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { edgeZones as makeEdgeZones } from "#core/places/edge-zone.ts";
import { createRandom, type Random } from "#core/random.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventSources } from "#core/records/event.ts";
import { twoSidedP } from "#core/stats/normal.ts";
import { minuteMs } from "#core/time/zone.ts";
import { bundledStudy, readBundledPlaces } from "#tests/support/bundled-places.ts";
import { london, overdispersed } from "#tests/support/displacement.ts";

/**
 * The whole assessment on the real command: core 100 reports a month, each edge 30, a year each
 * side. The operation halves the core; a fifth of that fall goes over one border. Drawn month by month, as
 * chance does (scatter 1) and with more scatter than that in every place (negative binomial).
 */
const runs = 200;
const monthly = { core: 100, edge: 30, elsewhere: 300 } as const;
const [effectOnCore, shareMoved] = [0.5, 0.2];
const movedTo = "Waltham Forest";
const scatters = [1, 2] as const;

const places = readBundledPlaces();
const study = bundledStudy();
const edgeZones = makeEdgeZones(places.areas, places.edges, study);
const treated = disk(cellAt([-0.0631, 51.6179], 10), 4);
const operation = {
  name: "simulated",
  cells: treated,
  startsOn: "2020-12-01",
  endsOn: null,
  control: null,
  phases: [],
};
const windows = yearEachSide();
const months = monthParts(london, windows.before.from, windows.after.to);
const zones = assessmentZones({ treated, study, edgeZones });

interface Place {
  readonly cells: readonly H3Cell[];
  /** A month. */
  readonly before: number;
  readonly after: number;
}

function placesWith(isMoved: boolean, from: AssessmentZones): Place[] {
  const fall = isMoved ? monthly.core * (1 - effectOnCore) : 0;
  const steady = (cells: readonly H3Cell[], count: number, extra = 0): Place => {
    return { cells, before: count, after: count + extra };
  };
  return [
    steady(from.treated, monthly.core, -fall),
    steady(from.control, monthly.elsewhere),
    ...from.edges.map(({ neighbour, inner, outer }) =>
      steady([...inner, ...outer], monthly.edge, neighbour === movedTo ? fall * shareMoved : 0),
    ),
  ];
}

function simulate(isMoved: boolean, seed: number, scatter: number): Assessment {
  const random = createRandom(seed);
  const events = drawEvents(placesWith(isMoved, zones), random, scatter);
  return assessDisplacement({ operation, windows, study, edgeZones, events, zone: london });
}

const moved = 12 * monthly.core * (1 - effectOnCore) * shareMoved;

/** What one run of a moved problem got right, and wrong. */
function judge({ edges, treatedArea, banner }: Assessment) {
  const right = edges.find((edge) => edge.neighbour === movedTo);
  const isCovered = (low: number, high: number) => low <= moved && moved <= high;
  return {
    covered: isCovered(right?.low ?? moved + 1, right?.high ?? 0),
    found: right?.verdict === "rise",
    wrong: edges.some((edge) => edge.neighbour !== movedTo && isCalled(edge)),
    core: treatedArea.verdict === "fall",
    banner: banner?.includes(movedTo) === true,
    // A rise has its first month, and nothing else has one.
    dated: (right?.changedFrom ?? null) !== null,
  };
}

/** Shares of the runs, in the order of their seeds. */
function sharesOf<Name extends string>(
  firstSeed: number,
  look: (seed: number) => Readonly<Record<Name, boolean>>,
): Record<Name, number> {
  const seen = Array.from({ length: runs }, (_, run) => look(firstSeed + run));
  const names = Object.keys(seen[0] ?? {}) as Name[];
  const share = (name: Name) => seen.filter((one) => one[name]).length / runs;
  return Object.fromEntries(names.map((name) => [name, share(name)])) as Record<Name, number>;
}

function print(title: string, shares: Readonly<Record<string, number>>): void {
  const rates = Object.entries(shares).map(
    ([name, share]) => `${name} ${(100 * share).toFixed(1)}%`,
  );
  console.info(`${title}, ${runs} runs: ${rates.join(", ")}`);
}

describe.each(scatters)("scatter %i", (scatter) => {
  test("a fifth of the fall moved over one border is found there and nowhere else", () => {
    const shares = sharesOf(1, (seed) => judge(simulate(true, seed, scatter)));
    print(`scatter ${scatter}, ${moved} reports moved`, shares);
    expect(shares.covered).toBeGreaterThan(0.92);
    expect(shares.wrong).toBeLessThanOrEqual(0.05);
    expect(shares.found).toBeGreaterThan(scatter === 1 ? 0.5 : 0.25);
    expect(shares.core).toBeGreaterThan(0.99);
    expect(shares.dated).toBe(shares.found);
  });

  test("without any effect no edge is called in 95% of runs", () => {
    const shares = sharesOf(10_001, (seed) => {
      const { edges, treatedArea } = simulate(false, seed, scatter);
      return {
        edge: edges.some(isCalled),
        asIfByChance: verdictsOf(edges.map(asIfByChance)).some((verdict) => isCalled({ verdict })),
        core: isCalled(treatedArea),
      };
    });
    print(`scatter ${scatter}, without effect, called`, shares);
    expect(shares.edge).toBeLessThanOrEqual(0.05);
    // A year of months tells an area's own scatter only roughly: it is called a little too often.
    expect(shares.core).toBeLessThanOrEqual(0.12);
    // Why intervals are widened: taken for chance, scatter calls an edge far too often.
    if (scatter > 1) expect(shares.asIfByChance).toBeGreaterThan(0.2);
  });
});

/** The row with the standard error that it would have without the months' scatter. */
function asIfByChance({ wdd, z, p, dispersion }: AssessmentRow) {
  return { wdd, p: p === null || z === null ? null : twoSidedP(z * Math.sqrt(dispersion ?? 1)) };
}

function isCalled({ verdict }: { readonly verdict: string }): boolean {
  return verdict === "rise" || verdict === "fall";
}

function drawEvents(spots: readonly Place[], random: Random, scatter: number): EventColumns {
  const cells: H3Cell[] = [];
  const [cell, start]: [number[], number[]] = [[], []];
  for (const spot of spots) {
    const first = cells.length;
    cells.push(...spot.cells);
    for (const { startsAt, endsAt } of months) {
      const mean = startsAt < windows.after.startsAt ? spot.before : spot.after;
      for (let left = overdispersed(mean, scatter, random); left > 0; left -= 1) {
        cell.push(first + random.integer(spot.cells.length));
        start.push(Math.floor((startsAt + random.next() * (endsAt - startsAt)) / minuteMs));
      }
    }
  }
  const length = cell.length;
  return {
    length,
    cells,
    cell: Uint32Array.from(cell),
    start: Int32Array.from(start),
    end: Int32Array.from(start),
    kind: new Uint8Array(length),
    source: new Uint8Array(length).fill(eventSources.indexOf("resident")),
    category: new Uint8Array(length),
    type: new Uint8Array(length),
    types: [],
  };
}

function yearEachSide() {
  const found = assessmentWindows({
    zone: london,
    startsOn: operation.startsOn,
    endsOn: null,
    asAtDate: "2021-11-30",
  });
  if (!found.ok) throw new Error(found.reason);
  return found.value;
}
