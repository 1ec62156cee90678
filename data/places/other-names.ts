import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { cellAt, type H3Cell, packCells, sortCells, zoneResolution } from "#core/geo/cell.ts";
import { positionOfGrid } from "#core/geo/national-grid.ts";
import { compareText } from "#core/text/text-order.ts";
import { wardNames } from "#data/places/recipe/facts.ts";

/**
 * Writes `otherNames` of the pack anew: wards and postcode sectors, each as the cells (H3, 9) that
 * its postcodes lie in. From Code-Point Open, which has the ward of each postcode.
 *
 *   node data/places/other-names.ts n.csv en.csv
 */
const boroughs: ReadonlySet<string> = new Set(["E09000010", "E09000014"]);
/** Worse than that a point is of the sector, not of the postcode. */
const worstQuality = 50;
/** Fewer are boxes of an office, or strays. */
const leastPostcodes = 3;

const cellsByName = new Map<string, H3Cell[]>();
const { positionals } = parseArgs({ allowPositionals: true });
if (positionals.length === 0) throw new TypeError("Name the files of Code-Point Open");

for (const path of positionals) {
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const [postcode = "", quality, east, north, , , , , borough = "", ward = ""] = line
      .trim()
      .split(",")
      .map((part) => part.replaceAll('"', ""));
    if (!boroughs.has(borough) || Number(quality) > worstQuality) continue;
    const cell = cellAt(positionOfGrid(Number(east), Number(north)), zoneResolution);
    const sector = `${postcode.slice(0, 4).trim()} ${postcode.slice(4, 5)}`;
    for (const name of [sector, wardNames[ward]]) {
      if (name) cellsByName.set(name, [...(cellsByName.get(name) ?? []), cell]);
    }
  }
}
const written = [...cellsByName]
  .filter(([, cells]) => cells.length >= leastPostcodes)
  .sort(([a], [b]) => compareText(a, b))
  .map(([name, cells]) => [name, packCells(sortCells(new Set(cells))).join(" ")] as const);
const pack = new URL("enfield-haringey/pack.json", import.meta.url);
const head = JSON.parse(readFileSync(pack, "utf8")) as Record<string, unknown>;
const otherNames = Object.fromEntries(written);
writeFileSync(pack, `${JSON.stringify({ ...head, otherNames }, null, 2)}\n`);
