import { type H3Cell, isCell } from "#core/geo/cell.ts";
import type { PlaceFinder, PlaceWords } from "#core/places/gazetteer/find-place.ts";
import {
  isPlaceFaultKind,
  isPlaceMethod,
  type PlaceFaultKind,
  type PlaceMethod,
} from "#core/places/place-fault.ts";
import { failure, type Result, success } from "#core/result.ts";
import {
  type ColumnRole,
  type Header,
  isWordRole,
  readGivenColumns,
  roleOf,
  wordRoles,
} from "#core/table/columns.ts";

/** Replaces columns of streets, postcodes and boroughs before they leave the page. */
export interface PlaceStep {
  /** The column that becomes the cells; other columns of words are dropped. */
  readonly at: number;
  readonly isWord: (at: number) => boolean;
  readonly textOf: (cells: readonly string[]) => string;
}

/** `map` is the person's choice, role to column; null where no column of words is named. */
export function createPlaceStep(
  header: Header,
  map: Readonly<Record<string, string>>,
  finder: PlaceFinder,
): PlaceStep | null {
  const columns = readGivenColumns(header, map);
  const positions = wordRoles.flatMap((role) => columns.get(role) ?? []);
  const [at] = positions;
  if (at === undefined) return null;
  const textOf = (cells: readonly string[], role: ColumnRole) =>
    cells[columns.get(role) ?? -1]?.trim() ?? "";
  return {
    at,
    isWord: (position) => positions.includes(position),
    textOf: (cells) => {
      const words = {
        street: textOf(cells, "street"),
        postcode: textOf(cells, "postcode"),
        borough: textOf(cells, "borough"),
      };
      return hasWords(words) ? writeFound(finder.find(words)) : "";
    },
  };
}

/** A borough alone is no place. */
export function hasWords({ street, postcode }: PlaceWords): boolean {
  return street !== "" || postcode !== "";
}

export function mapsWords(map: Readonly<Record<string, string>>): boolean {
  // An empty heading says that no column of the file has this role.
  return Object.entries(map).some(([name, column]) => isWordName(name) && column.trim() !== "");
}

export function withoutWords(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !isWordName(name)));
}

function isWordName(name: string): boolean {
  const role = roleOf(name);
  return role !== undefined && isWordRole(role);
}

type Found = Result<{ readonly cell: H3Cell; readonly method: PlaceMethod }, PlaceFaultKind>;

/** `8a195da49b2ffff street`, or why there is none: `none street_unknown`. */
export function writeFound(found: Found): string {
  return found.ok ? `${found.value.cell} ${found.value.method}` : `none ${found.reason}`;
}

/** Inverse; null for anything else. */
export function readFound(text: string): Found | null {
  const [cell = "", word = "", ...more] = text.split(" ");
  if (more.length > 0) return null;
  if (cell === "none") return isPlaceFaultKind(word) ? failure(word) : null;
  return isCell(cell) && isPlaceMethod(word) ? success({ cell, method: word }) : null;
}
