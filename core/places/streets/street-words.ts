import { isPublicName, wholeWord } from "#core/places/gazetteer/names.ts";
import type { StreetClass } from "#core/places/streets/line.ts";

/**
 * Street class from a file's term: OpenStreetMap's `highway`, Protomaps' `kind`, and the road
 * functions of OS Open Roads and Zoomstack. "none" for unbuilt or not travelled along; null for an
 * unknown term.
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

const classes = new Map(
  Object.entries({
    motorway: "motorway",
    main: "main trunk primary a_road major_road",
    secondary: "secondary tertiary b_road minor_road",
    street:
      "street road residential unclassified living_street local local_road local_street minor",
    service:
      "service driveway parking_aisle alley local_access_road secondary_access_road restricted restricted_local_access_road guided_busway",
    path: "path footway footpath sidewalk crossing pedestrian steps corridor bridleway platform track",
    cycleway: "cycleway",
    none: "construction proposed planned abandoned disused razed raceway elevator rail ferry aerialway",
  }).flatMap(([kind, words]) =>
    words.split(" ").map((word) => [word, kind as StreetClass | "none"] as const),
  ),
);

const longest = 80;

/** A word cut short; "St." only where a street ends or is told by a point of the compass: elsewhere it is a saint. */
const short = /(?<=\s)(?!St\.(?! (?:North|South|East|West)$|$))(\p{L}+)\.(?=\s|$)/giu;

/**
 * A street's name from a source, on one line with short forms written out ("Great Cambridge Rd.");
 * null for no name, or one that could be a person or an address (SAFEGUARDS 8).
 */
export function streetName(written: unknown): string | null {
  if (typeof written !== "string") return null;
  const known = last.get(written);
  if (known !== undefined) return known;
  // Memoised: a street comes in many pieces, and the person check costs as much as all else.
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
  // Telephone, account or case numbers: no street has that many digits in a row.
  return /\d{6}/.test(name.replace(/[^\d\p{L}]/gu, "")) ? null : name;
}
