import { isWithin } from "#core/geo/bounds.ts";
import { positionOfGrid, squareSide } from "#core/geo/national-grid.ts";
import { type GazetteerFormat, postcodeKey } from "#core/places/gazetteer/names.ts";
import { type Region, squaresOf } from "#core/places/place.ts";
import type { GazetteerName } from "#core/places/wire/gazetteer.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableRow } from "#core/table/row-reader.ts";

export interface GazetteerReader {
  readonly format: GazetteerFormat;
  readonly isHeader: boolean;
  readonly read: (cells: readonly string[]) => GazetteerName | "outside" | "unreadable" | "notKept";
}

const needed = ["name1", "local type", "geometry x", "geometry y"] as const;

/** Null where the first record is neither its header nor one of its rows. */
export function openNamesReader(
  header: readonly string[],
  first: TableRow,
  region: Region,
): GazetteerReader | null {
  if (header.includes("names uri") || header.includes("local type")) {
    const missing = needed.filter((column) => !header.includes(column));
    if (missing.length > 0) {
      const list = missing.map((column) => column.toUpperCase().replaceAll(" ", "_")).join(", ");
      const reason = `a file of OS Open Names needs the columns ${list} as well`;
      throw new FileFault(reason, { line: first.line });
    }
    return { ...rowsOf((column) => header.indexOf(column), region), isHeader: true };
  }
  // The second column is the publisher's URI of the name.
  const [, address = ""] = first.cells;
  const isRow =
    first.cells.length >= 10 &&
    /^https?:\/\/data\.(?:ordnancesurvey|os)\.(?:co\.)?uk\//.test(address);
  return isRow ? { ...rowsOf((column) => placesOf[column], region), isHeader: false } : null;
}

/**
 * Zero-based columns read from the publisher's files, which have no header: it is a separate file
 * beside them.
 */
const placesOf = {
  name1: 2,
  "local type": 7,
  "geometry x": 8,
  "geometry y": 9,
  "mbr xmin": 12,
  "mbr ymin": 13,
  "mbr xmax": 14,
  "mbr ymax": 15,
  "postcode district": 16,
  "populated place": 18,
  "district borough": 21,
} as const;
type Column = keyof typeof placesOf;

function rowsOf(
  placeOf: (column: Column) => number,
  region: Region,
): Omit<GazetteerReader, "isHeader"> {
  const columns = Object.keys(placesOf) as Column[];
  const places = new Map(columns.map((column) => [column, placeOf(column)] as const));
  const squares = new Set(squaresOf(region).map(({ east, north }) => `${east} ${north}`));
  const corner = (metres: number) => Math.floor(metres / squareSide) * squareSide;
  const positionOf = (east: number | null, north: number | null) => {
    if (east === null || north === null) return "unreadable";
    // Most of the country's file lies elsewhere: rejected by the 100 km square alone.
    if (!squares.has(`${corner(east)} ${corner(north)}`)) return "outside";
    const at = positionOfGrid(east, north);
    return isWithin(region, at) ? at : "outside";
  };
  return {
    format: "os-open-names",
    read: (cells) => {
      const text = (column: Column) => cells[places.get(column) ?? -1]?.trim() ?? "";
      const kind = kindOf(text("local type"));
      const name = text("name1");
      if (kind === null || name === "") return "notKept";
      const at = positionOf(numberOf(text("geometry x")), numberOf(text("geometry y")));
      if (typeof at === "string") return at;
      if (kind === "postcode" && postcodeKey(name) === null) return "unreadable";
      return {
        kind,
        name,
        at,
        reach: kind === "street" ? reachOf(text) : null,
        borough: text("district borough") || null,
        locality: text("populated place") || null,
        district: text("postcode district") || null,
      };
    },
  };
}

function kindOf(localType: string): GazetteerName["kind"] | null {
  if (localType === "Postcode") return "postcode";
  return /^(?:Section Of )?Named Road$/i.test(localType) ? "street" : null;
}

/** Half the diagonal of its bounds. */
function reachOf(text: (column: Column) => string): number | null {
  const bounds = (["mbr xmin", "mbr ymin", "mbr xmax", "mbr ymax"] as const).map((column) =>
    numberOf(text(column)),
  );
  const [west, south, east, north] = bounds;
  if (west == null || south == null || east == null || north == null) return null;
  return Math.round(Math.hypot(east - west, north - south) / 2);
}

function numberOf(text: string): number | null {
  return /^\d{1,7}(?:\.\d{1,6})?$/.test(text) ? Number(text) : null;
}
