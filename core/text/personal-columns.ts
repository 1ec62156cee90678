import { normaliseWords, plainText } from "#core/text/normalise.ts";
import { certainKind, likelyKind } from "#core/text/personal-value.ts";

/**
 * Columns that may describe a person never leave the browser and are never read by the server
 * (SAFEGUARDS, invariant 8). Judged by the header here and by the values in judge-values.ts; a
 * header that could be either is personal, because dropping a harmless column costs nothing.
 */
export function isPersonalColumn(header: string): boolean {
  const words = normaliseWords(headingText(header));
  if (harmless.test(words)) return false;
  if (compound.test(words.replace(/[ \d]/g, ""))) return true;
  // "Suspect1", "VRM2": a trailing digit does not change the word.
  const apart = words.replace(/([a-z])(\d)/g, "$1 $2").replace(/(\d)([a-z])/g, "$1 $2");
  return personal.some((pattern) => pattern.test(words) || pattern.test(apart));
}

/** Why a heading marks a column as personal; null if it does not. */
export function whyPersonal(header: string): string | null {
  // A file without headings has values in their place.
  const kind = certainKind(header);
  if (kind !== null) return `its heading looks like one of ${kind}`;
  if (isNameOfSomebody(header)) return "its heading looks like the name of somebody";
  return isPersonalColumn(header) ? "heading suggests a person" : null;
}

/** A column named after a person; a single word may be anything. */
function isNameOfSomebody(header: string): boolean {
  const text = headingText(header);
  return /\p{L}[\s,]+\p{L}/u.test(text) && likelyKind(text) === "names of people";
}

export function headingText(cell: string): string {
  return plainText(cell).replace(/\s+/g, " ");
}

/** Names of places and bodies; `vehicles` as a count. */
const harmless =
  /^(?:(?:lsoa|msoa|ward|street|road|place|area|site|borough|district|force|station|neighbourhood|location|beat|operation|policing operation|file|column) names?|number of \w+|policing operation|(?:lat|latitude|long|longitude) .*)$/;

/** Words that exports write as one. */
const compound =
  /^(?:(?:full|first|last|given|family|fore|sur|middle|maiden|birth|caller|victim|suspect|offender|witness|person|officer|driver|owner|keeper|client|subject|informant|complainant)s?(?:full|first|last|sur)?names?|(?:date|year|day|place)of?birth|birth(?:date|day|year)|(?:home|work|mobile|cell|tele|contact|caller)?(?:phone|mobile|tel)(?:number|num|no)?|(?:home|full|postal|email|mail|current|victim|suspect|caller|contact|person|offender)+addr(?:ess)?(?:line)?|(?:vehicle|car|veh)(?:reg|registration|mark|plate|index)(?:number|no|mark)?|(?:pnc|cro|nhs|nino|passport|custody|warrant|collar|shoulder)(?:id|number|num|no)?|(?:suspect|victim|witness|offender)(?:id|ref|details|description|age|gender|sex|dob|ethnicity|nationality))$/;

const personal: readonly RegExp[] = [
  // Names, and the people in a record.
  /\b(?:fore|sur|sir|middle|nick|user)?names?\b|\b(?:initials|alias(?:es)?|aka|title)\b/,
  /\b(?:victim|suspect|offender|nominal|witness|complainant|informant|caller|client|subject|accused|detainee|defendant|person|officer|driver|owner|keeper)s?\b/,
  // Birth, age and personal characteristics.
  /\b(?:dob|d o b|birth|born|birthday|birthdate|age|ages|agerange)\b/,
  /\b(?:gender|sex|ethnicity|ethnic|ethnicities|race|nationality|nationalities|religion|disability|appearance|height|build|photo|immigration)\b/,
  // Ways to reach someone.
  /\b(?:phone|phones|telephone|tel|mobile|mob|msisdn|imei|imsi|fax|whatsapp)\b|\bphone(?:number|no)\b/,
  /\be ?mail|\b(?:url|website|ip|instagram|facebook|snapchat|social media)\b/,
  /\b(?:address(?:es)?|addr|house|flat|home|lives|residence|tenancy)\b/,
  // Vehicle registrations and personal numbers.
  /\b(?:vrm|vrn|vin|reg|registration|registrations|plate|plates|numberplate|licence|license|vehicle|vehicles|car|cars)\b/,
  /\b(?:pnc|pncid|pnc id|cro|nhs|nino|national insurance|ni number|passport|warrant|collar|shoulder|custody|dna|fingerprints?)\b/,
  // Free text, which is likely to mention people.
  /\b(?:notes?|narrative|comments?|remarks?|description|descriptions|details|summary|free text|freetext|modus operandi|mo|circumstances|story|account|report text|message)\b/,
];
