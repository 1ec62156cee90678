import { cellCentre, metresBetween, type Position } from "#core/geo/cell.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { DemoGround } from "#data/demo/ground.ts";
import type { Layer } from "#data/demo/recipe.ts";
import { spotsOf } from "#data/demo/where.ts";

const steady = { effect: 1, mix: "elsewhere", police: 0, around: "streets" } as const;
/** Shared among the parts of the command. */
const reportsElsewhere = 800;
/** In how many streets the late reports come together. */
const streetsTurnedTo = 3;

/**
 * The layers of a recipe that names none: a fall where the operation works, a rise along the line with the first
 * neighbour, and no change elsewhere. Where a pack has no streets for one, there is none.
 */
export function usualLayers(ground: DemoGround, neighbours: readonly string[]): Layer[] {
  const [first, ...others] = neighbours;
  const layers: Layer[] = [
    {
      ...steady,
      name: "busy street",
      before: 500,
      effect: 0.48,
      mix: "street",
      police: 66,
      around: ground.busyCorners.length > 0 ? "busy corners" : "streets",
      within: { street: "treated" },
    },
    {
      ...steady,
      name: "side roads",
      before: 210,
      effect: 0.9,
      mix: "street",
      police: 18,
      within: { street: "beside" },
    },
    ...ground.parts.map((part) => ({
      ...steady,
      name: `elsewhere in ${part}`,
      before: Math.ceil(reportsElsewhere / ground.parts.length),
      within: { street: "away" as const, part },
    })),
    ...(first === undefined ? [] : risingEdge(ground, first)),
    ...others.flatMap((neighbour) => edge(neighbour, { before: 46 }, { before: 42 })),
  ];
  return layers.filter((layer, index) => index === 0 || spotsOf(ground, layer).length > 0);
}

function risingEdge(ground: DemoGround, neighbour: string): Layer[] {
  const [inner, outer] = edge(
    neighbour,
    // Enough of them that their last weeks raise an alert, wherever it is.
    { before: 120, effect: 4, mix: "estate", police: 4 },
    { before: 52, effect: 3, mix: "estate" },
  );
  return [{ ...inner, turnsTo: closest(spotsOf(ground, inner), ground) }, outer];
}

function edge(
  neighbour: string,
  inner: Pick<Layer, "before"> & Partial<Layer>,
  outer: Pick<Layer, "before"> & Partial<Layer>,
): [Layer, Layer] {
  return [
    {
      ...steady,
      ...inner,
      name: `this side of ${neighbour}`,
      within: { street: "untreated", edgeInner: neighbour },
    },
    { ...steady, ...outer, name: `in ${neighbour}`, within: { edgeOuter: neighbour } },
  ];
}

/** So far from the busy street late reports are no part of it any more, and still near enough to be watched. */
const clearMetres = 1_000;

/** A few streets beside one another, the first of them clear of the busy street. */
function closest(spots: readonly Position[], { treated }: Pick<DemoGround, "treated">): Position[] {
  const middle = middleOf(treated);
  const byMetres = (from: Position) => (a: Position, b: Position) =>
    metresBetween(from, a) - metresBetween(from, b);
  const byNearness = spots.toSorted(byMetres(middle));
  const start =
    byNearness.find((at) => metresBetween(middle, at) > clearMetres) ?? byNearness.at(-1);
  return start ? spots.toSorted(byMetres(start)).slice(0, streetsTurnedTo) : [];
}

function middleOf(treated: DemoGround["treated"]): Position {
  const centres = treated.map(cellCentre);
  const mean = (axis: 0 | 1) => centres.reduce((sum, at) => sum + at[axis], 0) / centres.length;
  return [mean(0), mean(1)];
}

/** Those across the line, the one nearest to the busy street first. */
export function nearestNeighbours({
  zones,
  treated,
}: Pick<DemoGround, "zones" | "treated">): string[] {
  const middle = middleOf(treated);
  const metresTo = ({ inner }: EdgeZone) =>
    inner.reduce((least, cell) => Math.min(least, metresBetween(middle, cellCentre(cell))), 1e9);
  return zones
    .filter(({ isInternal, outer }) => !isInternal && outer.length > 0)
    .map((zone) => ({ name: zone.neighbour, metres: metresTo(zone) }))
    .sort((a, b) => a.metres - b.metres)
    .map(({ name }) => name);
}
