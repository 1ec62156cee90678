import {
  cellAt,
  cellCentre,
  disk,
  eventResolution,
  type H3Cell,
  type Position,
} from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type Plane } from "#core/geo/plane.ts";
import { cellsInside, commandStudySet } from "#core/places/command.ts";
import { type EdgeZone, edgeZones } from "#core/places/edge-zone.ts";
import type { EdgeLine } from "#core/places/nearest-edge.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Area, Gazetteer } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";
import { fieldFault, type Recipe } from "#data/demo/recipe.ts";

export interface DemoPlaces {
  readonly areas: readonly Area[];
  readonly edges: readonly EdgeLine[];
  readonly gazetteer: Gazetteer;
  /** Worked out, which takes a second, where nobody has them yet. */
  readonly zones?: readonly EdgeZone[];
}

/** What the places of a pack are to its demonstration. */
export interface DemoGround {
  readonly gazetteer: Gazetteer;
  readonly plane: Plane;
  readonly command: StudySet;
  readonly zones: readonly EdgeZone[];
  readonly parts: readonly string[];
  readonly cellsOfPart: (name: string) => ReadonlySet<H3Cell>;
  /** The cells that the operation treats, sorted. */
  readonly treated: readonly H3Cell[];
  /** Metres from the busy street to the middle of a cell. */
  readonly fromStreet: (cell: H3Cell) => number;
  /** The corners that its reports gather around. */
  readonly busyCorners: readonly BusyCorner[];
}

export interface BusyCorner {
  readonly name: string;
  readonly at: Position;
  readonly weight: number;
}

export function createGround(places: DemoPlaces, recipe: Pick<Recipe, "busyStreet">): DemoGround {
  const { areas, edges, gazetteer } = places;
  const street = streetLines(gazetteer, recipe.busyStreet.road);
  const command = commandStudySet(areas);
  const busyCorners = cornersOf(gazetteer, recipe.busyStreet);
  const treated = treatedCells(street, recipe.busyStreet, busyCorners).filter((cell) =>
    command.indexOf.has(cell),
  );
  if (treated.length === 0) {
    throw fieldFault(
      "busyStreet",
      "has no stretch inside the command: choose another road or other corners",
    );
  }
  const plane = createPlane(street[0]?.[0] ?? [0, 0]);
  const boroughs = areas.filter(({ kind, inCommand }) => kind === "borough" && inCommand);
  return {
    gazetteer,
    plane,
    command,
    zones: places.zones ?? edgeZones(areas, edges, command),
    parts: boroughs.map(({ name }) => name),
    cellsOfPart: (name) =>
      new Set(
        cellsInside(
          boroughs.filter((area) => area.name === name),
          eventResolution,
        ),
      ),
    treated,
    fromStreet: distanceFrom(street, plane),
    busyCorners,
  };
}

type Lines = readonly (readonly Position[])[];

/** A road can lie in the gazetteer in several pieces. */
function streetLines({ roads }: Gazetteer, name: string): Lines {
  const lines = roads.filter((road) => road.name === name).map(({ line }) => line);
  if (lines.length > 0) return lines;
  throw fieldFault(
    "busyStreet.road",
    `names "${name}", and the gazetteer has no such road. ${thereAre("Roads", roads)}`,
  );
}

/** Half of a list is enough to see how names are written. */
export function thereAre(kind: string, named: readonly { readonly name: string }[]): string {
  const names = [...new Set(named.map(({ name }) => name))].sort(compareText);
  if (names.length === 0) return `It has no ${kind.toLowerCase()} at all`;
  const shown = names.slice(0, mostShown).join("; ");
  return names.length > mostShown ? `${kind}: ${shown}; and more` : `${kind}: ${shown}`;
}

const mostShown = 40;

/** How much the corner in the middle draws against each other one, where nobody says. */
const middleWeight = 7;
const otherWeight = 3;

