import type { Position } from "#core/geo/cell.ts";
import { positionOfGrid } from "#core/geo/national-grid.ts";
import { degreesOf, metresOf } from "#core/places/coordinate.ts";
import type { Region } from "#core/places/place.ts";
import { isMoment } from "#core/records/find-times.ts";
import { meaningOf } from "#core/records/time-headings.ts";
import { categoryOf, kindOf, sourceOf } from "#core/records/words.ts";
import { parseTime } from "#core/table/clock.ts";
import type { ColumnMap, ColumnRole, Header } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";

export type Evidence = ReturnType<typeof createEvidence>;

export interface ColumnGuess {
  readonly role: ColumnRole;
  readonly at: number;
  /** Chosen by a person or profile, by heading, or by values. */
  readonly by: "said" | "heading" | "values";
  /** 0 to 1: two fifths for the heading, three for the values. */
  readonly score: number;
  /** Share of the first values that fit; null where any value would, or there are none. */
  readonly fits: number | null;
}

/** The same rows on the page, which has the beginning of the file, and on the server. */
export const lookedAtRows = 200;
const headingWeight = 0.4;
/** Least fit for a column taken by its values. */
const leastFit = 0.9;

/** Headings that say neither degrees nor metres. */
const openHeadings = /^(?:x|y|coord x|coord y|x coord|y coord|x coordinate|y coordinate)$/;

/** Collects each column's first values once, and tests each role once. */
export function createEvidence(
  sample: readonly TableRow[],
  region: Region,
  /** A gazetteer for streets and postcodes is loaded. */
  hasPlaces: boolean,
) {
  const rows = sample.slice(0, lookedAtRows);
  const reads = readersOf(region);
  const held = new Map<
    number,
    { readonly values: string[]; readonly fits: Map<ColumnRole, number> }
  >();
  const columnAt = (at: number) => {
    const known = held.get(at);
    if (known) return known;
    const values = rows.map(({ cells }) => cells[at]?.trim() ?? "").filter((value) => value !== "");
    const column = { values, fits: new Map<ColumnRole, number>() };
    held.set(at, column);
    return column;
  };
  /** Share of its first values that read as a role; null where that says nothing. */
  const fit = (role: ColumnRole, at: number): number | null => {
    const { values, fits } = columnAt(at);
    const read = reads[role];
    if (!read || values.length === 0) return null;
    const share = fits.get(role) ?? values.filter(read).length / values.length;
    fits.set(role, share);
    return share;
  };
  return { hasPlaces, fit, isOfDates: (at: number) => (fit("date", at) ?? 0) >= leastFit };
}

export function completeColumns(
  header: Header,
  known: ColumnMap,
  said: ReadonlySet<ColumnRole>,
  { fit }: Evidence,
): Map<ColumnRole, number> {
  const columns = settleOpenHeadings(header, known, said, fit);
  for (const [role, heading] of wanted) {
    if (columns.has(role) || !isMissing(role, columns)) continue;
    const used = new Set(columns.values());
    const best = header.words
      .map((words, at) => ({ at, named: headingScore(role, words, heading), words }))
      .filter(({ at, words }) => !used.has(at) && !header.personal.has(at) && words !== "")
      .map(({ at, named }) => ({ at, named, fits: fit(role, at) ?? 0 }))
      .filter(({ named, fits }) => fits >= leastFit && (named > 0 || role !== "source"))
      .sort((a, b) => scoreOf(b.named, b.fits) - scoreOf(a.named, a.fits))[0];
    if (best) columns.set(role, best.at);
  }
  return withoutHalfPlaces(columns, known);
}

export function scoreColumns(
  header: Header,
  {
    columns,
    said,
    byHeading,
  }: {
    readonly columns: ColumnMap;
    readonly said: ReadonlySet<ColumnRole>;
    readonly byHeading: ColumnMap;
  },
  { fit }: Evidence,
): ColumnGuess[] {
  return [...columns].map(([role, at]) => {
    const fits = fit(role, at);
    const isHeading = byHeading.get(role) === at;
    const pattern = wanted.find(([each]) => each === role)?.[1];
    const named = isHeading ? 1 : headingScore(role, header.words[at] ?? "", pattern);
    const by = said.has(role) ? "said" : isHeading ? "heading" : "values";
    const score = by === "said" ? 1 : scoreOf(named, fits ?? 1);
    return { role, at, by, score: Math.round(score * 100) / 100, fits };
  });
}

function scoreOf(heading: number, fits: number): number {
  return headingWeight * heading + (1 - headingWeight) * fits;
}

