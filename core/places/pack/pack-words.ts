import { boundsOfPolygons } from "#core/geo/bounds.ts";
import { metresBetween } from "#core/geo/cell.ts";
import { isTimeZone } from "#core/place-pack.ts";
import { type Boundary, withOwnNames } from "#core/places/boundaries.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { compareText } from "#core/text/text-order.ts";

const mostListed = 40;

/**
 * Features that make up a command, by name or code, ignoring case; all of them by default. Throws a
 * `FileFault` that lists those available.
 */
export function chooseParts(boundaries: readonly Boundary[], wanted: readonly string[] | null) {
  const sorted = withOwnNames(boundaries).toSorted((a, b) => compareText(a.name, b.name));
  if (wanted === null) return { parts: sorted, others: [] as Boundary[] };
  const words = wanted.flatMap(splitWords(sorted));
  if (words.length === 0) throw new FileFault("--parts names nothing; leave it out to take all");
  const chosen = new Set(words.map((word) => findPart(sorted, word)));
  return {
    parts: sorted.filter((one) => chosen.has(one)),
    others: sorted.filter((one) => !chosen.has(one)),
  };
}

/** "A,B" is two words, unless a feature has that name. */
function splitWords(boundaries: readonly Boundary[]): (word: string) => readonly string[] {
  return (word) => {
    if (boundaries.some((one) => isCalled(one, word))) return [word];
    const words = word.split(",").map((each) => each.trim());
    return words.filter((each) => each !== "");
  };
}

function isCalled({ code, name }: Boundary, word: string): boolean {
  const plain = word.trim().toLowerCase();
  return name.toLowerCase() === plain || code.toLowerCase() === plain;
}

function findPart(boundaries: readonly Boundary[], word: string): Boundary {
  const found = boundaries.find((one) => isCalled(one, word));
  if (found) return found;
  const names = boundaries.map(({ name }) => name);
  const more = names.length - mostListed;
  throw new FileFault(
    `no feature has the name or code "${word}"; there are ${names.slice(0, mostListed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
  );
}

/** "Northly & Upland" becomes "northly-upland". Empty where nothing is left. */
export function codeOfWords(words: string): string {
  return words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
}

/** With more parts, nobody would list them all. */
const mostNamed = 3;
const longestName = 80;

/** "A", "A and B", "A, B and C"; null where a person must name the command. */
export function nameOfParts(names: readonly string[]): string | null {
  const sorted = [...names].sort(compareText);
  const last = sorted.pop() ?? "";
  const name = sorted.length === 0 ? last : `${sorted.join(", ")} and ${last}`;
  return sorted.length < mostNamed && name.length <= longestName ? name : null;
}

/** Where metres without a stated system are British National Grid. */
export function isBritishZone(zone: string): boolean {
  return isTimeZone(zone) && /^(?:Europe\/London|GB(?:-Eire)?)$/.test(zone);
}

/** Singular and plural of a command's parts, by its property names. */
export function partWords(properties: readonly string[]): [one: string, many: string] {
  const known: readonly (readonly [RegExp, [string, string]])[] = [
    [/^(?:la|lad\d*|borough)_?(?:cd|nm|code|name)?$/i, ["borough", "boroughs"]],
    [/^district/i, ["district", "districts"]],
    [/^(?:commune|municipality)/i, ["municipality", "municipalities"]],
  ];
  const found = known.find(([pattern]) => properties.some((name) => pattern.test(name)));
  return found?.[1] ?? ["part", "parts"];
}

/** From one end of a command to the other, in kilometres: more is a slip of the hand, or swapped coordinates. */
const widest = 300;
/** Beyond it a degree of longitude is too short for a plane. */
const northernmost = 80;

type Ground = Pick<Boundary, "name" | "polygons">;

/** Why no command can have these parts: it lies over the date line, about a pole or at two ends of a country. Null where it can. */
export function groundFault(parts: readonly Ground[]): string | null {
  for (const part of parts) {
    const fault = endOfMapFault(part);
    if (fault !== null) return fault;
  }
  const { west, south, east, north } = boundsOfPolygons(parts.flatMap(({ polygons }) => polygons));
  const km = Math.round(metresBetween([west, south], [east, north]) / 1_000);
  return km > widest
    ? `the command reaches over ${km} km, and at most ${widest} km can be taken: name fewer parts, or check for swapped coordinates`
    : null;
}

/** Whether its points lie at both ends of the map. */
export function isOverDateLine({ polygons }: Pick<Boundary, "polygons">): boolean {
  const { west, east } = boundsOfPolygons(polygons);
  return east - west > 180 || west < -180 || east > 180;
}

function endOfMapFault(part: Ground): string | null {
  if (isOverDateLine(part)) {
    return `"${part.name}" reaches over the date line (longitude 180), and Boxster's maps end there: cut it at the line, and take one side`;
  }
  const { south, north } = boundsOfPolygons(part.polygons);
  const furthest = Math.max(-south, north);
  return furthest > northernmost
    ? `"${part.name}" reaches latitude ${furthest.toFixed(1)}, and Boxster's maps end at ${northernmost}; look whether longitude and latitude are swapped`
    : null;
}
