import { cellAt, cellCentre, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type Plane, type PlanePoint } from "#core/geo/plane.ts";
import { commandStudySet } from "#core/places/command.ts";
import { type EdgeZone, edgeZones } from "#core/places/edge-zone.ts";
import { cellsInside } from "#core/places/fill.ts";
import type { EdgeLine } from "#core/places/nearest-edge.ts";
import type { Area, Gazetteer } from "#core/places/wire/places.ts";
import type { Random } from "#core/random.ts";
import { normal, pick } from "#data/demo/draw.ts";
import { treatedCells } from "#data/demo/operation.ts";
import type { LayerName } from "#data/demo/settings.ts";

export interface DemoPlaces {
  readonly areas: readonly Area[];
  readonly edges: readonly EdgeLine[];
  readonly gazetteer: Gazetteer;
  /** Worked out, which takes a second, where nobody has them yet. */
  readonly zones?: readonly EdgeZone[];
}

/** Draws the cell of one report of a layer. */
export type Whereabouts = Readonly<Record<LayerName, (random: Random) => H3Cell>>;

/** A named point that reports gather around. */
interface Spot {
  readonly at: Position;
  readonly weight: number;
  /** Standard deviation, metres. */
  readonly spread: number;
}

/**
 * Where each layer's reports lie: around named points of the gazetteer, so that they stand on streets
 * and not in reservoirs, and inside the cells that the layer is about.
 */
export function createWhereabouts(places: DemoPlaces): Whereabouts {
  const { gazetteer } = places;
  const plane = createPlane([-0.07, 51.62]);
  const { areas, edges } = places;
  const zones = places.zones ?? edgeZones(areas, edges, commandStudySet(areas));
  const treated = new Set(treatedCells(gazetteer));
  const borough = (name: string) =>
    new Set(
      cellsInside(
        places.areas.filter((area) => area.kind === "borough" && area.name === name),
        eventResolution,
      ),
    );
  const enfield = borough("Enfield");
  const haringey = borough("Haringey");
  const near = nearRoads(places, plane);
  const isBeside = (cell: H3Cell) => !treated.has(cell) && near("Fore Street", cell) < 420;
  const lea = zone(zones, "Waltham Forest");
  const hackney = zone(zones, "Hackney");
  const barnet = zone(zones, "Barnet");
  const isOrdinary = (cell: H3Cell) => !treated.has(cell) && near("Fore Street", cell) > 420;

  const streets = gazetteer.streets.map(({ at }) => ({ at, weight: 1, spread: 40 }));
  const corners = (road: string, within: (at: Position) => boolean = () => true) =>
    gazetteer.corners
      .filter((corner) => corner.road === road && within(corner.at))
      .map(({ at }) => ({ at, weight: 1, spread: 60 }));
  const streetsNear = (metres: number, centres: readonly Position[]) =>
    streets.filter(({ at }) => centres.some((centre) => distance(plane, at, centre) < metres));
  const draw = (spots: readonly Spot[], isHere: (cell: H3Cell) => boolean) =>
    drawAround(plane, spots, isHere);

  return {
    core: draw(busyCorners(places), (cell) => treated.has(cell)),
    sideRoads: draw(streets, (cell) => isBeside(cell) && enfield.has(cell)),
    highRoad: draw(
      [
        ...corners("Tottenham High Road", ([, lat]) => lat > 51.599),
        ...corners("Fore Street", ([, lat]) => lat < 51.613),
      ],
      (cell) => !treated.has(cell) && (enfield.has(cell) || haringey.has(cell)),
    ),
    hertfordRoad: draw(
      corners("Hertford Road", ([, lat]) => lat > 51.628),
      (cell) => enfield.has(cell),
    ),
    hubs: draw(
      [
        ...corners("High Road, Wood Green"),
        ...corners("Green Lanes", ([, lat]) => lat > 51.5775 && lat < 51.592),
        ...corners("Tottenham High Road", ([, lat]) => lat < 51.597),
      ],
      (cell) => haringey.has(cell),
    ),
    enfield: draw(streets, (cell) => enfield.has(cell) && isOrdinary(cell)),
    haringey: draw(streets, (cell) => haringey.has(cell) && isOrdinary(cell)),
    leaInner: draw(streetsNear(700, riversideInner), (cell) => lea.inner.has(cell)),
    leaOuter: draw(streetsNear(700, riversideOuter), (cell) => lea.outer.has(cell)),
    hackneyInner: draw(streets, (cell) => hackney.inner.has(cell)),
    hackneyOuter: draw(streets, (cell) => hackney.outer.has(cell)),
    barnetInner: draw(streets, (cell) => barnet.inner.has(cell)),
    barnetOuter: draw(streets, (cell) => barnet.outer.has(cell)),
  };
}

/** Where the North Circular meets the Lea: trading estates on either side of the river. */
const riversideInner: readonly Position[] = [
  [-0.0434, 51.6136],
  [-0.0424, 51.612],
];
const riversideOuter: readonly Position[] = [
  [-0.031, 51.6132],
  [-0.0289, 51.6147],
];

/** How much of the core's reports each corner of Fore Street draws; made up. */
const cornerWeights: Readonly<Record<string, number>> = {
  "the North Circular": 2.5,
  "Silver Street": 3,
  "Park Avenue": 4,
  "Brettenham Road": 7,
  "Sebastopol Road": 5,
  "Osman Road": 2,
  "The Broadway": 2,
};

function busyCorners({ gazetteer }: DemoPlaces): Spot[] {
  return Object.entries(cornerWeights).map(([name, weight]) => {
    const corner = gazetteer.corners.find((one) => one.road === "Fore Street" && one.name === name);
    if (!corner) throw new RangeError(`The gazetteer has no corner of Fore Street and ${name}`);
    return { at: corner.at, weight, spread: 55 };
  });
}

function drawAround(
  plane: Plane,
  spots: readonly Spot[],
  isHere: (cell: H3Cell) => boolean,
): (random: Random) => H3Cell {
  const usable = spots.filter(({ at }) => isHere(cellAt(at, eventResolution)));
  if (usable.length === 0) throw new RangeError("A layer of the demonstration has no place to be");
  return (random) => {
    for (;;) {
      const { at, spread } = pick(random, usable, ({ weight }) => weight);
      const [east, north] = plane.toPlane(at);
      const point: PlanePoint = [east + spread * normal(random), north + spread * normal(random)];
      const cell = cellAt(plane.toPosition(point), eventResolution);
      if (isHere(cell)) return cell;
    }
  };
}

function zone(zones: readonly EdgeZone[], neighbour: string) {
  const found = zones.find((one) => one.neighbour === neighbour);
  if (!found) throw new RangeError(`There is no edge towards ${neighbour}`);
  return { inner: new Set(found.inner), outer: new Set(found.outer) };
}

function nearRoads({ gazetteer }: DemoPlaces, plane: Plane) {
  return (name: string, cell: H3Cell): number => {
    const point = plane.toPlane(cellCentre(cell));
    const lines = gazetteer.roads.filter((road) => road.name === name);
    return Math.min(
      ...lines.map(({ line }) => locateOnLine(point, line.map(plane.toPlane)).distance),
    );
  };
}

function distance(plane: Plane, from: Position, to: Position): number {
  const [ax, ay] = plane.toPlane(from);
  const [bx, by] = plane.toPlane(to);
  return Math.hypot(ax - bx, ay - by);
}
