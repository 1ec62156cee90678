import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type PlacePack, readPack } from "#core/place-pack.ts";
import { type Recipe, RecipeError, readRecipe, recipeFile } from "#data/demo/recipe.ts";
import { ConfigError } from "#server/config-error.ts";

export const ownPackFolder = fileURLToPath(
  new URL("../data/places/enfield-haringey", import.meta.url),
);

/** Throws a `ConfigError` that says what is wrong and where. */
export function readPackHead(folder: string): PlacePack {
  let text: string;
  try {
    text = readFileSync(join(folder, "pack.json"), "utf8");
  } catch (cause) {
    throw packFault(folder, "pack.json", "cannot be read", cause);
  }
  const read = readPack(text);
  if ("fault" in read) throw packFault(folder, "pack.json", `cannot be used: ${read.fault}`);
  return read;
}

export function packFault(folder: string, name: string, what: string, cause?: unknown): Error {
  const { code } = Object(cause) as { readonly code?: unknown };
  const why = typeof code === "string" ? ` (${code})` : "";
  return new ConfigError(
    `${join(folder, name)} ${what}${why}. BOXSTER_PLACES names a folder that "boxster places build" made; without it the places that came with Boxster are used.`,
    { cause },
  );
}

/** Throws a `ConfigError` when it is missing or invalid. */
export function readDemoRecipe(folder: string): Recipe {
  let text: string;
  try {
    text = readFileSync(join(folder, recipeFile), "utf8");
  } catch (cause) {
    throw new ConfigError(
      `These places have no demonstration: ${join(folder, recipeFile)} cannot be read. Write it as docs/another-command.md says, or set BOXSTER_DEMO to 0.`,
      { cause },
    );
  }
  try {
    return readRecipe(text);
  } catch (cause) {
    if (cause instanceof RecipeError) throw recipeFault(folder, cause);
    throw cause;
  }
}

export function recipeFault(folder: string, cause: RecipeError): Error {
  return new ConfigError(
    `${join(folder, recipeFile)} cannot be used: ${cause.message}. docs/another-command.md says what goes into it.`,
    { cause },
  );
}
