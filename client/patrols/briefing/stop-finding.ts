import type { Position } from "#core/geo/cell.ts";
import { createPlane, offsetWords, type PlanePoint, planeDistance } from "#core/geo/plane.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

export interface StopToFind {
  readonly order: number;
  readonly place: string;
  readonly centre: Position;
}

/** Longest distance to a station used as a landmark. */
const stationMetres = 2000;
const cornerMetres = 400;
/** Nearer than this two points are the same place on the ground. */
const sameMetres = 30;

/**
 * Directions to each stop: the first from the nearest station, the others from the previous stop,
 * each also from the nearest corner or street not in its own name, else a station. Landmarks are
 * from the gazetteer; distances and directions are to the stop's middle, to 50 m.
 */
export function findStops(stops: readonly StopToFind[], gazetteer: Gazetteer): readonly string[] {
  const origin = stops[0]?.centre;
  if (!origin) return [];
  const { toPlane } = createPlane(origin);
  const landmarks = (named: readonly { readonly name: string; readonly at: Position }[]) =>
    named.map(({ name, at }) => ({ name, at: toPlane(at) }));
  const stations = landmarks(gazetteer.stations);
  const corners = landmarks(gazetteer.corners);
  const roadOf = new Map(corners.map((corner, at) => [corner, gazetteer.corners[at]?.road ?? ""]));
  const streets = landmarks(gazetteer.streets);
  return stops.map((stop, index) => {
    const here = toPlane(stop.centre);
    const isNew = ({ name }: Landmark) => !stop.place.includes(name);
    const before = stops[index - 1];
    const station = nearest(here, stations.filter(isNew), stationMetres);
    const corner = nearest(here, [...corners, ...streets].filter(isNew), cornerMetres);
    const cornerRoad = corner ? roadOf.get(corner) : undefined;
    const parts = [
      before ? wordsFrom(`stop ${before.order}`, toPlane(before.centre), here) : null,
      station && !(before && corner)
        ? wordsFrom(`${station.name} station`, station.at, here)
        : null,
      corner
        ? wordsFrom(cornerRoad ? `${cornerRoad} by ${corner.name}` : corner.name, corner.at, here)
        : null,
    ].filter((part) => part !== null);
    const text = parts.join("; ");
    return text.charAt(0).toUpperCase() + text.slice(1);
  });
}

interface Landmark {
  readonly name: string;
  readonly at: PlanePoint;
}

function nearest(here: PlanePoint, landmarks: readonly Landmark[], within: number) {
  let best: Landmark | null = null;
  let bestDistance = within;
  for (const landmark of landmarks) {
    const distance = planeDistance(here, landmark.at);
    if (distance < bestDistance) {
      best = landmark;
      bestDistance = distance;
    }
  }
  return best;
}

function wordsFrom(name: string, from: PlanePoint, to: PlanePoint): string {
  return planeDistance(from, to) < sameMetres
    ? `at ${name}`
    : `${offsetWords(from, to)} of ${name}`;
}
