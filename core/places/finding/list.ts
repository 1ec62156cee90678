import { metresBetween, type Position } from "#core/geo/cell.ts";
import { createPlane, locateOnLine, nearestOf, planeDistance } from "#core/geo/plane.ts";
import { groupBy } from "#core/group-by.ts";
import { onceFor } from "#core/once-for.ts";
import { streetKey } from "#core/places/gazetteer/names.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";

export type ListedKind = "corner" | "station" | "street" | "neighbourhood";

export interface ListedPlace {
  /** Unique in the list: "Park Avenue, Palmers Green" where there are several. */
  readonly name: string;
  readonly key: string;
  readonly kind: ListedKind;
  /** The street's own name; empty for all else. */
  readonly street: string;
  readonly at: Position;
  /** Of a street: its drawn lines, and straight ones between its other known points. */
  readonly lines: readonly (readonly Position[])[];
  /** Of a street known only by points. */
  readonly points: readonly Position[];
  readonly isDrawn: boolean;
}

type Unnamed = Omit<ListedPlace, "name" | "key"> & { readonly name: string };

/** Pieces or points of one name this close are one street: rather too much than too little. */
export const oneStreetMetres = 1_500;

/** Name of one cell: never equal to a street or area in the list, which means the whole. */
export function spotName(place: string): string {
  return `${place} (this spot only)`;
}

/** Every station, street, corner and neighbourhood of the gazetteer, each under a name of its own. */
export const listPlaces = onceFor((gazetteer: Gazetteer): readonly ListedPlace[] => {
  const spot = (kind: ListedKind, name: string, at: Position): Unnamed => ({
    kind,
    name,
    at,
    street: "",
    lines: [],
    points: [],
    isDrawn: false,
  });
  return toldApart(
    [
      ...gazetteer.stations.map(({ name, at }) => spot("station", `${name} station`, at)),
      ...streetsOf(gazetteer),
      ...gazetteer.corners.map(({ road, name, at }) => spot("corner", `${road} by ${name}`, at)),
      ...gazetteer.neighbourhoods.map(({ name, at }) => spot("neighbourhood", name, at)),
    ],
    gazetteer,
  );
});

interface Piece {
  readonly line: readonly Position[];
  /** A drawn road, a street's point, or a corner named after it. */
  readonly from: "road" | "street" | "corner";
}

function streetsOf({ roads, streets, corners }: Gazetteer): Unnamed[] {
  const own: (Piece & { readonly name: string })[] = [
    ...roads.map(({ name, line }) => ({ name, line, from: "road" as const })),
    ...streets.map(({ name, at }) => ({ name, line: [at], from: "street" as const })),
  ];
  const names = new Set(own.map(({ name }) => name));
  // A corner names a street that meets a road; it does not make a street of "Edmonton police
  // station".
  const ofCorners = corners
    .filter(({ name }) => names.has(name))
    .map(({ name, at }) => ({ name, line: [at], from: "corner" as const }));
  return [...groupBy([...own, ...ofCorners], ({ name }) => name)].flatMap(([name, pieces]) =>
    joined(pieces).flatMap((street) => streetOf(name, street)),
  );
}

interface Joined {
  readonly pieces: readonly Piece[];
  readonly links: readonly (readonly Position[])[];
}

/** Nearby pieces, each joined to the nearest earlier one by a straight line. */
function joined(pieces: readonly Piece[]): Joined[] {
  const left = new Set(pieces);
  const streets: Joined[] = [];
  for (const first of pieces) {
    if (!left.delete(first)) continue;
    const own = [first];
    const links: (readonly Position[])[] = [];
    for (let next = nearest(own, left); next; next = nearest(own, left)) {
      left.delete(next.piece);
      own.push(next.piece);
      links.push(next.link);
    }
    streets.push({ pieces: own, links });
  }
  return streets;
}