function headingScore(role: ColumnRole, words: string, heading: RegExp | undefined): number {
  const isNamed = role === "date" ? meaningOf(words) !== "unknown" : heading?.test(words);
  return isNamed ? 0.5 : 0;
}

/** "x" and "y" mean metres, unless the values fit degrees. */
function settleOpenHeadings(
  header: Header,
  known: ColumnMap,
  said: ReadonlySet<ColumnRole>,
  fit: Evidence["fit"],
): Map<ColumnRole, number> {
  const columns = new Map(known);
  for (const role of ["easting", "northing"] as const) {
    const at = columns.get(role);
    if (at === undefined || said.has(role) || !openHeadings.test(header.words[at] ?? "")) continue;
    const other = (["longitude", "latitude"] as const).find(
      (degrees) => !columns.has(degrees) && (fit(degrees, at) ?? 0) >= leastFit,
    );
    if (other === undefined) continue;
    columns.delete(role);
    columns.set(other, at);
  }
  return columns;
}

function isMissing(role: ColumnRole, columns: ColumnMap): boolean {
  if (role === "easting" || role === "northing") {
    return !(columns.has("latitude") && columns.has("longitude"));
  }
  if (role === "latitude" || role === "longitude") {
    return !(columns.has("easting") && columns.has("northing"));
  }
  return true;
}

/** Drops a lone coordinate found by values; keeps one with a heading, to ask about. */
function withoutHalfPlaces(
  columns: Map<ColumnRole, number>,
  known: ColumnMap,
): Map<ColumnRole, number> {
  for (const pair of [
    ["latitude", "longitude"],
    ["easting", "northing"],
  ] as const) {
    const found = pair.filter((role) => columns.has(role));
    const only = found[0];
    if (found.length === 1 && only !== undefined && !known.has(only)) columns.delete(only);
  }
  return columns;
}

function readersOf(
  region: Region,
): Readonly<Partial<Record<ColumnRole, (value: string) => boolean>>> {
  const grid = gridBounds(region);
  const isBetween =
    (numberOf: (text: string) => number, low: number, high: number) => (value: string) => {
      const number = numberOf(value);
      return number >= low && number <= high;
    };
  const isTime = (value: string) => parseTime(value).ok;
  return {
    latitude: isBetween(degreesOf, region.south, region.north),
    longitude: isBetween(degreesOf, region.west, region.east),
    easting: grid ? isBetween(metresOf, grid.west, grid.east) : () => false,
    northing: grid ? isBetween(metresOf, grid.south, grid.north) : () => false,
    date: isMoment,
    start: isMoment,
    end: isMoment,
    time: isTime,
    start_time: isTime,
    end_time: isTime,
    kind: (value) => kindOf(value) !== undefined,
    category: (value) => categoryOf(value) !== undefined,
    source: (value) => sourceOf(value) !== undefined,
  };
}

/** Null unless there are metres. */
function gridBounds({
  grid,
  west,
  south,
  east,
  north,
}: Region): Pick<Region, "west" | "south" | "east" | "north"> | null {
  if (grid === null) return null;
  const corners = [
    gridOf([west, south]),
    gridOf([west, north]),
    gridOf([east, south]),
    gridOf([east, north]),
  ];
  const eastings = corners.map(([easting]) => easting);
  const northings = corners.map(([, northing]) => northing);
  return {
    west: Math.min(...eastings),
    east: Math.max(...eastings),
    south: Math.min(...northings),
    north: Math.max(...northings),
  };
}

/** Inverts the projection by iteration, as only the other direction exists. */
function gridOf([lng, lat]: Position): Position {
  let [easting, northing] = [400_000, 300_000];
  for (let step = 0; step < 12; step += 1) {
    const [atLng, atLat] = positionOfGrid(easting, northing);
    easting += (lng - atLng) * metresPerDegree * Math.cos((lat * Math.PI) / 180);
    northing += (lat - atLat) * metresPerDegree;
  }
  return [easting, northing];
}
const metresPerDegree = 111_200;

/**
 * Roles that may be guessed from values, with what their headings contain. The source decides what
 * counts as reported, so its heading must match too.
 */
const wanted: readonly (readonly [ColumnRole, RegExp])[] = [
  ["latitude", /\blat(?:itude)?\b/],
  ["longitude", /\b(?:long?(?:itude)?|lng)\b/],
  ["easting", /\beastings?\b/],
  ["northing", /\bnorthings?\b/],
  ["kind", /\b(?:kind|type)\b/],
  ["category", /\b(?:category|offence|class|classification|type)\b/],
  ["source", /\breported by\b/],
];
