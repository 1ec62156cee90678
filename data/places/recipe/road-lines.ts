import type { Position } from "#core/geo/cell.ts";
import {
  createPlane,
  lineLength,
  locateOnLine,
  type PlanePoint,
  planeDistance,
} from "#core/geo/plane.ts";
import { a1010, a1010Names, northCircular } from "#data/places/recipe/facts.ts";
import { roundPosition } from "#data/places/recipe/round-areas.ts";
import type { StreetPoint } from "#data/places/recipe/street-points.ts";

export interface RoadLine {
  readonly name: string;
  readonly line: readonly Position[];
}

interface RoadDefinition {
  readonly name: string;
  /** The names under which the publisher's points stand. */
  readonly streets: readonly string[];
  /** West, south, east, north of the stretch. */
  readonly within: readonly [number, number, number, number];
  /** Which coordinate grows along the road. */
  readonly along: "lng" | "lat";
  /** A dual carriageway of 40 mph or more, so that collisions on it are told from those beside it. */
  readonly isDualCarriageway?: true;
}

/**
 * Roads whose points give a believable line: checked stretch by stretch against the places of road
 * collisions (README). A stretch that they do not bear out is left out, not guessed.
 */
const definitions: readonly RoadDefinition[] = [
  {
    name: "Great Cambridge Road",
    streets: ["Great Cambridge Road"],
    within: [-0.09, 51.605, -0.05, 51.681],
    along: "lat",
    isDualCarriageway: true,
  },
  {
    name: "Green Lanes",
    streets: ["Green Lanes", "Grand Parade"],
    within: [-0.106, 51.568, -0.093, 51.5905],
    along: "lat",
  },
  {
    name: "High Road, Wood Green",
    streets: ["High Road"],
    within: [-0.1125, 51.59, -0.105, 51.609],
    along: "lat",
  },
  {
    name: "Green Lanes",
    streets: ["Green Lanes"],
    within: [-0.108, 51.619, -0.09, 51.637],
    along: "lat",
  },
  {
    name: "Lordship Lane",
    streets: ["Lordship Lane"],
    within: [-0.11, 51.59, -0.069, 51.61],
    along: "lng",
  },
  {
    name: "Seven Sisters Road",
    streets: ["Seven Sisters Road"],
    within: [-0.1, 51.565, -0.07, 51.59],
    along: "lng",
  },
  {
    name: "Southbury Road",
    streets: ["Southbury Road"],
    within: [-0.066, 51.64, -0.045, 51.66],
    along: "lng",
  },
  {
    name: "Montagu Road",
    streets: ["Montagu Road"],
    within: [-0.06, 51.61, -0.04, 51.63],
    along: "lat",
  },
];

/** The A1010 in its three names, the North Circular, and the roads of the definitions. */
export function drawRoads(
  streets: readonly StreetPoint[],
  dualCarriagewayCollisions: readonly Position[],
): RoadLine[] {
  return [
    ...splitA1010(),
    { name: "North Circular Road", line: northCircular },
    ...definitions.map((road) => ({
      name: road.name,
      line: drawRoad(road, streets, dualCarriagewayCollisions),
    })),
  ];
}

function drawRoad(
  road: RoadDefinition,
  streets: readonly StreetPoint[],
  collisions: readonly Position[],
): Position[] {
  const axis = road.along === "lng" ? 0 : 1;
  const byAxis = (a: Position, b: Position) => a[axis] - b[axis];
  const points = streets
    .filter(({ name, at }) => road.streets.includes(name) && isWithin(at, road.within))
    .map(({ at }) => at)
    .sort(byAxis);
  if (points.length < 3) {
    throw new RangeError(`${road.name} has ${points.length} points; a line needs at least 3`);
  }
  if (!road.isDualCarriageway) return points;
  const plane = createPlane(points[0] as Position);
  const rough = points.map(plane.toPlane);
  // A side road's dual entry lies farther off than the bow of a kilometre of the road itself.
  const onRoad = collisions.filter(
    (at) => isWithin(at, road.within) && locateOnLine(plane.toPlane(at), rough).distance < 150,
  );
  return thin([...points, ...onRoad].sort(byAxis));
}

/** Neighbouring points within 200 m become their mean: both carriageways give the middle. */
function thin(points: readonly Position[]): Position[] {
  const plane = createPlane(points[0] ?? [0, 0]);
  const groups: PlanePoint[][] = [];
  for (const point of points.map(plane.toPlane)) {
    const group = groups.at(-1);
    if (group?.[0] && planeDistance(group[0], point) < 200) group.push(point);
    else groups.push([point]);
  }
  return groups.map((group) => {
    const east = group.reduce((sum, [x]) => sum + x, 0) / group.length;
    const north = group.reduce((sum, [, y]) => sum + y, 0) / group.length;
    return roundPosition(plane.toPosition([east, north]));
  });
}

function isWithin([lng, lat]: Position, [west, south, east, north]: RoadDefinition["within"]) {
  return lng >= west && lng <= east && lat >= south && lat <= north;
}

/** Cuts the A1010 at its points of change; each part begins where the one before ends. */
function splitA1010(): RoadLine[] {
  const plane = createPlane(a1010[0] as Position);
  const line = a1010.map(plane.toPlane);
  const total = lineLength(line);
  let from = 0;
  return a1010Names.map(({ name, southOf }) => {
    const cut = locateOnLine(plane.toPlane(southOf), line);
    const to = cut.along > total - 1 ? total : cut.along;
    const part = cutLine(line, from, to);
    from = to;
    return { name, line: part.map(plane.toPosition).map(roundPosition) };
  });
}

function cutLine(line: readonly PlanePoint[], from: number, to: number): PlanePoint[] {
  const part: PlanePoint[] = [pointAt(line, from)];
  let travelled = 0;
  line.slice(1).forEach((point, index) => {
    travelled += planeDistance(line[index] ?? point, point);
    if (travelled > from + 1 && travelled < to - 1) part.push(point);
  });
  return [...part, pointAt(line, to)];
}

function pointAt(line: readonly PlanePoint[], along: number): PlanePoint {
  let travelled = 0;
  for (let index = 0; index + 1 < line.length; index += 1) {
    const [ax, ay] = line[index] as PlanePoint;
    const [bx, by] = line[index + 1] as PlanePoint;
    const length = Math.hypot(bx - ax, by - ay);
    if (along <= travelled + length) {
      const share = (along - travelled) / length;
      return [ax + share * (bx - ax), ay + share * (by - ay)];
    }
    travelled += length;
  }
  return line.at(-1) as PlanePoint;
}
