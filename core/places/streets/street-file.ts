import { isWithin } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import {
  type FeatureFile,
  type FileFeature,
  findProperty,
  listOf,
  type Reference,
  readLine,
} from "#core/places/layers/feature-file.ts";
import type { Region } from "#core/places/place.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import { directionOf, streetClassOf, streetName } from "#core/places/streets/street-words.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface StreetFile {
  readonly lines: readonly StreetLine[];
  readonly features: number;
  /** Features that lie elsewhere altogether. */
  readonly outside: number;
  /** What was not as it should be, each in one sentence. */
  readonly notes: readonly string[];
  /** Whom the file asks to be named; null where it does not say. */
  readonly attribution: string | null;
}

/** London has 160,000 pieces of road in OS Open Roads. */
export const mostLines = 500_000;
const nameProperties = [/^name$/i, /^name_?1$/i, /^(?:road|street)_?name/i, /name/i];
const classProperties = [
  /^highway$/i,
  /^fclass$/i,
  /^class$/i,
  /^kind(?:_detail)?$/i,
  /^road_?function$/i,
  /^function$/i,
  /^road_?class/i,
  /^type$/i,
];
const directionProperties = [/^one_?way$/i];

/**
 * Streets of features: OpenStreetMap, OS Open Roads, or any lines with a class and a name. What lies outside the region is left out, areas and points are too. Throws a `FileFault`, with the
 * feature's number where one of them is at fault.
 */
export function streetsOf(file: FeatureFile, region: Region): StreetFile {
  const { features, propertyNames, reference, attribution } = file;
  const properties = propertiesOf(propertyNames);
  const counts = noCounts();
  const lines: StreetLine[] = [];
  for (const feature of features) {
    const parts = partsOf(feature, reference);
    if (parts === null) counts.notLines += 1;
    else if (!parts.flat().some((at) => isWithin(region, at))) counts.outside += 1;
    else {
      const street = streetOf(feature, properties, counts);
      if (street) lines.push(...parts.map((line) => ({ line, ...street })));
    }
  }
  if (counts.notLines === features.length) {
    const type = features[0]?.geometry?.type ?? "feature without a shape";
    throw new FileFault(
      `no feature of this file is a line (the first is a ${type.slice(0, 40)}); export the centre lines of the streets`,
    );
  }
  if (lines.length === 0) throw new FileFault(whyNone(features, reference, region, counts.outside));
  const notes = notesOn(counts, properties, reference);
  return { lines, features: features.length, outside: counts.outside, notes, attribution };
}

type Properties = ReturnType<typeof propertiesOf>;

function propertiesOf(names: readonly string[]) {
  return {
    name: findProperty(names, nameProperties),
    class: findProperty(names, classProperties),
    direction: findProperty(names, directionProperties),
  };
}

type Counts = ReturnType<typeof noCounts>;

function noCounts() {
  return { notLines: 0, notBuilt: 0, outside: 0, unknown: 0, personal: 0 };
}

/** Null for what nobody can go along. */
function streetOf(
  feature: FileFeature,
  properties: Properties,
  counts: Counts,
): Omit<StreetLine, "line"> | null {
  const written = (property: string | null) =>
    property === null ? undefined : feature.properties.get(property);
  const kind = streetClassOf(written(properties.class) ?? "street");
  if (kind === "none") {
    counts.notBuilt += 1;
    return null;
  }
  if (kind === null) counts.unknown += 1;
  const name = streetName(written(properties.name));
  if (name === null && /\p{L}/u.test(written(properties.name) ?? "")) counts.personal += 1;
  return { name, class: kind ?? "street", oneWay: directionOf(written(properties.direction)) };
}

/** Null for what is no line. */
function partsOf(feature: FileFeature, reference: Reference): (readonly Position[])[] | null {
  const where = `feature ${feature.number}`;
  const { type, coordinates } = feature.geometry ?? { type: "" };
  const line = (value: unknown) => readLine(value, reference, where);
  if (type === "LineString") return [line(coordinates)];
  return type === "MultiLineString" ? listOf(coordinates, where).map(line) : null;
}

function whyNone(
  features: readonly FileFeature[],
  reference: Reference,
  region: Region,
  outside: number,
): string {
  if (outside === 0) return "no line of this file is a street that can be used";
  const isSwapped = features.some((feature) =>
    partsOf(feature, reference)?.[0]?.some(([lng, lat]) => isWithin(region, [lat, lng])),
  );
  return isSwapped
    ? "longitude and latitude are swapped in this file: in GeoJSON the longitude comes first"
    : `none of ${formatQuantity(outside, "line")} lies in ${region.name}; give the streets of this area`;
}

function notesOn(counts: Counts, properties: Properties, reference: Reference): string[] {
  return linesOf(
    reference === "grid" && "Read as metres of the British National Grid (EPSG:27700).",
    properties.name === null &&
      "No property holds names, so directions can only say what kind of street it is.",
    properties.class === null &&
      "No property says what kind of street a line is, so all are taken as streets.",
    counts.unknown > 0 && `${formatCount(counts.unknown)} of an unknown kind, taken as streets.`,
    counts.notLines > 0 &&
      `${formatQuantity(counts.notLines, "feature")} without a line, left out.`,
    counts.notBuilt > 0 && `${formatCount(counts.notBuilt)} that nobody can go along, left out.`,
    counts.personal > 0 &&
      `${formatQuantity(counts.personal, "name")} left out: too long, or with signs of a person, a number or a page.`,
  );
}
