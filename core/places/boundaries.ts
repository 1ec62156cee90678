import {
  type FeatureFile,
  type FileFeature,
  findProperty,
  type Polygons,
  readPolygons,
} from "#core/places/layers/feature-file.ts";
import type { BoundaryKind, BoundaryResult, RepairedArea } from "#core/places/wire/imports.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount } from "#core/text/numbers.ts";
import { certainKind } from "#core/text/personal-value.ts";

/** One area, in WGS84; the database checks whether its rings cross. */
export interface Boundary {
  readonly code: string;
  readonly name: string;
  /** The borough that a ward belongs to, where the file says it. */
  readonly within: string | null;
  readonly polygons: Polygons;
}

/** Chosen properties; others are found by name. */
export interface BoundaryChoices {
  readonly kind: BoundaryKind;
  readonly code?: string | undefined;
  readonly name?: string | undefined;
  /** Where the file has several. */
  readonly layer?: string | undefined;
}

/** Areas of a file of polygons, in degrees or in metres of EPSG:27700. Throws a `FileFault` that names the feature. */
export function boundariesOf(file: FeatureFile, choices: BoundaryChoices) {
  const { features, propertyNames, reference } = file;
  const { codeProperty, nameProperty } = chooseProperties(propertyNames, choices);
  const withinProperty = findProperty(propertyNames, withinPatterns);
  const seen = new Map<string, number>();
  const boundaries = features.map((feature): Boundary => {
    const code = textOf(feature, codeProperty);
    const name = textOf(feature, nameProperty);
    const where = `feature ${feature.number} ("${name}")`;
    const before = seen.get(code);
    if (before !== undefined) {
      throw new FileFault(
        `the code "${code}" under "${codeProperty}" occurs twice, at features ${before} and ${feature.number}; each area needs its own`,
        { remedy: otherProperty },
      );
    }
    seen.set(code, feature.number);
    const around = withinProperty === null ? undefined : feature.properties.get(withinProperty);
    const within = around !== undefined && whyUnfit(around) === null ? around : null;
    return { code, name, within, polygons: readPolygons(feature, reference, where) };
  });
  return { boundaries, codeProperty, nameProperty, propertyNames, isOnGrid: reference === "grid" };
}

/** Disambiguates equal names by a longer name, or else by code. */
export function withOwnNames<One extends Pick<Boundary, "code" | "name">>(
  areas: readonly One[],
  longName: (area: One) => string = ({ name }) => name,
): One[] {
  const times = new Map<string, number>();
  for (const name of areas.flatMap((area) => [...new Set([area.name, longName(area)])])) {
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  return areas.map((area) => {
    if (times.get(area.name) === 1) return area;
    const long = longName(area);
    return { ...area, name: times.get(long) === 1 ? long : `${area.name} (${area.code})` };
  });
}

const otherProperty = {
  command: "name the property with --code",
  page: "give each area a code of its own",
};

function chooseProperties(names: readonly string[], { kind, code, name }: BoundaryChoices) {
  for (const said of [code, name]) {
    if (said !== undefined && !names.includes(said)) {
      throw new FileFault(
        `no feature has a property "${said}"; there are ${names.join(", ") || "none"}`,
      );
    }
  }
  const own = ownPatterns[kind];
  const nameProperty = name ?? findProperty(names, [...own.name, ...namePatterns]);
  const codeProperty = code ?? findProperty(names, [...own.code, ...codePatterns]) ?? nameProperty;
  if (codeProperty === null) {
    throw new FileFault(
      `the features have neither a code nor a name; their properties should have one such as "code" or "WD21CD", and "name" or "WD21NM"`,
    );
  }
  return { codeProperty, nameProperty: nameProperty ?? codeProperty };
}

function textOf({ number, properties }: FileFeature, property: string): string {
  const text = properties.get(property);
  if (text === undefined) {
    throw new FileFault(
      `feature ${number} has nothing under "${property}", or more than 100 characters; each area needs a code and a name`,
    );
  }
  const why = whyUnfit(text);
  if (why === null) return text;
  throw new FileFault(
    `what feature ${number} has under "${property}" looks like ${why}, not like the code or name of an area; it must not describe a person`,
  );
}

function whyUnfit(text: string): string | null {
  return certainKind(text) ?? (unfit.test(text) ? "something else than a name" : null);
}

/** Characters never in an area's name: markup and invisible ones. */
const unfit = /[<>{}\\]|\p{Cc}|\p{Cf}/u;

/** ONS: a prefix, the year, then CD or NM, as in WD22CD and LSOA21NM; others spell it out. */
function patternsOf(words: string) {
  return {
    code: [new RegExp(`^(?:${words})\\d*_?(?:cd|code|id|no|ref)$`, "i")],
    name: [
      new RegExp(`^(?:${words})\\d*_?(?:nm|name)$`, "i"),
      new RegExp(`^(?:${words.replace(/^\w\w\|/, "")})$`, "i"),
    ],
  };
}

const ownPatterns = {
  ward: patternsOf("wd|ward"),
  lsoa: patternsOf("lsoa"),
  beat: patternsOf("nb|beat|sector|neighbourhood|snt"),
  borough: patternsOf("la|lad|borough|district"),
} as const;

const codePatterns = [
  /^code$/i,
  /^(?:gss_?(?:code)?|area_?(?:cd|code)|geo_?code)$/i,
  /(?:code|cd)$/i,
];
const namePatterns = [
  /^name$/i,
  /^(?:area_?(?:nm|name)|label)$/i,
  /(?:name|nm)$/i,
  /^(?:ward|lsoa|beat|sector)$/i,
];
const withinPatterns = [/^lad$/i, /^lad\d*_?(?:nm|name)$/i, /^borough(?:_?name)?$/i, /^district$/i];

export function describeBoundaries(result: BoundaryResult): string[] {
  const { kind, repaired, overlaps, overlapCount, uncovered, eventsByCell } = result;
  const rule = kind === "ward" ? "; an event there belongs to the first by name" : "";
  return linesOf(
    `${result.features} areas read, ${result.kept} ${result.dryRun ? "would be saved" : "kept"} as ${kindWords[kind]}, ${result.outside} outside the area.`,
    `Codes from "${result.codeProperty}", names from "${result.nameProperty}".`,
    repaired.map(repairWords),
    overlaps.map(
      ({ first, second, squareMetres }) =>
        `${first} and ${second} overlap by ${groundOf(squareMetres)}${rule}.`,
    ),
    overlapCount > overlaps.length && `${overlapCount - overlaps.length} more pairs overlap.`,
    uncovered >= 10_000 && `${groundOf(uncovered)} of the area are in none of these.`,
    eventsByCell > 0 &&
      `${formatCount(eventsByCell)} events carried a ward that went or has another line: they count by their cell.`,
    result.notes,
  );
}

export function repairWords({ name, fault, at, before, after }: RepairedArea): string {
  return `${name}: ${fault}${at ? ` near ${at}` : ""}, put right; ${groundOf(before)} as drawn, ${groundOf(after)} as kept.`;
}

const kindWords = { ward: "wards", lsoa: "LSOAs", beat: "beats", borough: "boroughs" } as const;

export function groundOf(squareMetres: number): string {
  if (squareMetres < 1_000) return `${Math.round(squareMetres)} m²`;
  if (squareMetres < 1e7) return `${(squareMetres / 10_000).toFixed(1)} ha`;
  return `${(squareMetres / 1e6).toFixed(1)} km²`;
}