function cornersOf(
  { corners }: Gazetteer,
  { road, corners: asked }: Recipe["busyStreet"],
): BusyCorner[] {
  const known = corners.filter((corner) => corner.road === road);
  const found = (name: string) => {
    const corner = known.find((one) => one.name === name);
    if (corner) return corner;
    throw fieldFault(
      "busyStreet.corners",
      `names "${name}", and ${road} has no such corner. ${thereAre("Corners", known)}`,
    );
  };
  if (asked !== "all" && !isList(asked)) {
    return Object.entries(asked).map(([name, weight]) => ({ name, at: found(name).at, weight }));
  }
  const chosen = asked === "all" ? known : asked.map(found);
  const middle = Math.floor((chosen.length - 1) / 2);
  return chosen.map(({ name, at }, index) => ({
    name,
    at,
    weight: index === middle ? middleWeight : otherWeight,
  }));
}

function isList(asked: Recipe["busyStreet"]["corners"]): asked is readonly string[] {
  return Array.isArray(asked);
}

/** Cells whose centre lies within this of the busy street are treated: the street and its first houses. */
export const treatedReachMetres = 130;
/** Enough rings around the points of the line to hold every cell within reach of it. */
const reachRings = 6;

function treatedCells(
  street: Lines,
  asked: Recipe["busyStreet"],
  corners: readonly BusyCorner[],
): H3Cell[] {
  const plane = createPlane(street[0]?.[0] ?? [0, 0]);
  const distance = distanceFrom(street, plane);
  const near = new Set(
    withMiddles(street, plane).flatMap((at) => disk(cellAt(at, eventResolution), reachRings)),
  );
  const isOnStretch = stretch(asked, corners, plane);
  return [...near]
    .filter((cell) => distance(cell) <= treatedReachMetres && isOnStretch(cellCentre(cell)))
    .sort(compareText);
}

/** Between the latitudes where they are given; else between the corners that are named; else all of the street. */
function stretch(
  { corners: asked, northOf, southOf }: Recipe["busyStreet"],
  corners: readonly BusyCorner[],
  plane: Plane,
): (at: Position) => boolean {
  if (northOf !== undefined || southOf !== undefined)
    return (at) => isInBand(at, { northOf, southOf });
  if (asked === "all") return () => true;
  const points = corners.map(({ at }) => plane.toPlane(at));
  return (at) => {
    const [x, y] = plane.toPlane(at);
    const ahead = points.map(([px, py]) => [px - x, py - y] as const);
    const isNear = ahead.some(([dx, dy]) => Math.hypot(dx, dy) <= 2 * treatedReachMetres);
    // Between two of them: they lie in opposite directions.
    return isNear || ahead.some(([ax, ay]) => ahead.some(([bx, by]) => ax * bx + ay * by < 0));
  };
}

export function isInBand(
  [, lat]: Position,
  { northOf = -90, southOf = 90 }: { northOf?: number | undefined; southOf?: number | undefined },
): boolean {
  return lat >= northOf && lat < southOf;
}

function distanceFrom(street: Lines, plane: Plane): (cell: H3Cell) => number {
  const lines = street.map((line) => line.map(plane.toPlane));
  return (cell) => {
    const point = plane.toPlane(cellCentre(cell));
    return Math.min(...lines.map((line) => locateOnLine(point, line).distance));
  };
}

const stepMetres = 300;

/** The points of a street, and more where two of them are far apart. */
function withMiddles(street: Lines, plane: Plane): Position[] {
  return street.flatMap((line) => {
    const points = line.map(plane.toPlane);
    return points.flatMap(([x, y], index) => {
      const [toX, toY] = points[index + 1] ?? [x, y];
      const steps = Math.max(1, Math.ceil(Math.hypot(toX - x, toY - y) / stepMetres));
      return Array.from({ length: steps }, (_, step) =>
        plane.toPosition([x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps]),
      );
    });
  });
}
