import type { Position } from "#core/geo/cell.ts";
import { cellAt, cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { positionOfGrid } from "#core/geo/national-grid.ts";
import { isPairInLetters, type NumberPair, pairsIn } from "#tests/support/hunt/number-pairs.ts";
import { filesBelow, hitsOf, looksAt, type NamedOctets } from "#tests/support/hunt/octets.ts";

/** What may be kept nowhere. */
export interface Quarry {
  readonly venues: readonly Position[];
  /** What was typed, letter for letter; each stands nowhere else. */
  readonly words: readonly string[];
}

/** Every trace in every file below the folders, or in those written since: `words "Quince Street" in Web Data`. */
export function huntBelow(folders: readonly string[], quarry: Quarry, since = 0): string[] {
  return folders.flatMap((folder) =>
    Array.from(filesBelow(folder, since)).flatMap((file) => huntIn(file, quarry)),
  );
}

export function huntIn(file: NamedOctets, quarry: Quarry): string[] {
  const found = new Set<string>();
  for (const { name, octets } of looksAt(file)) {
    for (const trace of tracesIn(octets, quarry)) found.add(`${trace} in ${name}`);
  }
  return [...found];
}

function* tracesIn(octets: Buffer, { venues, words }: Quarry): Generator<string> {
  for (const word of words) {
    const wide = Buffer.from(word, "utf16le");
    const all = [Buffer.from(word), wide, Buffer.from(wide).swap16()];
    if (all.some((wanted) => octets.includes(wanted))) yield `words "${word}"`;
  }
  for (const venue of venues) {
    for (const pair of pairsOf(venue)) {
      if (isPairInLetters(octets, pair)) yield `${pair.name} as figures`;
      for (const way of pairsIn(octets, pair)) yield `${pair.name} as ${way}`;
    }
    yield* cellsIn(octets, cellAt(venue, 11));
  }
}

/** Metres off a venue at which a point still gives it away: half a house. */
const near = 5;
const metresInDegree = 111_320;
const metresAround = 40_075_017;

function pairsOf([lng, lat]: Position): NumberPair[] {
  const across = Math.cos((lat * Math.PI) / 180);
  const pair = (name: string, [x, y]: Position, byX: number, byY = byX): NumberPair => ({
    name,
    first: { value: y, by: byY },
    second: { value: x, by: byX },
  });
  const radians = Math.PI / 180;
  const byDegrees = near / metresInDegree;
  const turn = Math.asinh(Math.tan(lat * radians)) / (2 * Math.PI);
  const unit: Position = [lng / 360 + 0.5, 0.5 - turn];
  const byUnit = near / metresAround / across;
  return [
    pair("degrees", [lng, lat], byDegrees / across, byDegrees),
    pair(
      "radians",
      [lng * radians, lat * radians],
      (byDegrees * radians) / across,
      byDegrees * radians,
    ),
    pair("national grid", gridOf([lng, lat]), near),
    pair("mercator of the map", unit, byUnit),
    pair("mercator in metres", [(lng / 360) * metresAround, turn * metresAround], near / across),
  ];
}

/** The way back from `positionOfGrid`, step by step. */
function gridOf([lng, lat]: Position): Position {
  let grid: Position = [530_000, 190_000];
  for (let step = 0; step < 8; step += 1) {
    const [atLng, atLat] = positionOfGrid(...grid);
    const across = metresInDegree * Math.cos((lat * Math.PI) / 180);
    grid = [grid[0] + (lng - atLng) * across, grid[1] + (lat - atLat) * metresInDegree];
  }
  return grid;
}

/** The cell at resolution 11, about 50 m across, and all smaller ones in it, as figures and as numbers. */
function* cellsIn(octets: Buffer, cell: H3Cell): Generator<string> {
  // Mode and resolution, then 7 bits of the base cell and 3 for each resolution: 40 bits are the same in all of them.
  const shared = cell.slice(2, 12);
  for (const letters of [shared, shared.toUpperCase()]) {
    for (const at of hitsOf(octets, Buffer.from(letters))) {
      if (/8[b-f]$/i.test(octets.toString("latin1", Math.max(0, at - 2), at))) {
        yield "cell as figures";
        break;
      }
    }
  }
  for (let resolution = 11; resolution <= 15; resolution += 1) {
    const digit = resolution.toString(16);
    const [low, high] = ["000", "fff"].map((end) =>
      cellToDecimal(`8${digit}${shared}${end}` as H3Cell),
    );
    const same = [...(low ?? "")].findIndex((letter, at) => letter !== high?.[at]);
    if (octets.includes(low?.slice(0, same) ?? "")) yield `cell of ${resolution} as a decimal`;
    // All but the last octet and a half.
    const big = Buffer.from(`08${digit}${shared}0`, "hex").subarray(0, 6);
    const little = Buffer.from(big).reverse();
    if (octets.includes(big) || octets.includes(little)) yield `cell of ${resolution} as a number`;
  }
}
