import { isWithin } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import type { Region } from "#core/places/place.ts";
import { createDelimitedReader } from "#core/table/delimiter.ts";
import { FileFault } from "#core/table/file-fault.ts";

export const placeKinds = ["station", "neighbourhood", "street"] as const;
export type PlaceKind = (typeof placeKinds)[number];

export interface NamedPlace {
  readonly kind: PlaceKind;
  readonly name: string;
  readonly at: Position;
}

const headings = [
  ["name"],
  ["lng", "lon", "long", "longitude", "x"],
  ["lat", "latitude", "y"],
  ["kind", "type"],
];
const longestName = 80;

/**
 * A CSV of names: `name,lng,lat` and optionally `kind` (station, neighbourhood or street; default
 * neighbourhood), in degrees. Null without such a header, so that another reader can try.
 */
export function readNamesFile(text: string, region: Region) {
  const reader = createDelimitedReader();
  const [first, ...rows] = [...reader.push(text), ...reader.finish()];
  if (!first) throw new FileFault("the file is empty");
  const words = first.cells.map((cell) => cell.trim().toLowerCase());
  const column = (names: readonly string[]) => words.findIndex((word) => names.includes(word));
  const [name, lng, lat, kind] = headings.map(column) as [number, number, number, number];
  if (name < 0 || lng < 0 || lat < 0) return null;
  /** With the places these add up to the rows; unfit: empty, too long, personal, or odd kind. */
  const counts = { placeless: 0, outside: 0, unfit: 0 };
  let firstPlaceless: number | null = null;
  const places = rows.flatMap(({ line, cells }): NamedPlace[] => {
    const at = readPlace(cells[lng], cells[lat]);
    if (at === null) {
      counts.placeless += 1;
      firstPlaceless ??= line;
      return [];
    }
    const called = cells[name]?.trim() ?? "";
    const word = cells[kind]?.trim().toLowerCase() || "neighbourhood";
    const found = placeKinds.find((one) => one === word);
    if (called === "" || called.length > longestName || !isPublicName(called) || !found) {
      counts.unfit += 1;
      return [];
    }
    if (isWithin(region, at)) return [{ kind: found, name: called, at }];
    counts.outside += 1;
    return [];
  });
  return { places, ...counts, firstPlaceless };
}

function readPlace(lng = "", lat = ""): Position | null {
  const numberOf = (word: string) => (word.trim() === "" ? Number.NaN : Number(word));
  const [x, y] = [numberOf(lng), numberOf(lat)];
  return Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null;
}
