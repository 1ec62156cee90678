import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type PlacePack, readPack } from "#core/place-pack.ts";
import { ConfigError } from "#server/config-error.ts";

/** The pack that every clone carries. */
export const ownPackFolder = fileURLToPath(
  new URL("../data/places/enfield-haringey", import.meta.url),
);

/** `pack.json` of a folder. Throws a `ConfigError` that says what is wrong, where, and what to do. */
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
  return new ConfigError(
    `${join(folder, name)} ${what}. BOXSTER_PLACES names a folder that "boxster places build" made; without it the places that came with Boxster are used.`,
    { cause },
  );
}
