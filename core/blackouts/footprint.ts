import { POLYGON_TO_CELLS_FLAGS, polygonToCellsExperimental } from "h3-js";
import {
  footprintRings,
  leastRadiusM,
  mostRadiusM,
  offsetM,
  studyCentre,
  studyReachM,
} from "#core/blackouts/settings.ts";
import {
  disk,
  eventResolution,
  type H3Cell,
  metresBetween,
  type Position,
} from "#core/geo/cell.ts";

/** Where a partner meets women. It lives in the partner's browser (or one import) and nowhere else. */
export interface Venue {
  readonly at: Position;
  readonly radiusM: number;
}

/**
 * The protected footprint of a venue (DEFINITIONS): moved by one secret offset, uniform in a disc
 * of 150 m; the radius grown by the same 150 m, so that the true area stays inside; every cell at
 * resolution 10 that overlaps it; one ring around those. Sorted.
 *
 * Draw it once per place and keep it: the mean of several footprints of one venue gives it back.
 * `random` is uniform in [0, 1) and, outside tests, comes from a cryptographic source.
 */
export function drawFootprint(venue: Venue, random: () => number): H3Cell[] {
  const fault = venueFault(venue);
  if (fault !== null) throw new RangeError(fault);
  // The square root makes the draw uniform over the area of the disc.
  const distanceM = offsetM * Math.sqrt(random());
  const bearing = 2 * Math.PI * random();
  return footprintOfCircle(pointAt(venue.at, distanceM, bearing), venue.radiusM + offsetM);
}

/** The cells that overlap a circle, and the rings around them; without any offset. */
export function footprintOfCircle(centre: Position, radiusM: number): H3Cell[] {
  const cover = coverCircle(centre, radiusM);
  // A fill by cell centres gives none for a small venue; none would mean unprotected.
  if (cover.length === 0) throw new RangeError(`A circle of ${radiusM} m was covered by no cell`);
  const footprint = new Set(cover.flatMap((cell) => disk(cell, footprintRings)));
  return sortCells(footprint);
}

/**
 * The first of these footprints that already holds the venue's true area with its ring, so that a
 * venue given a second time (an imported calendar, a forgotten place) draws no second offset.
 */
export function findHolding<Place extends { readonly cells: readonly H3Cell[] }>(
  places: readonly Place[],
  venue: Venue,
): Place | null {
  return findAround(places, footprintOfCircle(venue.at, venue.radiusM));
}

/** The first that holds all of these cells. */
export function findAround<Place extends { readonly cells: readonly H3Cell[] }>(
  places: readonly Place[],
  needed: readonly H3Cell[],
): Place | null {
  return (
    places.find((place) => {
      const held = new Set(place.cells);
      return needed.every((cell) => held.has(cell));
    }) ?? null
  );
}

/** What is wrong with a venue, in words that do not repeat it; null when it can be used. */
export function venueFault({ at, radiusM }: Venue): string | null {
  const [lng, lat] = at;
  if (!(Number.isFinite(lng) && Number.isFinite(lat) && Math.abs(lat) <= 90)) {
    return "The place is not a longitude and a latitude: choose it on the map again.";
  }
  if (!(metresBetween(at, studyCentre) <= studyReachM)) {
    return "The place lies far outside the area: check that latitude and longitude are not swapped.";
  }
  return radiusFault(radiusM);
}

export function radiusFault(radiusM: number): string | null {
  if (Number.isInteger(radiusM) && radiusM >= leastRadiusM && radiusM <= mostRadiusM) return null;
  const range = `The radius must be a whole number of metres from ${leastRadiusM} to ${mostRadiusM}.`;
  if (radiusM > mostRadiusM) return `${range} For more ground draw an area or a route instead.`;
  return radiusM >= 0 && radiusM < leastRadiusM
    ? `${range} A smaller one would close no larger ground: ${leastRadiusM} m keeps the same clear.`
    : range;
}

/** Ascending, as text and as number alike: every writer inserts cells in this order. */
export function sortCells(cells: Iterable<H3Cell>): H3Cell[] {
  return [...cells].sort((a, b) => (a < b ? -1 : Number(a > b)));
}

const sides = 72;
/** For the curve of the earth between the model and the ground: more than the 0.4 % they differ by. */
const padShare = 0.01;
const padM = 2;

function coverCircle(centre: Position, radiusM: number): H3Cell[] {
  // A polygon around the circle, not inside it.
  const outside = ((1 + padShare) * radiusM + padM) / Math.cos(Math.PI / sides);
  const ring = Array.from({ length: sides + 1 }, (_, side) => [
    ...pointAt(centre, outside, (2 * Math.PI * (side % sides)) / sides),
  ]);
  return polygonToCellsExperimental(
    [ring],
    eventResolution,
    POLYGON_TO_CELLS_FLAGS.containmentOverlapping,
    true,
  ) as H3Cell[];
}

const earthRadiusM = 6_371_007.18;

/** The point at a distance and bearing (radians clockwise from north) on the sphere. */
export function pointAt([lng, lat]: Position, distanceM: number, bearing: number): Position {
  const radians = Math.PI / 180;
  const angle = distanceM / earthRadiusM;
  const from = lat * radians;
  const to = Math.asin(
    Math.sin(from) * Math.cos(angle) + Math.cos(from) * Math.sin(angle) * Math.cos(bearing),
  );
  const turn = Math.atan2(
    Math.sin(bearing) * Math.sin(angle) * Math.cos(from),
    Math.cos(angle) - Math.sin(from) * Math.sin(to),
  );
  return [lng + turn / radians, to / radians];
}
