import { createZone } from "#core/time/zone.ts";
import { generateDemonstration } from "#data/demo/generate.ts";
import type { Demonstration } from "#data/demo/model.ts";
import type { Recipe } from "#data/demo/recipe.ts";
import { ownPackFolder, readDemoRecipe } from "#server/place-pack.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

let recipe: Recipe | null = null;
let demo: Demonstration | null = null;

/** What the bundled places say of their demonstration. */
export function bundledRecipe(): Recipe {
  recipe ??= readDemoRecipe(ownPackFolder);
  return recipe;
}

/** The demonstration over the bundled places, made once for all files of a worker. */
export function bundledDemo(): Demonstration {
  demo ??= generateDemonstration(readBundledPlaces(), bundledRecipe(), createZone("Europe/London"));
  return demo;
}
