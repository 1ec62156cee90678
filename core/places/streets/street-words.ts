import { isPublicName, wholeWord } from "#core/places/gazetteer/names.ts";
import type { StreetClass } from "#core/places/streets/line.ts";

/**
 * The class of a street by what a file calls it: OpenStreetMap's `highway`, Protomaps' `kind`, and the road functions
 * of OS Open Roads and Zoomstack. "none" for what is not built or not gone along; null for a word that nobody knows.
 */
export function streetClassOf(written: string): StreetClass | "none" | null {
  const word = written
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  return (
    classes.get(word) ?? (word.endsWith("_link") ? (classes.get(word.slice(0, -5)) ?? null) : null)
  );
}

/** Of vehicles, as OpenStreetMap, Protomaps and most exports write it. */
export function directionOf(written: string | undefined): -1 | 0 | 1 {
  const word = (written ?? "").trim().toLowerCase();
  if (/^(?:yes|true|1|f|forward|in ?direction)$/.test(word)) return 1;
  return /^(?:-1|reverse|t|backward|in ?opposite ?direction)$/.test(word) ? -1 : 0;
}

const classes = new Map<string, StreetClass | "none">(
  Object.entries({
    motorway: "motorway",
    trunk: "main",
    primary: "main",
    a_road: "main",
    major_road: "main",
    secondary: "secondary",
    tertiary: "secondary",
    b_road: "secondary",
    minor_road: "secondary",
    residential: "street",
    unclassified: "street",
    living_street: "street",
    road: "street",
    street: "street",
    local_road: "street",
    local_street: "street",
    local: "street",
    restricted_local_access_road: "service",
    restricted: "service",
    service: "service",
    driveway: "service",
    parking_aisle: "service",
    alley: "service",
    local_access_road: "service",
    secondary_access_road: "service",
    minor: "street",
    guided_busway: "service",
    track: "path",
    path: "path",
    footway: "path",
    footpath: "path",
    sidewalk: "path",
    crossing: "path",
    pedestrian: "path",
    steps: "path",
    corridor: "path",
    bridleway: "path",
    platform: "path",
    cycleway: "cycleway",
    main: "main",
    construction: "none",
    proposed: "none",
    planned: "none",
    abandoned: "none",
    disused: "none",
    razed: "none",
    raceway: "none",
    elevator: "none",
    rail: "none",
    ferry: "none",
    aerialway: "none",
  } as const),
);

const longest = 80;

/** A word cut short; "St." only where a street ends or is told by a point of the compass: elsewhere it is a saint. */
const short = /(?<=\s)(?!St\.(?! (?:North|South|East|West)$|$))(\p{L}+)\.(?=\s|$)/giu;

/**
 * A street's name as a source writes it, in one line and with short forms written out ("Great Cambridge Rd."); null for
 * what is none, and for one that could be a person or an address (SAFEGUARDS 8).
 */
export function streetName(written: unknown): string | null {
  if (typeof written !== "string") return null;
  const known = last.get(written);
  if (known !== undefined) return known;
  // A street comes in many pieces, and to look for a person in its name takes as long as all else.
  if (last.size > mostKnown) last.clear();
  const name = nameOf(written);
  last.set(written, name);
  return name;
}

const last = new Map<string, string | null>();
const mostKnown = 5_000;

function nameOf(written: string): string | null {
  const name = written.trim().replace(short, (given, word: string) => {
    const whole = wholeWord(word.toLowerCase());
    return whole === undefined ? given : whole.charAt(0).toUpperCase() + whole.slice(1);
  });
  if (!/\p{L}/u.test(name) || name.length > longest || !isPublicName(name)) return null;
  // Of a telephone, an account, a case: no street has so many digits in a row.
  return /\d{6}/.test(name.replace(/[^\d\p{L}]/gu, "")) ? null : name;
}
