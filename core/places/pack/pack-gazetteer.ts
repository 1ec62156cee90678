import {
  cellAt,
  cellCentre,
  eventResolution,
  type H3Cell,
  metresBetween,
  type Position,
  roundedPosition,
} from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import { pointsAlong } from "#core/geo/points-along.ts";
import { firstOfEach } from "#core/group-by.ts";
import { cellsInside } from "#core/places/command.ts";
import { cornersOf, mainRoads } from "#core/places/pack/main-roads.ts";
import {
  type StreetGraph,
  segmentClass,
  segmentLine,
  segmentName,
} from "#core/places/streets/graph.ts";
import type { StreetClass } from "#core/places/streets/line.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Area, Gazetteer } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";

/** As an archive of tiles labels it. */
export interface NamedPlace {
  readonly kind: "station" | "neighbourhood";
  readonly name: string;
  readonly at: Position;
}

export interface NameSources {
  /** Null without streets. */
  readonly graph: StreetGraph | null;
  /** Of two of one name close together the first is kept. */
  readonly places: readonly NamedPlace[];
  readonly parts: readonly Area[];
  readonly study: StudySet;
  /** Resolution-10 cells to be named: the command's and the zones' outside. */
  readonly around: ReadonlySet<H3Cell>;
}

/** Closer than this, the same name is the same place. */
const samePlaceMetres = 1_500;

export function packGazetteer({ graph, places, parts, study, around }: NameSources) {
  const roads = graph && mainRoads(graph, study.indexOf, around);
  const named = onceEach(of(places, "neighbourhood"));
  // Without a neighbourhood name in the command, the parts stand in.
  const isNamedByParts = !named.some(({ at }) => study.indexOf.has(cellOf(at)));
  const standIns = parts.flatMap(({ name, polygons }) => {
    const middle = middleCell(cellsInside([{ polygons }], eventResolution));
    return middle === null ? [] : [{ name, at: cellCentre(middle) }];
  });
  const neighbourhoods = isNamedByParts ? [...standIns, ...named] : named;
  return {
    gazetteer: {
      roads: roads?.pieces ?? [],
      corners: graph && roads ? cornersOf(graph, roads, around) : [],
      streets: graph ? streetsByCell(graph, around, new Set(roads?.names)) : [],
      stations: onceEach(of(places, "station")).map(written),
      neighbourhoods: neighbourhoods.map(written),
    },
    mainRoads: roads?.names ?? [],
    isNamedByParts,
  };
}

export type Named = Pick<NamedPlace, "name" | "at">;

const cellOf = (at: Position) => cellAt(at, eventResolution);

function of(places: readonly NamedPlace[], kind: NamedPlace["kind"]): NamedPlace[] {
  return places.filter((place) => place.kind === kind);
}

function written({ name, at }: Named): { name: string; at: [number, number] } {
  return { name, at: roundedPosition(at) };
}

function onceEach(places: readonly Named[]): Named[] {
  const isSame = (one: Named, other: Named) =>
    one.name === other.name && metresBetween(one.at, other.at) < samePlaceMetres;
  return firstOfEach(places, isSame).sort((a, b) => compareText(a.name, b.name));
}

/** The cell nearest to the mean centre; null for none. */
export function middleCell(cells: readonly H3Cell[]): H3Cell | null {
  const centres = cells.map((cell) => ({ cell, at: cellCentre(cell) }));
  if (centres.length === 0) return null;
  const mean = ([0, 1] as const).map(
    (axis) => centres.reduce((sum, { at }) => sum + at[axis], 0) / centres.length,
  ) as [number, number];
  const metres = centres.map(({ cell, at }) => ({ cell, away: metresBetween(at, mean) }));
  return metres.reduce((best, one) => (one.away < best.away ? one : best)).cell;
}

const stepMetres = 15;
/** "B" is a platform and not a street. */
const isWord = /\p{L}{2}/u;
/** Adjacent cells must not share a name. */
const namesakeMetres = 600;
/** A path or yard names a cell only where no street does. */
const penalties: Readonly<Partial<Record<StreetClass, number>>> = {
  main: 0,
  secondary: 0,
  street: 0,
  service: 60,
  path: 60,
};

interface Candidate extends Named {
  readonly cell: H3Cell;
  /** Metres to the middle of the cell, plus its class's penalty. */
  readonly score: number;
}

/** At most one named street per cell, by its point nearest the middle; not drawn roads. */
export function streetsByCell(
  graph: StreetGraph,
  cells: ReadonlySet<H3Cell>,
  roads: ReadonlySet<string>,
): Gazetteer["streets"] {
  return chooseStreets(streetPoints(graph, roads), cells).map(written);
}

function* streetPoints(graph: StreetGraph, roads: ReadonlySet<string>) {
  for (let segment = 0; segment < graph.segmentCount; segment += 1) {
    const name = segmentName(graph, segment);
    const penalty = penalties[segmentClass(graph, segment)];
    if (name === null || !isWord.test(name)) continue;
    if (penalty === undefined || roads.has(name)) continue;
    const line = segmentLine(graph, segment);
    const plane = createPlane(line[0] ?? [0, 0]);
    for (const point of pointsAlong(line.map(plane.toPlane), stepMetres)) {
      yield { name, at: plane.toPosition(point), penalty };
    }
  }
}

/** Nearest of each name per cell; then best pairs first, cells once and namesakes apart. */
export function chooseStreets(
  points: Iterable<Named & { readonly penalty?: number }>,
  cells: ReadonlySet<H3Cell>,
): Named[] {
  const best = new Map<string, Candidate>();
  for (const { name, at, penalty = 0 } of points) {
    const cell = cellOf(at);
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
