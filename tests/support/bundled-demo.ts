import { createZone } from "#core/time/zone.ts";
import { generateDemonstration } from "#data/demo/generate.ts";
import type { Demonstration } from "#data/demo/model.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

let demo: Demonstration | null = null;

/** The demonstration over the bundled places, made once for all files of a worker. */
export function bundledDemo(): Demonstration {
  demo ??= generateDemonstration(readBundledPlaces(), createZone("Europe/London"));
  return demo;
}
