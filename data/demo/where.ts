import { cellAt, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";
import type { Plane, PlanePoint } from "#core/geo/plane.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { Random } from "#core/random.ts";
import { normal, pick } from "#data/demo/draw.ts";
import { type DemoGround, isInBand, thereAre } from "#data/demo/ground.ts";
import { fieldFault, type Layer } from "#data/demo/recipe.ts";

/** A named point that reports gather around. */
interface Spot {
  readonly at: Position;
  readonly weight: number;
  /** Standard deviation, metres. */
  readonly spread: number;
}

/** Draws the cell of one report of a layer. */
export type Whereabouts = (random: Random) => H3Cell;

/**
 * Where a layer's reports lie: around named points of the gazetteer, so that they stand on streets and not in
 * reservoirs, and inside the cells that the layer is about. `field` is where the recipe says so.
 */
export function createWhereabouts(ground: DemoGround, layer: Layer, field: string): Whereabouts {
  const isHere = within(ground, layer.within, field);
  const usable = usableSpots(ground, layer, isHere, field);
  if (usable.length === 0) {
    throw fieldFault(
      field,
      `("${layer.name}") has no place to be: none of its points lies within what it names`,
    );
  }
  return (random) => draw(ground.plane, usable, isHere, random);
}

/** The points that a layer has; none where it can have no reports. */
export function spotsOf(ground: DemoGround, layer: Pick<Layer, "around" | "within">): Position[] {
  const isHere = within(ground, layer.within, "layers");
  return usableSpots(ground, layer, isHere, "layers").map(({ at }) => at);
}

function usableSpots(
  ground: DemoGround,
  { around }: Pick<Layer, "around">,
  isHere: (cell: H3Cell) => boolean,
  field: string,
): Spot[] {
  return spotsAround(ground, around, field).filter(({ at }) => isHere(cellAt(at, eventResolution)));
}

function draw(
  plane: Plane,
  spots: readonly Spot[],
  isHere: (cell: H3Cell) => boolean,
  random: Random,
): H3Cell {
  for (;;) {
    const { at, spread } = pick(random, spots, ({ weight }) => weight);
    const [east, north] = plane.toPlane(at);
    const point: PlanePoint = [east + spread * normal(random), north + spread * normal(random)];
    const cell = cellAt(plane.toPosition(point), eventResolution);
    if (isHere(cell)) return cell;
  }
}

const spreads = { busyCorner: 55, corner: 60, street: 40 };
/** How near to a point a street counts as near it. */
const nearMetres = 700;

function spotsAround(ground: DemoGround, around: Layer["around"], field: string): Spot[] {
  const { gazetteer, plane, busyCorners } = ground;
  if (around === "busy corners") {
    return busyCorners.map(({ at, weight }) => ({ at, weight, spread: spreads.busyCorner }));
  }
  const streets = () =>
    gazetteer.streets.map(({ at }) => ({ at, weight: 1, spread: spreads.street }));
  if (around === "streets") return streets();
  if ("streetsNear" in around) {
    const all = streets();
    const near = around.streetsNear.map((centre, index) => {
      const found = all.filter(({ at }) => distance(plane, at, centre) < nearMetres);
      if (found.length > 0) return found;
      throw fieldFault(
        `${field}.around.streetsNear.${index}`,
        `(${centre.join(", ")}) has no street of the gazetteer within ${nearMetres} m: check its longitude and latitude`,
      );
    });
    const chosen = new Set(near.flat());
    return all.filter((spot) => chosen.has(spot));
  }
  return around.flatMap(({ corners: road, ...band }) => {
    const corners = gazetteer.corners.filter((corner) => corner.road === road);
    if (corners.length === 0) {
      const roads = gazetteer.corners.map((corner) => ({ name: corner.road }));
      throw fieldFault(
        `${field}.around`,
        `names "${road}", and the gazetteer has no corners of it. ${thereAre("Roads", roads)}`,
      );
    }
    return corners
      .filter(({ at }) => isInBand(at, band))
      .map(({ at }) => ({ at, weight: 1, spread: spreads.corner }));
  });
}

/** Further from the busy street than this is away from it. */
const besideMetres = 420;

function within(
  ground: DemoGround,
  { street, part, edgeInner, edgeOuter }: Layer["within"],
  field: string,
): (cell: H3Cell) => boolean {
  const { command, fromStreet } = ground;
  const treated = new Set(ground.treated);
  const ways = {
    treated: (cell: H3Cell) => treated.has(cell),
    untreated: (cell: H3Cell) => !treated.has(cell),
    beside: (cell: H3Cell) => !treated.has(cell) && fromStreet(cell) < besideMetres,
    away: (cell: H3Cell) => !treated.has(cell) && fromStreet(cell) > besideMetres,
  };
  const cells = [
    ...(edgeOuter === undefined ? [{ has: (cell: H3Cell) => command.indexOf.has(cell) }] : []),
    ...(part === undefined ? [] : [cellsOfPart(ground, part, field)]),
    ...(edgeInner === undefined ? [] : [new Set(edgeOf(ground, edgeInner, field).inner)]),
    ...(edgeOuter === undefined ? [] : [new Set(edgeOf(ground, edgeOuter, field).outer)]),
  ];
  const isSide = street === undefined ? () => true : ways[street];
  return (cell) => cells.every((some) => some.has(cell)) && isSide(cell);
}

function cellsOfPart(ground: DemoGround, part: string, field: string): ReadonlySet<H3Cell> {
  if (ground.parts.includes(part)) return ground.cellsOfPart(part);
  const parts = ground.parts.map((name) => ({ name }));
  throw fieldFault(
    `${field}.within.part`,
    `names "${part}", which is no part of the command. ${thereAre("Parts", parts)}`,
  );
}

function edgeOf({ zones }: DemoGround, neighbour: string, field: string): EdgeZone {
  const found = zones.find((one) => one.neighbour === neighbour);
  if (found) return found;
  const names = zones.map((zone) => ({ name: zone.neighbour }));
  throw fieldFault(
    `${field}.within`,
    `names "${neighbour}", and there is no edge towards it. ${thereAre("Edges", names)}`,
  );
}

function distance(plane: Plane, from: Position, to: Position): number {
  const [ax, ay] = plane.toPlane(from);
  const [bx, by] = plane.toPlane(to);
  return Math.hypot(ax - bx, ay - by);
}
