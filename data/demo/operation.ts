import type { Operation } from "#core/displacement/operation.ts";
import type { DemoGround } from "#data/demo/ground.ts";
import type { Recipe } from "#data/demo/recipe.ts";
import { operationStart } from "#data/demo/settings.ts";

export function createOperation(
  { treated }: Pick<DemoGround, "treated">,
  { operation }: Pick<Recipe, "operation">,
): Operation {
  return {
    name: operation.name,
    cells: treated,
    startsOn: operationStart,
    endsOn: null,
    control: null,
    phases: [],
  };
}
