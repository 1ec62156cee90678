import {
  cellAt,
  cellCentre,
  eventResolution,
  type H3Cell,
  metresBetween,
  type Position,
} from "#core/geo/cell.ts";
import { createPlane, pointsAlong } from "#core/geo/plane.ts";
import { roundedPosition } from "#core/places/pack/main-roads.ts";
import {
  type StreetGraph,
  segmentClass,
  segmentLine,
  segmentName,
} from "#core/places/streets/graph.ts";
import type { StreetClass } from "#core/places/streets/line.ts";
import { compareText } from "#core/text/text-order.ts";

export interface StreetName {
  readonly name: string;
  readonly at: Position;
}

/** A street is looked at in steps of so many metres. */
const stepMetres = 15;
/** "B" is a platform and not a street. */
const isWord = /\p{L}{2}/u;
/** Two cells beside each other must not share a name. */
const namesakeMetres = 600;
/** A path or a yard names a cell only where no street does, as in `core/places/gazetteer/imported-streets.ts`. */
const penalties: Readonly<Partial<Record<StreetClass, number>>> = {
  main: 0,
  secondary: 0,
  street: 0,
  service: 60,
  path: 60,
};

interface Candidate extends StreetName {
  readonly cell: H3Cell;
  /** Metres from the middle of the cell, and the penalty of its class. */
  readonly score: number;
}

/** At most one named street for each cell, by a point of it near the middle of the cell; names that are drawn as roads are not. */
export function streetsByCell(
  graph: StreetGraph,
  cells: ReadonlySet<H3Cell>,
  roads: ReadonlySet<string>,
): { readonly name: string; readonly at: [number, number] }[] {
  const points = streetPoints(graph, roads);
  return chooseStreets(points, cells).map(({ name, at }) => ({ name, at: roundedPosition(at) }));
}

interface StreetPoint extends StreetName {
  readonly penalty: number;
}

function* streetPoints(graph: StreetGraph, roads: ReadonlySet<string>): Generator<StreetPoint> {
  for (let segment = 0; segment < graph.segmentCount; segment += 1) {
    const name = segmentName(graph, segment);
    const penalty = penalties[segmentClass(graph, segment)];
    if (name === null || !isWord.test(name)) continue;
    if (penalty === undefined || roads.has(name)) continue;
    for (const at of stepsAlong(segmentLine(graph, segment))) yield { name, at, penalty };
  }
}

/** The nearest of each name in each cell; then the best pairs first, each cell once and namesakes apart. */
export function chooseStreets(
  points: Iterable<StreetName & { readonly penalty?: number }>,
  cells: ReadonlySet<H3Cell>,
): StreetName[] {
  const best = new Map<string, Candidate>();
  for (const { name, at, penalty = 0 } of points) {
    const cell = cellAt(at, eventResolution);
    if (!cells.has(cell)) continue;
    const score = metresBetween(at, cellCentre(cell)) + penalty;
    const key = `${cell} ${name}`;
    const held = best.get(key);
    if (!held || score < held.score) best.set(key, { cell, name, at, score });
  }
  const taken = new Set<H3Cell>();
  const byName = new Map<string, Candidate[]>();
  const ordered = [...best.values()].sort(
    (a, b) => a.score - b.score || compareText(a.name, b.name) || compareText(a.cell, b.cell),
  );
  for (const candidate of ordered) {
    if (taken.has(candidate.cell)) continue;
    const namesakes = byName.get(candidate.name) ?? [];
    if (namesakes.some(({ at }) => metresBetween(at, candidate.at) < namesakeMetres)) continue;
    byName.set(candidate.name, [...namesakes, candidate]);
    taken.add(candidate.cell);
  }
  return [...byName.values()]
    .flat()
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.cell, b.cell));
}

function stepsAlong(line: readonly Position[]): Position[] {
  const plane = createPlane(line[0] ?? [0, 0]);
  return pointsAlong(line.map(plane.toPlane), stepMetres).map(plane.toPosition);
}
