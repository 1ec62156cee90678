import { disk, type H3Cell } from "#core/geo/cell.ts";
import { onceBy } from "#core/once-for.ts";
import {
  boroughKey,
  isWiderThanBorough,
  postcodeDistrict,
  postcodeKey,
  streetKey,
  withoutHouseNumber,
} from "#core/places/gazetteer/names.ts";
import type { PlaceFaultKind, PlaceMethod } from "#core/places/place-fault.ts";
import type { MatchedName } from "#core/places/wire/gazetteer.ts";
import { failure, type Result, success } from "#core/result.ts";
import { compareText } from "#core/text/text-order.ts";

/** A row's words about its place; empty where absent. */
export interface PlaceWords {
  readonly street: string;
  readonly postcode: string;
  /** A borough, town or postcode district. */
  readonly borough: string;
}

export interface FoundCell {
  readonly cell: H3Cell;
  readonly method: PlaceMethod;
}

/** Words to a cell, by an imported gazetteer; the words go no further. */
export type PlaceFinder = ReturnType<typeof createPlaceFinder>;

/**
 * A whole postcode first, else the street, if all its points lie in one cell or the ring around it,
 * and neither end is farther off than that ring: a long road put to one cell would make a hotspot
 * of its middle. Among several candidates none is chosen, unless the row's borough, town or
 * postcode district leaves one.
 */
export function createPlaceFinder(names: readonly MatchedName[]) {
  const index = indexNames(names);
  // Keyed by the gazetteer's own names and boroughs, so that the cache does not grow with the file.
  const answers = new Map<string, StreetAnswer>();
  const findStreet = (written: string, borough: string): StreetAnswer => {
    const key = index.streets.has(written) ? written : withoutHouseNumber(written);
    const points = index.streets.get(key);
    if (!points) return failure("street_unknown");
    const question = `${key}\u001f${borough}`;
    const answer = answers.get(question) ?? placeStreet(points, borough);
    answers.set(question, answer);
    return answer;
  };
  return {
    size: names.length,
    find: (words: PlaceWords): StreetAnswer => {
      const byPostcode = words.postcode === "" ? null : placePostcode(index, words.postcode);
      if (byPostcode?.ok) return byPostcode;
      if (words.street === "") return byPostcode ?? failure("empty");
      const borough = boroughOf(words, index);
      if (borough === null) return failure("borough_unknown");
      return findStreet(streetKey(words.street), borough);
    },
  };
}

/** Comparison key of a row's borough; empty where none is named, null if unknown. */
function boroughOf({ borough, postcode }: PlaceWords, { boroughs }: NameIndex): string | null {
  const key = boroughKey(borough);
  if (key !== "" && !isWiderThanBorough(key)) return boroughs.has(key) ? key : null;
  // A postcode district the gazetteer knows settles it as a borough does.
  const district = (postcodeDistrict(postcode) ?? "").toLowerCase();
  return boroughs.has(district) ? district : "";
}

type StreetAnswer = Result<FoundCell, PlaceFaultKind>;

interface StreetPoint {
  readonly cell: H3Cell;
  readonly reach: number | null;
  readonly within: ReadonlySet<string>;
}

type NameIndex = ReturnType<typeof indexNames>;

function indexNames(names: readonly MatchedName[]) {
  const postcodes = new Map<string, H3Cell>();
  const streets = new Map<string, StreetPoint[]>();
  const boroughs = new Set<string>();
  const keyOf = onceBy(boroughKey);
  for (const { kind, name, cell, reach, borough, locality, district } of names) {
    const within = [borough, locality, district].filter((one) => one !== null);
    const around = new Set(within.map(keyOf));
    for (const key of around) boroughs.add(key);
    if (kind === "postcode") {
      const key = postcodeKey(name);
      if (key !== null) postcodes.set(key, cell);
      continue;
    }
    const key = streetKey(name);
    const point = { cell, reach, within: around };
    const known = streets.get(key);
    if (known) known.push(point);
    else streets.set(key, [point]);
  }
  return { postcodes, streets, boroughs };
}

function placePostcode({ postcodes }: NameIndex, text: string): StreetAnswer {
  const key = postcodeKey(text);
  if (key === null) return failure(postcodeDistrict(text) === null ? "unreadable" : "too_coarse");
  const cell = postcodes.get(key);
  return cell ? success({ cell, method: "postcode" }) : failure("postcode_unknown");
}

function placeStreet(all: readonly StreetPoint[], borough: string): StreetAnswer {
  const here = borough === "" ? all : all.filter(({ within }) => within.has(borough));
  if (here.length === 0) return failure("not_in_borough");
  const found = cellOf(here);
  if (!found.ok) return found;
  const isPlain = here.length === all.length || cellOf(all).ok;
  return success({ cell: found.value, method: isPlain ? "street" : "street_in_borough" });
}

/** At most one and a half cells from a cell's centre: the far side of the ring around it. */
const farthestEnd = 180;

function cellOf(points: readonly StreetPoint[]): Result<H3Cell, PlaceFaultKind> {
  const cells = [...new Set(points.map(({ cell }) => cell))].sort(compareText);
  const middle = cells.find((cell) => {
    const near = new Set(disk(cell, 1));
    return cells.every((other) => near.has(other));
  });
  if (middle === undefined) return failure("street_ambiguous");
  const isLong = points.some(({ reach }) => reach !== null && reach > farthestEnd);
  return isLong ? failure("street_long") : success(middle);
}
