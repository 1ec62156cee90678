import { cellAt, cellCentre, eventResolution, type Position } from "#core/geo/cell.ts";
import { type DemoGround, thereAre } from "#data/demo/ground.ts";
import {
  fieldFault,
  type Layer,
  liesOutside,
  type Recipe,
  type RecipePlan,
} from "#data/demo/recipe.ts";
import { nearestNeighbours, usualLayers } from "#data/demo/usual-layers.ts";
import { usualWalks } from "#data/demo/usual-walks.ts";

/** A recipe with nothing left out. */
export interface CompleteRecipe extends Recipe {
  readonly layers: readonly Layer[];
  readonly walks: readonly [readonly Position[], readonly Position[]];
  readonly neighbours: readonly string[];
  readonly plans: readonly RecipePlan[];
}

/** What a recipe leaves out, from the places of its pack. */
export function completeRecipe(ground: DemoGround, recipe: Recipe): CompleteRecipe {
  const neighbours = recipe.neighbours ?? nearestNeighbours(ground).slice(0, mostNeighbours);
  refuseUnknown(neighbours, ground);
  refuseOutside(recipe, ground);
  return {
    ...recipe,
    neighbours,
    layers: recipe.layers ?? usualLayers(ground, neighbours),
    walks: recipe.walks ?? usualWalks(ground),
    plans: recipe.plans ?? usualPlaces(ground, recipe),
  };
}

const mostNeighbours = 3;
const mostPlans = 3;

function refuseUnknown(neighbours: readonly string[], ground: DemoGround): void {
  const known = nearestNeighbours(ground);
  const other = neighbours.find((name) => !known.includes(name));
  if (other === undefined) return;
  const names = known.map((name) => ({ name }));
  throw fieldFault(
    "neighbours",
    `names "${other}", and there is nothing known across a line with it. ${thereAre("Neighbours", names)}`,
  );
}

/** Reports may also turn to the cells across the line with a neighbour. */
function refuseOutside(
  { walks, plans = [], layers = [] }: Recipe,
  { command, zones }: DemoGround,
): void {
  const across = new Set(zones.flatMap(({ outer }) => outer));
  const refuse = (field: string, at: Position, isElsewhere = false) => {
    const cell = cellAt(at, eventResolution);
    if (command.indexOf.has(cell) || (isElsewhere && across.has(cell))) return;
    throw fieldFault(field, `(${at.join(", ")}) ${liesOutside(command)}`);
  };
  for (const [walk, stops] of (walks ?? []).entries())
    for (const [stop, at] of stops.entries()) refuse(`walks.${walk}.${stop}`, at);
  for (const [plan, { at }] of plans.entries()) refuse(`plans.${plan}.at`, at);
  for (const [layer, { turnsTo = [] }] of layers.entries())
    for (const [point, at] of turnsTo.entries())
      refuse(`layers.${layer}.turnsTo.${point}`, at, true);
}

/** Places for made-up plans: the busiest corners, or the middle of the street where it has none. */
function usualPlaces(
  { busyCorners, treated }: Pick<DemoGround, "busyCorners" | "treated">,
  { busyStreet: { road } }: Pick<Recipe, "busyStreet">,
): RecipePlan[] {
  const busiest = busyCorners
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostPlans)
    .map(({ name, at }) => ({ name: `${road} by ${name}`, at }));
  const middle = treated[treated.length >> 1];
  return busiest.length > 0 || middle === undefined
    ? busiest
    : [{ name: road, at: cellCentre(middle) }];
}
