import { isWithin } from "#core/geo/bounds.ts";
import { cellCentre, eventResolution, type Position, resolutionOf } from "#core/geo/cell.ts";
import type { PlaceFinder } from "#core/places/gazetteer/find-place.ts";
import { type Region, readDegrees, readGrid, readGridReference } from "#core/places/place.ts";
import type { PlaceFaultKind, PlaceMethod } from "#core/places/place-fault.ts";
import { hasWords, readFound } from "#core/records/place-step.ts";
import { failure, type Result, success } from "#core/result.ts";
import type { ColumnMap, ColumnRole } from "#core/table/columns.ts";

/** A row's place; from words only to the cell, whose centre then serves as the point. */
export interface ReadPlace {
  readonly position: Position;
  readonly placedBy: PlaceMethod;
}

export interface RowPlaceFault {
  readonly kind: PlaceFaultKind;
  readonly roles: readonly ColumnRole[];
  readonly reason: string;
}

export interface PlaceReading {
  readonly reading: { readonly columns: ColumnMap };
  readonly region: Region;
  readonly places: PlaceFinder | null;
}

/** The most exact of: a point, a grid reference, words, the page's own cell. */
export function readPlace(
  text: (role: ColumnRole) => string,
  how: PlaceReading,
): Result<ReadPlace, RowPlaceFault> {
  const { columns } = how.reading;
  const hasDegrees = columns.has("latitude") && columns.has("longitude");
  const pair = hasDegrees
    ? (["latitude", "longitude"] as const)
    : (["easting", "northing"] as const);
  if (pair.some((role) => text(role) !== "")) {
    const read = hasDegrees ? readDegrees : readGrid;
    const position = read(text(pair[0]), text(pair[1]), how.region);
    if (position.ok) return success({ position: position.value, placedBy: "point" });
    const { at, ...fault } = position.reason;
    const roles = { first: [pair[0]], second: [pair[1]], both: pair }[at];
    return failure({ ...fault, roles });
  }
  if (text("grid_reference") !== "") return readReference(text("grid_reference"), how);
  const words = { street: text("street"), postcode: text("postcode"), borough: text("borough") };
  if (how.places && hasWords(words)) return readWords(words, how.places, columns);
  if (text("cell") !== "") return readCell(text("cell"), how.region);
  const roles = placeRoles.filter((role) => columns.has(role));
  return failure({ kind: "empty", roles, reason: "the row has no place" });
}

const placeRoles = [
  "latitude",
  "longitude",
  "easting",
  "northing",
  "grid_reference",
  "street",
  "postcode",
  "cell",
] as const;

function readReference(text: string, { region }: PlaceReading): Result<ReadPlace, RowPlaceFault> {
  const read = readGridReference(text, region);
  if (!read.ok) return failure({ ...read.reason, roles: ["grid_reference"] });
  const { position, side } = read.value;
  return success({ position, placedBy: side > 10 ? "grid_100m" : "point" });
}

function readWords(
  words: Parameters<PlaceFinder["find"]>[0],
  places: PlaceFinder,
  columns: ColumnMap,
): Result<ReadPlace, RowPlaceFault> {
  const found = places.find(words);
  if (found.ok) {
    return success({ position: cellCentre(found.value.cell), placedBy: found.value.method });
  }
  const roles = (["street", "postcode", "borough"] as const).filter((role) => columns.has(role));
  return failure({ kind: found.reason, roles, reason: wordReasons[found.reason] ?? noPlace });
}

/** Cell found by the page before upload; checked as untrusted input. */
function readCell(text: string, region: Region): Result<ReadPlace, RowPlaceFault> {
  const found = readFound(text);
  const fault = (kind: PlaceFaultKind, reason: string) =>
    failure({ kind, roles: ["cell"] as const, reason });
  if (found === null) return fault("unreadable", "not a cell that the page wrote");
  if (!found.ok) return fault(found.reason, wordReasons[found.reason] ?? noPlace);
  const { cell, method } = found.value;
  const position = cellCentre(cell);
  if (resolutionOf(cell) !== eventResolution) {
    return fault("outside", `not a cell of resolution ${eventResolution}`);
  }
  if (!isWithin(region, position)) return fault("outside", `outside the area of ${region.name}`);
  return success({ position, placedBy: method });
}

const noPlace = "the row has no place";

const wordReasons: Readonly<Partial<Record<PlaceFaultKind, string>>> = {
  unreadable: "not a whole postcode, such as N18 2TT",
  too_coarse: "half a postcode is an area of kilometres, too coarse for a cell of about 120 m",
  street_unknown: "the gazetteer knows no street of this name",
  street_ambiguous:
    "a street of this name lies in several places, and nothing in the row says which: a borough, a postcode or a point is needed",
  street_long:
    "the street is longer than a cell and those around it: a postcode or a point is needed",
  postcode_unknown: "the gazetteer does not know this postcode",
  borough_unknown: "the gazetteer knows no borough, town or postcode district of this name",
  not_in_borough: "the gazetteer knows no street of this name in that borough",
};
