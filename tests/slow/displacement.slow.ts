import { expect, test } from "vitest";
import { type Assessment, assessDisplacement } from "#core/displacement/assess.ts";
import { assessmentWindows } from "#core/displacement/windows.ts";
import { type AssessmentZones, assessmentZones } from "#core/displacement/zones.ts";
import type { EventColumns } from "#core/events/columns.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { commandStudySet } from "#core/geo/command.ts";
import { edgeZones as makeEdgeZones } from "#core/geo/edge-zone.ts";
import { eventSources } from "#core/model/event.ts";
import { createRandom, type Random } from "#core/random.ts";
import { minuteMs } from "#core/time/zone.ts";
import { readBundledPlaces } from "#server/places/bundled.ts";
import { london, poisson } from "#tests/support/displacement.ts";

/**
 * The whole assessment on the real command: core 100 reports a month, each edge 30, a year each
 * side. The operation halves the core; a fifth of that fall goes over one border.
 */
const runs = 200;
const monthly = { core: 100, edge: 30, elsewhere: 300 } as const;
const [effectOnCore, shareMoved] = [0.5, 0.2];
const movedTo = "Waltham Forest";

const places = readBundledPlaces();
const study = commandStudySet(places.areas);
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
const everywhere = new Set([...study.cells, ...edgeZones.flatMap((edge) => edge.outer)]);
const zones = assessmentZones({ treated, study, edgeZones, recorded: everywhere });

interface Place {
  readonly cells: readonly H3Cell[];
  readonly before: number;
  readonly after: number;
}

function placesWith(moved: boolean, from: AssessmentZones): Place[] {
  const year = (count: number) => 12 * count;
  const fall = moved ? year(monthly.core) * (1 - effectOnCore) : 0;
  const steady = (cells: readonly H3Cell[], count: number, extra = 0): Place => {
    return { cells, before: year(count), after: year(count) + extra };
  };
  return [
    steady(from.treated, monthly.core, -fall),
    steady(from.control, monthly.elsewhere),
    ...from.edges.map(({ neighbour, inner, outer }) =>
      steady([...inner, ...outer], monthly.edge, neighbour === movedTo ? fall * shareMoved : 0),
    ),
  ];
}

function simulate(moved: boolean, seed: number): Assessment {
  const random = createRandom(seed);
  const events = drawEvents(placesWith(moved, zones), random);
  return assessDisplacement({ operation, windows, study, edgeZones, events, zone: london });
}

test("a fifth of the fall moved over one border is found there and nowhere else", () => {
  const truth = 12 * monthly.core * (1 - effectOnCore) * shareMoved;
  const tally = { covered: 0, found: 0, wrong: 0, core: 0, banner: 0 };
  for (let run = 1; run <= runs; run += 1) {
    const { edges, treatedArea, banner } = simulate(true, run);
    const right = edges.find((edge) => edge.neighbour === movedTo);
    tally.covered += (right?.low ?? truth + 1) <= truth && truth <= (right?.high ?? 0) ? 1 : 0;
    tally.found += right?.verdict === "rise" ? 1 : 0;
    tally.wrong += edges.some((edge) => edge.neighbour !== movedTo && isCalled(edge)) ? 1 : 0;
    tally.core += treatedArea.verdict === "fall" ? 1 : 0;
    tally.banner += banner?.includes(movedTo) ? 1 : 0;
  }
  const rates = Object.entries(tally).map(([name, hits]) => `${name} ${(100 * hits) / runs} %`);
  console.info(`${runs} runs, ${truth} reports moved: ${rates.join(", ")}`);
  expect(tally.covered / runs).toBeGreaterThan(0.92);
  expect(tally.wrong / runs).toBeLessThanOrEqual(0.05);
  expect(tally.found / runs).toBeGreaterThan(0.5);
  expect(tally.core / runs).toBeGreaterThan(0.99);
});

test("without any effect no edge is called in 95 % of runs", () => {
  let called = 0;
  for (let run = 1; run <= runs; run += 1) {
    called += simulate(false, 10_000 + run).edges.some(isCalled) ? 1 : 0;
  }
  console.info(`${runs} runs without effect: an edge was called in ${(100 * called) / runs} %`);
  expect(called / runs).toBeLessThanOrEqual(0.05);
});

function isCalled({ verdict }: { readonly verdict: string }): boolean {
  return verdict === "rise" || verdict === "fall";
}

function drawEvents(spots: readonly Place[], random: Random): EventColumns {
  const cells: H3Cell[] = [];
  const [cell, start]: [number[], number[]] = [[], []];
  for (const spot of spots) {
    const first = cells.length;
    cells.push(...spot.cells);
    const add = (mean: number, { startsAt, endsAt }: { startsAt: number; endsAt: number }) => {
      for (let left = poisson(mean, random); left > 0; left -= 1) {
        cell.push(first + random.integer(spot.cells.length));
        start.push(Math.floor((startsAt + random.next() * (endsAt - startsAt)) / minuteMs));
      }
    };
    add(spot.before, windows.before);
    add(spot.after, windows.after);
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
