import { certainKind } from "#core/text/personal-value.ts";
import { hasUnseen } from "#core/text/shown-name.ts";

export const gazetteerFormatLabels = {
  "os-open-names": "OS Open Names",
  "police-uk-street": "street names of data.police.uk",
} as const;
export type GazetteerFormat = keyof typeof gazetteerFormatLabels;
export const gazetteerFormats = Object.keys(gazetteerFormatLabels) as readonly GazetteerFormat[];

/**
 * Normalised for comparison: case, punctuation, house numbers and short forms of "Road" and the
 * like are ignored. No fuzzy matching.
 */
export function streetKey(name: string): string {
  const words = plainWords(name.replace(/^\s*on or near\s+/i, "")).split(" ");
  const last = words.length - 1;
  // Only as the last word: a leading "St" is a saint.
  const whole = last > 0 ? shortForms.get(words[last] ?? "") : undefined;
  return (whole === undefined ? words : [...words.slice(0, last), whole]).join(" ");
}

/** "road" for "rd"; undefined if no short form. */
export function wholeWord(word: string): string | undefined {
  return shortForms.get(word);
}

/** The same without the number of a house in front: "12a Fore St", "Flat 3, 12-14 Fore Street". */
export function withoutHouseNumber(key: string): string {
  return key
    .replace(/^(?:flat|unit|apartment|room|shop|no) \d+[a-z]? /, "")
    .replace(/^(?:no )?\d+[a-z]?(?: \d+[a-z]?)? (?=\S)/, "");
}

/** "N182TT", also at the end of an address; null without a full postcode. */
export function postcodeKey(text: string): string | null {
  const found = /(?:^|[\s,])([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\s*$/i.exec(text);
  return found ? `${found[1]}${found[2]}`.toUpperCase() : null;
}

/** "N18" of "N18", "N18 2" and "N18 2TT". */
export function postcodeDistrict(text: string): string | null {
  const found = /^\s*([a-z]{1,2}\d[a-z\d]?)(?:\s+\d(?:[a-z]{2})?|\d[a-z]{2})?\s*$/i.exec(text);
  return found?.[1]?.toUpperCase() ?? null;
}

/** A borough, town or postcode district: "London Borough of Westley" and "LB Westley" are Westley. */
export function boroughKey(name: string): string {
  return plainWords(name)
    .replace(/^(?:the )?(?:london|royal|city|metropolitan)? ?borough of /, "")
    .replace(/^(?:lb|rb) (?:of )?/, "")
    .replace(/ (?:london borough|borough council|council|district|borough)$/, "");
}

/** Says only that the row is somewhere in London. */
export function isWiderThanBorough(key: string): boolean {
  return ["london", "greater london", "london england", "england", "uk"].includes(key);
}

/** Lower-case words, without accents and punctuation. */
export function plainWords(text: string): string {
  return withoutAccents(text)
    .toLowerCase()
    .replace(/['’`.]/g, "")
    .replace(/&/g, " and ")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** Skips unaccented names: stripping costs more than all the rest. */
function withoutAccents(text: string): string {
  return /[^ -~]/.test(text) ? text.normalize("NFKD").replace(/\p{M}/gu, "") : text;
}

/**
 * Whether a text may be the name of a street, town or postcode: a house number before a street is a
 * private address, and every page fetches the whole gazetteer (SAFEGUARDS 8).
 */
export function isPublicName(text: string): boolean {
  return (
    text === text.trim() && !hasUnseen(text) && !unfit.test(text) && certainKind(text) === null
  );
}

const unfit = /[<>{}\\@]/;

const shortForms: ReadonlyMap<string, string> = new Map(
  [
    "road rd, street st str, avenue ave av aven, lane ln la, drive dr drv, close cl clo",
    "gardens gdns gdn gds, grove gr gro grv, crescent cres cr cresc, court ct crt, place pl",
    "square sq, terrace ter terr tce, parade pde, way wy, walk wk wlk, mews mws, park pk",
    "hill hl, green grn, passage psge, alley aly, roundabout rbt",
  ]
    .flatMap((line) => line.split(", "))
    .flatMap((line) => {
      const [whole = "", ...short] = line.split(" ");
      return short.map((form) => [form, whole] as const);
    }),
);
