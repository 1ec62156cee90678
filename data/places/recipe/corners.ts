import type { Position } from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type PlanePoint, planeDistance } from "#core/geo/plane.ts";
import { compareText } from "#core/text/text-order.ts";
import { a1010Names, placesOnA1010 } from "#data/places/recipe/facts.ts";
import type { RoadLine } from "#data/places/recipe/road-lines.ts";
import { roundPosition } from "#data/places/recipe/round-areas.ts";
import type { StreetPoint } from "#data/places/recipe/street-points.ts";
import { isDrawnRoad } from "#data/places/recipe/streets.ts";

export interface Corner {
  readonly road: string;
  readonly name: string;
  readonly at: Position;
}

/** A side street's own point lies about its middle: farther off it need not reach the road. */
const sideStreetMetres = 130;
/** One name a stretch is enough, and a through street says more than a close. */
const apartMetres = 80;
const throughStreet = /(Road|Street|Avenue|Lane|Hill|Grove|Gardens|Crescent|Park|Terrace|Way)$/;

/**
 * Side streets that meet a road, as far as their points tell: the nearest point of the road to
 * the street's point, right to about 40 m. Places known by hand come first.
 */
export function findCorners(roads: readonly RoadLine[], streets: readonly StreetPoint[]): Corner[] {
  const sideStreets = streets.filter(
    (street) => throughStreet.test(street.name) && !isDrawnRoad(street, roads),
  );
  return roads
    .flatMap((road) => {
      const plane = createPlane(road.line[0] as Position);
      const line = road.line.map(plane.toPlane);
      const onRoad = ({ name, at }: StreetPoint) => {
        const { distance, nearest, along } = locateOnLine(plane.toPlane(at), line);
        return { name, distance, along, at: roundPosition(plane.toPosition(nearest)) };
      };
      const isA1010 = a1010Names.some(({ name }) => name === road.name);
      const places = isA1010
        ? placesOnA1010.map(onRoad).filter(({ distance }) => distance < 30)
        : [];
      const known = [...places, ...crossings(road, roads).map(onRoad)];
      const derived = sideStreets
        .map(onRoad)
        .filter(({ distance }) => distance <= sideStreetMetres)
        .sort((a, b) => a.distance - b.distance || compareText(a.name, b.name));
      const kept: typeof known = [];
      for (const corner of [...known, ...derived]) {
        const isTaken = kept.some(
          (other) =>
            other.name === corner.name || Math.abs(other.along - corner.along) < apartMetres,
        );
        if (!isTaken || places.includes(corner)) kept.push(corner);
      }
      return kept.map(({ name, at }) => ({ road: road.name, name, at }));
    })
    .sort((a, b) => compareText(a.road, b.road) || a.at[1] - b.at[1] || a.at[0] - b.at[0]);
}

/** Where another drawn road comes within 40 m of this one. */
function crossings(road: RoadLine, roads: readonly RoadLine[]): StreetPoint[] {
  const plane = createPlane(road.line[0] as Position);
  const line = road.line.map(plane.toPlane);
  return roads
    .filter((other) => other.name !== road.name)
    .flatMap(({ name, line: otherLine }) => {
      const nearest = everyFewMetres(otherLine.map(plane.toPlane))
        .map((point) => ({ point, distance: locateOnLine(point, line).distance }))
        .sort((a, b) => a.distance - b.distance)[0];
      if (!nearest || nearest.distance > 40) return [];
      return [{ name, at: plane.toPosition(nearest.point) }];
    });
}

function everyFewMetres(line: readonly PlanePoint[]): PlanePoint[] {
  return line.flatMap((from, index): PlanePoint[] => {
    const to = line[index + 1];
    if (!to) return [from];
    const steps = Math.max(1, Math.round(planeDistance(from, to) / 10));
    return Array.from({ length: steps }, (_, step) => [
      from[0] + (step / steps) * (to[0] - from[0]),
      from[1] + (step / steps) * (to[1] - from[1]),
    ]);
  });
}
