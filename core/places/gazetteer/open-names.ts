import { isWithin } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import { positionOfGrid, squareSide } from "#core/geo/national-grid.ts";
import {
  type GazetteerKind,
  type GazetteerRowReader,
  postcodeKey,
} from "#core/places/gazetteer/names.ts";
import { type Region, squaresOf } from "#core/places/place.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableRow } from "#core/table/row-reader.ts";

const needed = ["name1", "local type", "geometry x", "geometry y"] as const;

/** Null where the first record is neither its header nor one of its rows. */
export function openNamesReader(
  header: readonly string[],
  first: TableRow,
  region: Region,
): { readonly reader: GazetteerRowReader; readonly isHeader: boolean } | null {
  if (header.includes("names uri") || header.includes("local type")) {
    const missing = needed.filter((column) => !header.includes(column));
    if (missing.length > 0) {
      const list = missing.map((column) => column.toUpperCase().replaceAll(" ", "_")).join(", ");
      throw new FileFault(`a file of OS Open Names needs the columns ${list} as well`, {
        line: first.line,
      });
    }
    return { reader: rowsOf((column) => header.indexOf(column), region), isHeader: true };
  }
  if (!isBareRow(first.cells)) return null;
  return { reader: rowsOf((column) => columnOrder.indexOf(column), region), isHeader: false };
}

/** Its second column is the address of the name at the publisher. */
function isBareRow(cells: readonly string[]): boolean {
  const address = cells[1] ?? "";
  return (
    cells.length >= 10 && /^https?:\/\/data\.(?:ordnancesurvey|os)\.(?:co\.)?uk\//.test(address)
  );
}

type TextOf = (column: Column) => string;

function rowsOf(placeOf: (column: Column) => number, region: Region): GazetteerRowReader {
  const places = new Map(columnOrder.map((column) => [column, placeOf(column)] as const));
  const positionOf = createPositionReader(region);
  return {
    format: "os-open-names",
    read: (cells) => {
      const text = (column: Column) => cells[places.get(column) ?? -1]?.trim() ?? "";
      const kind = kindOf(text("local type"));
      const name = text("name1");
      if (kind === null || name === "") return "notKept";
      const at = positionOf(text);
      if (typeof at === "string") return at;
      if (kind === "postcode" && postcodeKey(name) === null) return "unreadable";
      return { kind, name, at, ...extentOf(kind, text) };
    },
  };
}

function createPositionReader(
  region: Region,
): (text: TextOf) => Position | "outside" | "unreadable" {
  const squares = new Set(squaresOf(region).map(({ east, north }) => `${east} ${north}`));
  const corner = (metres: number) => Math.floor(metres / squareSide) * squareSide;
  return (text) => {
    const [east, north] = [numberOf(text("geometry x")), numberOf(text("geometry y"))];
    if (east === null || north === null) return "unreadable";
    // Most of a file of the country lies elsewhere: told by its 100 km square alone.
    if (!squares.has(`${corner(east)} ${corner(north)}`)) return "outside";
    const at = positionOfGrid(east, north);
    return isWithin(region, at) ? at : "outside";
  };
}

function extentOf(kind: GazetteerKind, text: TextOf) {
  return {
    reach: kind === "street" ? reachOf(text) : null,
    borough: text("district borough") || null,
    locality: text("populated place") || null,
    district: text("postcode district") || null,
  };
}

function kindOf(localType: string): GazetteerKind | null {
  if (localType === "Postcode") return "postcode";
  return /^(?:Section Of )?Named Road$/i.test(localType) ? "street" : null;
}

/** Half the diagonal of its bounds. */
function reachOf(text: TextOf): number | null {
  const bounds = (["mbr xmin", "mbr ymin", "mbr xmax", "mbr ymax"] as const).map((column) =>
    numberOf(text(column)),
  );
  const [west, south, east, north] = bounds;
  if (west == null || south == null || east == null || north == null) return null;
  return Math.round(Math.hypot(east - west, north - south) / 2);
}

function numberOf(text: string): number | null {
  const value = /^\d{1,7}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/**
 * The columns of OS Open Names in the publisher's order; its files come without a header, which lies
 * beside them as a file of its own.
 */
const columnOrder = [
  "id",
  "names uri",
  "name1",
  "name1 lang",
  "name2",
  "name2 lang",
  "type",
  "local type",
  "geometry x",
  "geometry y",
  "most detail view res",
  "least detail view res",
  "mbr xmin",
  "mbr ymin",
  "mbr xmax",
  "mbr ymax",
  "postcode district",
  "postcode district uri",
  "populated place",
  "populated place uri",
  "populated place type",
  "district borough",
  "district borough uri",
  "district borough type",
  "county unitary",
] as const;
type Column = (typeof columnOrder)[number];
