import {
  cellAt,
  cellCentre,
  type H3Cell,
  metresBetween,
  neighboursOf,
  type Position,
  resolutionOf,
} from "#core/geo/cell.ts";
import {
  compass,
  createPlane,
  locateOnLine,
  metresWords,
  nearestOf,
  offsetWords,
  type PlaneBounds,
  type PlanePoint,
  planeBounds,
  planeDistance,
} from "#core/geo/plane.ts";
import { createSquares } from "#core/geo/squares.ts";
import { onceBy } from "#core/once-for.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

/**
 * Readable name of any cell: "Fore Street by Brettenham Road", "250 m east of Silver Street
 * station", "Town Road, Edmonton Green". Equal cells have equal names; a name without a distance
 * belongs only to the cell that holds the thing named, so that neighbours differ.
 */
export function createPlaceNamer(gazetteer: Gazetteer): (cell: H3Cell) => string {
  const map = prepare(gazetteer);
  return onceBy((cell: H3Cell) => {
    const here = lookAt(map, cell);
    return nameAtStation(here) ?? nameOnRoad(here) ?? nameOnStreet(here) ?? nameByLandmark(here);
  });
}

interface Spot {
  readonly name: string;
  readonly at: PlanePoint;
  readonly position: Position;
}
interface Road {
  readonly name: string;
  readonly line: readonly PlanePoint[];
  readonly bounds: PlaneBounds;
  readonly corners: readonly Spot[];
}
type View = ReturnType<typeof lookAt>;

function prepare(gazetteer: Gazetteer) {
  const origin = gazetteer.neighbourhoods[0]?.at ?? gazetteer.stations[0]?.at;
  if (!origin) throw new RangeError("The gazetteer names no neighbourhood and no station");
  const plane = createPlane(origin);
  const streets = createSquares<Spot>(streetMetres);
  const spot = ({ name, at }: { readonly name: string; readonly at: Position }): Spot => ({
    name,
    at: plane.toPlane(at),
    position: at,
  });
  for (const street of gazetteer.streets.map(spot)) streets.put([street.at], street);
  return {
    plane,
    roads: gazetteer.roads.map(({ name, line }) => {
      const points = line.map(plane.toPlane);
      const corners = gazetteer.corners.filter(({ road }) => road === name).map(spot);
      return { name, line: points, bounds: planeBounds(points), corners };
    }),
    streets,
    stations: gazetteer.stations.map(spot),
    neighbourhoods: gazetteer.neighbourhoods.map(spot),
  };
}

function lookAt(map: ReturnType<typeof prepare>, cell: H3Cell) {
  const centre = cellCentre(cell);
  const next = neighboursOf(cell)[0] ?? cell;
  const resolution = resolutionOf(cell);
  return {
    ...map,
    centre: map.plane.toPlane(centre),
    /** Half the distance to the next cell: a line nearer than this runs through the cell. */
    reach: metresBetween(centre, cellCentre(next)) / 2,
    holds: (spot: Spot) => cellAt(spot.position, resolution) === cell,
  };
}

function streetsNear({ streets, centre }: View): Spot[] {
  return streets.around([centre], streetMetres);
}

/** "Silver Street station" for the cell that holds it. */
function nameAtStation(here: View): string | null {
  const station = nearest(here, here.stations, 2 * here.reach);
  return station && here.holds(station) ? `${station.name} station` : null;
}

/** "Fore Street by Brettenham Road"; away from every corner "Fore Street, 150 m north of ...". */
function nameOnRoad(here: View): string | null {
  const road = nearestRoad(here, here.reach);
  if (!road) return null;
  const close = road.corners.filter((spot) => planeDistance(spot.at, here.centre) < 2 * here.reach);
  const held = nearest(here, close.filter(here.holds), 2 * here.reach);
  if (held) return `${road.name} by ${held.name}`;
  // Further cells of the road say on which side of it their centre lies.
  const { distance, nearest: onLine } = locateOnLine(here.centre, road.line);
  const side = distance > here.reach / 2 ? ` (${compass(onLine, here.centre)} side)` : "";
  const corner = nearest(here, road.corners, cornerMetres);
  const from = corner ?? nearest(here, here.neighbourhoods);
  if (!from) return null;
  return `${road.name}${side}, ${offsetWords(from.at, here.centre)} of ${from.name}`;
}

/** "Town Road, Edmonton Green", or beside a main road "Town Road, 150 m east of Hertford Road". */
function nameOnStreet(here: View): string | null {
  const inside = streetsNear(here).filter(
    (spot) => planeDistance(spot.at, here.centre) < 2 * here.reach && here.holds(spot),
  );
  const street = nearest(here, inside, 2 * here.reach);
  if (!street) return null;
  const road = nearestRoad(here, mainRoadMetres);
  if (road && road.name !== street.name) {
    const { nearest: onLine } = locateOnLine(here.centre, road.line);
    return `${street.name}, ${offsetWords(onLine, here.centre)} of ${road.name}`;
  }
  const around = nearest(here, here.neighbourhoods);
  return around ? `${street.name}, ${around.name}` : street.name;
}

/** "250 m east of Silver Street station", "100 m north of Town Road, Edmonton Green". */
function nameByLandmark(here: View): string {
  const station = nearest(here, here.stations, stationMetres);
  const street = nearest(here, streetsNear(here), streetMetres);
  const metresTo = (spot: Spot) => planeDistance(spot.at, here.centre);
  const streetIsPlain = street !== null && metresTo(street) < ambiguousMetres;
  if (station && (metresTo(station) < ambiguousMetres || !streetIsPlain)) {
    return `${offsetWords(station.at, here.centre)} of ${station.name} station`;
  }
  const around = nearest(here, here.neighbourhoods);
  if (!around) throw new RangeError("The gazetteer names no neighbourhood");
  if (here.holds(around)) return `near ${around.name}`;
  if (street) {
    const from = streetIsPlain ? `, ${around.name}` : away(here, around);
    return `${offsetWords(street.at, here.centre)} of ${street.name}${from}`;
  }
  const others = here.neighbourhoods.filter((spot) => spot !== around);
  const second = nearest(here, others);
  return `${offsetWords(around.at, here.centre)} of ${around.name}${second ? away(here, second) : ""}`;
}

/** In open country a second distance tells two cells in the same direction apart. */
function away(here: View, spot: Spot): string {
  return `, ${metresWords(planeDistance(spot.at, here.centre))} from ${spot.name}`;
}

/** Limits within which a landmark is helpful. */
const cornerMetres = 400;
const mainRoadMetres = 400;
const stationMetres = 300;
const streetMetres = 400;
/** From here on an eighth of the compass is wider than a cell. */
const ambiguousMetres = 175;

function nearestRoad({ roads, centre }: View, within: number): Road | null {
  // Most roads are far away: their bounds rule them out before their lines are searched.
  const [x, y] = centre;
  const metresTo = ({ line, bounds: [west, south, east, north] }: Road, least: number) => {
    const away = Math.hypot(Math.max(west - x, 0, x - east), Math.max(south - y, 0, y - north));
    return away >= least ? least : locateOnLine(centre, line).distance;
  };
  return nearestOf(roads, metresTo, within);
}

function nearest({ centre }: View, spots: readonly Spot[], within?: number): Spot | null {
  return nearestOf(spots, ({ at }) => planeDistance(at, centre), within);
}
