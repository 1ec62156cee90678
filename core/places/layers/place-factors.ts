import {
  type FeatureFile,
  type FileFeature,
  findProperty,
  listOf,
  type Reference,
  readLine,
  readPolygons,
  readPosition,
} from "#core/places/layers/feature-file.ts";
import type { LayerResult } from "#core/places/wire/imports.ts";
import { longestLabel } from "#core/places/wire/layers.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { linesOf } from "#core/text/lines.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { isPersonalColumn } from "#core/text/personal-columns.ts";
import { certainKind, likelyKind } from "#core/text/personal-value.ts";

/** One place in WGS84, with at most its short name: nothing else of a file is kept. */
export interface DraftFactor {
  readonly number: number;
  readonly label: string | null;
  /** As GeoJSON: points, lines or polygons. */
  readonly geometry: { readonly type: string; readonly coordinates: readonly unknown[] };
}

/** Points, lines and polygons of a file. Throws a `FileFault` that names the feature. */
export function placeFactorsOf(file: FeatureFile, label?: string) {
  const { features, propertyNames, reference } = file;
  const labelProperty = chooseLabel(propertyNames, label);
  let labelsLeftOut = 0;
  const factors = features.map((feature): DraftFactor => {
    const written = labelProperty === null ? undefined : feature.properties.get(labelProperty);
    const name = written === undefined ? null : placeLabel(written);
    if (written !== undefined && name === null) labelsLeftOut += 1;
    const geometry = readGeometry(feature, reference, `feature ${feature.number}`);
    return { number: feature.number, label: name, geometry };
  });
  return { factors, labelProperty, labelsLeftOut, isOnGrid: reference === "grid" };
}

function chooseLabel(all: readonly string[], said: string | undefined) {
  const allowed = all.filter(isLabelProperty);
  if (said === "none") return null;
  if (said === undefined) return findProperty(allowed, labelPatterns);
  if (allowed.includes(said)) return said;
  if (all.includes(said)) {
    throw new FileFault(
      `the property "${said}" may describe a person, so no names are taken from it; choose another, or none`,
    );
  }
  throw new FileFault(
    `no feature has a property "${said}"; there are ${allowed.join(", ") || "none that could name a place"}`,
  );
}

function readGeometry(feature: FileFeature, reference: Reference, where: string) {
  const { type, coordinates } = feature.geometry ?? { type: "" };
  const point = (value: unknown) => readPosition(value, reference, where);
  const line = (value: unknown) => readLine(value, reference, where);
  switch (type) {
    case "Point":
      return { type: "MultiPoint", coordinates: [point(coordinates)] };
    case "MultiPoint":
      return { type: "MultiPoint", coordinates: listOf(coordinates, where).map(point) };
    case "LineString":
      return { type: "MultiLineString", coordinates: [line(coordinates)] };
    case "MultiLineString":
      return { type: "MultiLineString", coordinates: listOf(coordinates, where).map(line) };
    case "Polygon":
    case "MultiPolygon":
      return { type: "MultiPolygon", coordinates: readPolygons(feature, reference, where) };
    case "":
      throw new FileFault(`${where} has no shape`);
    default:
      throw new FileFault(`${where} is a ${type.slice(0, 40)}, not a point, a line or a polygon`);
  }
}

/**
 * Short name of a place as stored; null for prose or anything that could identify a person
 * (SAFEGUARDS 8). Losing a harmless name costs nothing: the place itself is kept.
 */
export function placeLabel(text: string): string | null {
  const label = text.replace(/\s+/g, " ").trim();
  if (label === "" || label.length > longestLabel) return null;
  if (label.split(" ").length > mostWords) return null;
  if (refused.some((pattern) => pattern.test(label))) return null;
  if (certainKind(label) !== null) return null;
  // A person's name; a single word may be a pub's.
  const isOfPerson = / (?!.*['’]s\b)/.test(label) && likelyKind(label) === "names of people";
  return isOfPerson ? null : label;
}

const mostWords = 8;

const refused: readonly RegExp[] = [
  // A title before a person's name. "St" and "Dr" also occur in street names.
  /\b(?:mr|mrs|ms|miss|mx|prof|rev|sgt|pc|dci?|insp)\.? \p{L}/iu,
  // Mail, web, phone, a vehicle registration, a birth date.
  /@|https?:|www\./i,
  /(?:\d[ ()+-]?){9,}/,
  /\b[A-Z]{2}\d{2} ?[A-Z]{3}\b/i,
  /\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/,
  // Sentences, and characters that no place name has.
  /[.!?;] |[<>{}[\]|\\=]|\p{Cc}|\p{Cf}/u,
  /\b(?:owner|owned by|licensee|holder|lives|resident|contact|manager|dob|born)\b/i,
];

/** Whether a property may serve for names, by its own name. */
export function isLabelProperty(name: string): boolean {
  const words = normaliseWords(name);
  if (/\b(?:contact|licensee|licen[cs]e holder|holder|applicant|manager|tenant)s?\b/.test(words)) {
    return false;
  }
  // A place name is a name; the other rules say whose.
  return (
    /^(?:name|nm|title|label)$/.test(words) || placeName.test(words) || !isPersonalColumn(name)
  );
}

const placeName =
  /^(?:common|stop|street|road|venue|premises?|site|place|pub|shop|alley|path|station|trading|column|lamp|unit|asset|feature|locality) ?(?:name|id|number|no|ref|code)$/;

const labelPatterns: readonly RegExp[] = [
  /^(?:common|stop|venue|premises?|trading|site|street|road)_? ?name$/i,
  /^name$/i,
  /^(?:label|title)$/i,
];

export function describeLayer(result: LayerResult): string[] {
  const { features, kept, outside, dryRun, labelProperty, labelled, repaired } = result;
  return linesOf(
    `${formatQuantity(features, "place")} read, ${formatCount(kept)} ${dryRun ? "would be saved" : "kept"}, ${formatCount(outside)} further than 500 m from the area.`,
    labelProperty === null
      ? "No names are saved."
      : `${formatQuantity(labelled, "name")} from "${labelProperty}".`,
    repaired > 0 && `${formatQuantity(repaired, "shape")} with crossing lines repaired.`,
    result.notes,
  );
}
