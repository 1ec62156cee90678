import { cellAt, cellCentre, eventResolution, type H3Cell, metresBetween } from "#core/geo/cell.ts";
import { cellsInside } from "#core/places/fill.ts";
import { type Corner, cornersOf } from "#core/places/pack/corners.ts";
import { mainRoads, type RoadPiece, roundedPosition } from "#core/places/pack/main-roads.ts";
import type { NamedPlace, PlaceKind } from "#core/places/pack/names-file.ts";
import { chooseStreets, streetsByCell } from "#core/places/pack/streets-by-cell.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Area, Gazetteer } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";

export interface PackNames {
  readonly gazetteer: Gazetteer;
  /** The longest first. */
  readonly mainRoads: readonly string[];
  /** True where no name of a neighbourhood lies in the command, and the parts stand in for them. */
  readonly isNamedByParts: boolean;
}

export interface NameSources {
  /** Null without streets. */
  readonly graph: StreetGraph | null;
  /** Of a file of names first, then of labels: of two of one name near each other the first is kept. */
  readonly places: readonly NamedPlace[];
  readonly parts: readonly Area[];
  readonly study: StudySet;
  /** Resolution-10 cells that need a name: those of the command and of the zones outside. */
  readonly around: ReadonlySet<H3Cell>;
}

/** The same name nearer than this is the same place once more. */
const samePlaceMetres = 1_500;

/** Everything that names a cell of a command: roads, corners and streets from a graph of streets, and named places. */
export function packGazetteer({ graph, places, parts, study, around }: NameSources): PackNames {
  const roads = graph && mainRoads(graph, study.indexOf, around);
  const drawn = new Set(roads?.names);
  const corners: readonly Corner[] = graph && roads ? cornersOf(graph, roads, around) : [];
  const given = chooseStreets(of(places, "street"), around);
  const streets = graph ? streetsByCell(graph, around, drawn) : [];
  const named = onceEach(of(places, "neighbourhood"));
  const isNamedByParts = !named.some(({ at }) => study.indexOf.has(cellAt(at, study.resolution)));
  const neighbourhoods = isNamedByParts ? [...parts.flatMap(standIn), ...named] : named;
  return {
    gazetteer: {
      roads: (roads?.pieces ?? []).map(writtenRoad),
      corners: [...corners],
      streets: withoutTaken(streets, given).map(written),
      stations: onceEach(of(places, "station")).map(written),
      neighbourhoods: neighbourhoods.map(written),
    },
    mainRoads: roads?.names ?? [],
    isNamedByParts,
  };
}

type Named = Pick<NamedPlace, "name" | "at">;

function of(places: readonly NamedPlace[], kind: PlaceKind): NamedPlace[] {
  return places.filter((place) => place.kind === kind);
}

function written({ name, at }: Named): { name: string; at: [number, number] } {
  return { name, at: roundedPosition(at) };
}

function writtenRoad({ name, line }: RoadPiece): Gazetteer["roads"][number] {
  return { name, line: line.map(([lng, lat]) => [lng, lat]) };
}

function onceEach(places: readonly Named[]): Named[] {
  const byName = new Map<string, Named[]>();
  for (const place of places) {
    const namesakes = byName.get(place.name) ?? [];
    const isSame = namesakes.some(({ at }) => metresBetween(at, place.at) < samePlaceMetres);
    if (!isSame) byName.set(place.name, [...namesakes, place]);
  }
  return [...byName.values()].flat().sort((a, b) => compareText(a.name, b.name));
}

/** Streets of a file of names, and those of the graph in the cells that are left. */
function withoutTaken(streets: readonly Named[], given: readonly Named[]): Named[] {
  const taken = new Set(given.map(({ at }) => cellAt(at, eventResolution)));
  return [...given, ...streets.filter(({ at }) => !taken.has(cellAt(at, eventResolution)))];
}

/** The name of a part at one of its cells about the middle of them. */
function standIn(part: Area): Named[] {
  const middle = middleCell(cellsInside([part], eventResolution));
  return middle === null ? [] : [{ name: part.name, at: cellCentre(middle) }];
}

/** Of some cells the one nearest to the mean of their centres; null of none. */
export function middleCell(cells: readonly H3Cell[]): H3Cell | null {
  const centres = cells.map((cell) => ({ cell, at: cellCentre(cell) }));
  if (centres.length === 0) return null;
  const mean = ([0, 1] as const).map(
    (axis) => centres.reduce((sum, { at }) => sum + at[axis], 0) / centres.length,
  ) as [number, number];
  const metres = centres.map(({ cell, at }) => ({ cell, away: metresBetween(at, mean) }));
  return metres.reduce((best, one) => (one.away < best.away ? one : best)).cell;
}