function nearest(own: readonly Piece[], left: ReadonlySet<Piece>) {
  let best: { piece: Piece; link: readonly Position[]; metres: number } | null = null;
  for (const piece of left) {
    for (const other of own) {
      const link = shortest(piece.line, other.line);
      const metres = metresBetween(link[0], link[1]);
      if (metres <= oneStreetMetres && metres < (best?.metres ?? Infinity)) {
        best = { piece, link, metres };
      }
    }
  }
  return best;
}

/** From a point of one line to the nearest of the other; crossings between points count too. */
function shortest(a: readonly Position[], b: readonly Position[]): [Position, Position] {
  const plane = createPlane(a[0] ?? [0, 0]);
  const [flatA, flatB] = [a.map(plane.toPlane), b.map(plane.toPlane)];
  const ways = [
    ...flatA.map((point) => [point, locateOnLine(point, flatB).nearest] as const),
    ...flatB.map((point) => [locateOnLine(point, flatA).nearest, point] as const),
  ];
  const best = ways.reduce((one, other) =>
    planeDistance(other[0], other[1]) < planeDistance(one[0], one[1]) ? other : one,
  );
  return [plane.toPosition(best[0]), plane.toPosition(best[1])];
}

function streetOf(name: string, { pieces, links }: Joined): Unnamed[] {
  const of = (from: Piece["from"]) => pieces.filter((piece) => piece.from === from);
  const drawn = of("road").map(({ line }) => line);
  const points = of("street").flatMap(({ line }) => line);
  const longest = drawn.toSorted((a, b) => b.length - a.length)[0];
  const at = longest?.[Math.floor(longest.length / 2)] ?? points[0];
  if (!at) return [];
  const isDrawn = drawn.length > 0;
  return [{ kind: "street", name, street: name, at, lines: [...drawn, ...links], points, isDrawn }];
}

/** Adds the nearest neighbourhood to shared names, and a number where that is the same. */
function toldApart(places: readonly Unnamed[], gazetteer: Gazetteer): ListedPlace[] {
  const byName = groupBy(places, ({ name }) => name);
  const nearestName = nameNearest(gazetteer);
  const longer = places.map((place) => {
    if (byName.get(place.name)?.length === 1) return place;
    if (place.kind === "neighbourhood") return { ...place, name: `${place.name} (area)` };
    const around = nearestName(place.at);
    return around === undefined ? place : { ...place, name: `${place.name}, ${around}` };
  });
  const seen = new Map<string, number>();
  return longer.map((place) => {
    const nth = (seen.get(place.name) ?? 0) + 1;
    seen.set(place.name, nth);
    const name = nth === 1 ? place.name : `${place.name} (${nth})`;
    return { ...place, name, key: streetKey(name) };
  });
}

function nameNearest({ neighbourhoods }: Gazetteer): (at: Position) => string | undefined {
  const plane = createPlane(neighbourhoods[0]?.at ?? [0, 0]);
  const middles = neighbourhoods
    .map(({ name, at }) => ({ name, point: plane.toPlane(at) }))
    .sort((a, b) => compareText(a.name, b.name));
  return (at) => {
    const here = plane.toPlane(at);
    return nearestOf(middles, ({ point }) => planeDistance(here, point))?.name;
  };
}

export interface Spot {
  /** Says when it is only a part: "Silver Street, middle". */
  readonly name: string;
  readonly key: string;
  readonly kind: ListedKind;
  readonly at: Position;
  readonly place: ListedPlace;
}

const spotWords: Readonly<Record<ListedKind, string>> = {
  corner: "",
  station: "",
  street: ", middle",
  neighbourhood: ", centre",
};

/** The list as points; a fully drawn road is found by its corners. */
export const listSpots = onceFor((gazetteer: Gazetteer): readonly Spot[] =>
  listPlaces(gazetteer).flatMap((place) => {
    const { name, key, kind, at, isDrawn } = place;
    return isDrawn ? [] : [{ name: `${name}${spotWords[kind]}`, key, kind, at, place }];
  }),
);
