import { type Assessment, assessDisplacement } from "#core/displacement/assess.ts";
import { monthParts } from "#core/displacement/timeline.ts";
import { type AssessmentWindows, assessmentWindows } from "#core/displacement/windows.ts";
import { assessmentZones } from "#core/displacement/zones.ts";
import { cellAt, disk, type H3Cell, parentCell } from "#core/geo/cell.ts";
import { edgeZones as makeEdgeZones } from "#core/places/edge-zone.ts";
import { createRandom, type Random } from "#core/random.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventSources } from "#core/records/event.ts";
import { dayMs, minuteMs } from "#core/time/zone.ts";
import { bundledStudy, readBundledPlaces } from "#tests/support/bundled-places.ts";
import { london, normal, overdispersed } from "#tests/support/displacement.ts";

/** Made-up records of the real command, and what they do by themselves. */
export interface SimulatedCommand {
  /** Whole months before the start, and as many after it. */
  readonly months: number;
  /** Variance over mean of a place's month: 1 is chance alone. */
  readonly scatter: number;
  /** Standard deviation of each month's step of a place's rate, on the log scale. */
  readonly drift: number;
  /** Each neighbourhood of the comparison area by itself (cells of this resolution), or all of it as one place. */
  readonly neighbourhoods: number | null;
  /** Reports a month that the core loses from the start on, and what one edge gains; null: the operation did nothing. */
  readonly moved: { readonly fall: number; readonly to: string; readonly gain: number } | null;
  /** Months after the start in which a phase begins. */
  readonly phases?: readonly number[];
}

/** Reports a month: the core, each edge, and all the rest. */
export const monthly = { core: 100, edge: 30, elsewhere: 300 } as const;

const places = readBundledPlaces();
const study = bundledStudy();
const edgeZones = makeEdgeZones(places.areas, places.edges, study);
const treated = disk(cellAt([-0.0631, 51.6179], 10), 4);
const zones = assessmentZones({ treated, study, edgeZones });

interface Place {
  readonly cells: readonly H3Cell[];
  /** A month. */
  readonly before: number;
  readonly after: number;
}

function placesOf({ neighbourhoods, moved }: SimulatedCommand): Place[] {
  const parts = new Map<string, H3Cell[]>();
  for (const cell of zones.control) {
    const part = neighbourhoods === null ? "all" : parentCell(cell, neighbourhoods);
    parts.set(part, [...(parts.get(part) ?? []), cell]);
  }
  const steady = (cells: readonly H3Cell[], mean: number, extra = 0): Place => {
    return { cells, before: mean, after: mean + extra };
  };
  return [
    steady(zones.treated, monthly.core, -(moved?.fall ?? 0)),
    ...zones.edges.map(({ neighbour, inner, outer }) =>
      steady([...inner, ...outer], monthly.edge, neighbour === moved?.to ? moved.gain : 0),
    ),
    ...[...parts.values()].map((cells) =>
      steady(cells, (monthly.elsewhere * cells.length) / zones.control.length),
    ),
  ];
}

/** One assessment of an operation as of the end of as many months after its start as are known before it. */
export function simulateAssessment(command: SimulatedCommand, seed: number): Assessment {
  const { months } = command;
  const startsOn = "2020-12-01";
  const dateOf = (month: number, day: number) =>
    new Date(Date.UTC(2020, month, day)).toISOString().slice(0, 10);
  const [first, asAtDate] = [dateOf(11 - months, 1), dateOf(11 + months, 0)];
  const beforeDays = (Date.parse(startsOn) - Date.parse(first)) / dayMs;
  const found = assessmentWindows({ zone: london, startsOn, endsOn: null, asAtDate, beforeDays });
  if (!found.ok) throw new Error(found.reason);
  const windows = found.value;
  const events = drawEvents(command, windows, createRandom(seed));
  const operation = { name: "simulated", cells: treated, startsOn, endsOn: null };
  const { phases: starts = [] } = command;
  const phases = starts.map((month, at) => {
    const next = starts[at + 1];
    const endsOn = next === undefined ? null : dateOf(11 + next, 0);
    return { name: `phase ${at + 1}`, startsOn: dateOf(11 + month, 1), endsOn };
  });
  return assessDisplacement({
    operation: { ...operation, control: null, phases },
    windows,
    study,
    edgeZones,
    events,
    zone: london,
  });
}

export function isCalled({ verdict }: { readonly verdict: string }): boolean {
  return verdict === "rise" || verdict === "fall";
}

/** How often an operation that did nothing is called a change: in the treated area, along any edge, and so in any phase. */
export function falseCalls(command: Omit<SimulatedCommand, "moved">, runs: number) {
  let [core, edge, phase, phaseEdge] = [0, 0, 0, 0];
  for (let seed = 1; seed <= runs; seed += 1) {
    const { treatedArea, edges, phases } = simulateAssessment({ ...command, moved: null }, seed);
    core += isCalled(treatedArea) ? 1 : 0;
    edge += edges.some(isCalled) ? 1 : 0;
    phase += phases.some((one) => isCalled(one.treatedArea)) ? 1 : 0;
    phaseEdge += phases.some((one) => one.edges.some(isCalled)) ? 1 : 0;
  }
  return {
    core: core / runs,
    edge: edge / runs,
    phase: phase / runs,
    phaseEdge: phaseEdge / runs,
  };
}

function drawEvents(
  command: SimulatedCommand,
  { before, after }: AssessmentWindows,
  random: Random,
): EventColumns {
  const { scatter, drift } = command;
  const parts = monthParts(london, before.from, after.to);
  const cells: H3Cell[] = [];
  const [cell, start]: [number[], number[]] = [[], []];
  for (const spot of placesOf(command)) {
    const first = cells.length;
    cells.push(...spot.cells);
    let level = 0;
    for (const { startsAt, endsAt } of parts) {
      if (drift > 0) level += drift * normal(random);
      const mean = (startsAt < after.startsAt ? spot.before : spot.after) * Math.exp(level);
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
