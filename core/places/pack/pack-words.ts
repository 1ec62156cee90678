import { type Bounds, boundsAround, boundsOfPolygons } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import { createPlane, type PlanePoint } from "#core/geo/plane.ts";
import { isTimeZone } from "#core/place-pack.ts";
import { type Boundary, withOwnNames } from "#core/places/boundaries.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { compareText } from "#core/text/text-order.ts";

/** So many names are listed where one is not found. */
const mostListed = 40;

/**
 * The features that make up a command, by name or code, capitals or not; all of them where nobody says which. Throws a
 * `FileFault` that lists those there are.
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

/** "A,B" is two words, but for a feature that is called so itself. */
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

/** Areas of a file of neighbours without those that are parts of the command themselves. */
export function neighboursOnly(neighbours: readonly Boundary[], parts: readonly Boundary[]) {
  const codes = new Set(parts.map(({ code }) => code));
  const names = new Set(parts.map(({ name }) => name));
  return withOwnNames(neighbours)
    .filter(({ code, name }) => !codes.has(code) && !names.has(name))
    .toSorted((a, b) => compareText(a.name, b.name));
}

/** A code of a pack out of any words: "Northly & Upland" is "northly-upland". Empty where nothing is left. */
export function codeOfWords(words: string): string {
  return words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
}

/** Of more parts nobody would say all names each time. */
const mostNamed = 3;
const longestName = 80;

/** "A", "A and B", "A, B and C"; null where somebody must say how the command is called. */
export function nameOfParts(names: readonly string[]): string | null {
  const sorted = [...names].sort(compareText);
  const last = sorted.pop() ?? "";
  const name = sorted.length === 0 ? last : `${sorted.join(", ")} and ${last}`;
  return sorted.length < mostNamed && name.length <= longestName ? name : null;
}

/** Where metres without a word of which are those of the British National Grid. */
export function isBritishZone(zone: string): boolean {
  return isTimeZone(zone) && /^(?:Europe\/London|GB(?:-Eire)?)$/.test(zone);
}

/** What a command's parts are called, by the names of the properties of its file. */
export function partWords(properties: readonly string[]): [one: string, many: string] {
  const known: readonly (readonly [RegExp, [string, string]])[] = [
    [/^(?:la|lad\d*|borough)_?(?:cd|nm|code|name)?$/i, ["borough", "boroughs"]],
    [/^district/i, ["district", "districts"]],
    [/^(?:commune|municipality)/i, ["municipality", "municipalities"]],
  ];
  const found = known.find(([pattern]) => properties.some((name) => pattern.test(name)));
  return found?.[1] ?? ["part", "parts"];
}

/** One police command hardly has parts further from one another. */
const furthestApartKm = 300;
/** Nearer than this nobody needs to be told: a river, a bay. */
const toldApartKm = 5;
/** Beyond it a degree of longitude is too short for a plane. */
const northernmost = 80;

/**
 * Refuses a command over the date line, about a pole or with parts at two ends of a country, by a `FileFault`; says in
 * kilometres how far its pieces lie from one another where that is worth a word, null otherwise.
 */
export function checkGround(parts: readonly Boundary[]): number | null {
  for (const part of parts) refuseEndsOfMap(part);
  const pieces = parts.flatMap(({ polygons }) => polygons.map((rings) => [rings]));
  const apart = furthestApart(pieces.map(boundsOfPolygons));
  if (apart <= furthestApartKm) return apart > toldApartKm ? Math.round(apart) : null;
  throw new FileFault(
    `its parts lie ${Math.round(apart)} km apart, and at most ${furthestApartKm} km can be taken; name fewer with --parts, or check for swapped coordinates`,
  );
}

/** Whether its points lie at both ends of the map. */
export function isOverDateLine({ polygons }: Pick<Boundary, "polygons">): boolean {
  const { west, east } = boundsOfPolygons(polygons);
  return east - west > 180 || west < -180 || east > 180;
}

function refuseEndsOfMap(part: Boundary): void {
  if (isOverDateLine(part)) {
    throw new FileFault(
      `"${part.name}" reaches over the date line (longitude 180), and Boxster's maps end there: cut it at the line, and take one side`,
    );
  }
  const { south, north } = boundsOfPolygons(part.polygons);
  const furthest = Math.max(-south, north);
  if (furthest > northernmost) {
    throw new FileFault(
      `"${part.name}" reaches latitude ${furthest.toFixed(1)}, and Boxster's maps end at ${northernmost}; look whether longitude and latitude are swapped`,
    );
  }
}

/** Kilometres of the widest gap on the shortest way that joins all pieces (Prim's tree). */
function furthestApart(pieces: readonly Bounds[]): number {
  const whole = boundsAround(pieces);
  const middle: Position = [(whole.west + whole.east) / 2, (whole.south + whole.north) / 2];
  const { toPlane } = createPlane(middle);
  const [first, ...rest] = pieces.map(({ west, south, east, north }) => ({
    low: toPlane([west, south]),
    high: toPlane([east, north]),
  }));
  if (!first) return 0;
  let left = rest.map((box) => ({ box, metres: gapBetween(first, box) }));
  let widest = 0;
  while (left.length > 0) {
    const next = left.reduce((best, one) => (one.metres < best.metres ? one : best));
    widest = Math.max(widest, next.metres);
    left = left
      .filter((one) => one !== next)
      .map(({ box, metres }) => ({ box, metres: Math.min(metres, gapBetween(next.box, box)) }));
  }
  return widest / 1_000;
}

interface PlaneBox {
  readonly low: PlanePoint;
  readonly high: PlanePoint;
}

function gapBetween(one: PlaneBox, other: PlaneBox): number {
  const gap = (axis: 0 | 1) =>
    Math.max(0, one.low[axis] - other.high[axis], other.low[axis] - one.high[axis]);
  return Math.hypot(gap(0), gap(1));
}
