import { readFileSync } from "node:fs";
import type { Position } from "#core/geo/cell.ts";
import { createPlane, locateOnLine } from "#core/geo/plane.ts";
import { parseGazetteer } from "#data/places/parse-gazetteer.ts";
import { readTable } from "#data/places/recipe/read-table.ts";

/**
 * How well the drawn roads agree with places that were measured by others:
 *
 *   node data/places/check-roads.ts collisions-2022.csv
 *
 * prints for each road how many collisions lie within 20 m of it and within 100 m. Chance alone
 * puts a fifth of the latter into the former.
 */
const path = process.argv[2];
if (!path) throw new TypeError("Name the file of collisions");
const file = new URL("enfield-haringey/gazetteer.ndjson", import.meta.url);
const { roads } = parseGazetteer(readFileSync(file, "utf8"));
const collisions: Position[] = [];
await readTable(path, (row) => {
  collisions.push([Number(row["longitude"]), Number(row["latitude"])]);
});
for (const { name, line } of roads) {
  const plane = createPlane(line[0] ?? [0, 51.6]);
  const onPlane = line.map(plane.toPlane);
  const distances = collisions.map((at) => locateOnLine(plane.toPlane(at), onPlane).distance);
  const within = (metres: number) => distances.filter((distance) => distance < metres).length;
  const share = (within(20) / within(100)).toFixed(2);
  process.stdout.write(`${name}: ${within(20)} of ${within(100)} (${share})\n`);
}
