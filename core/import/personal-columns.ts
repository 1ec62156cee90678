import { certainKind } from "#core/import/personal-value.ts";
import { normaliseWords } from "#core/import/words.ts";

/**
 * Columns that may describe a person never leave the browser and are never read by the server
 * (SAFEGUARDS, invariant 8). Judged by the header here and by the values in judge-values.ts; a
 * header that could be either is personal, because dropping a harmless column costs nothing.
 */
export function isPersonalColumn(header: string): boolean {
  const words = normaliseWords(header);
  if (harmless.test(words)) return false;
  return personal.some((pattern) => pattern.test(words));
}

/** Why a column is left out by its heading; null for one that says nothing of people. */
export function whyPersonal(header: string): string | null {
  // A file without headings has values where they should stand.
  const kind = certainKind(header);
  if (kind !== null) return `its heading looks like one of ${kind}`;
  return isPersonalColumn(header) ? "its heading speaks of people" : null;
}

/** Names of places and bodies; `vehicles` as a count. */
const harmless =
  /^(?:(?:lsoa|msoa|ward|street|road|place|area|site|borough|district|force|station|neighbourhood|location|beat|operation|policing operation|file|column) names?|number of \w+|policing operation|(?:lat|latitude|long|longitude) .*)$/;

const personal: readonly RegExp[] = [
  // Names, and the people that a record speaks of.
  /\b(?:fore|sur|sir|middle|nick|user)?names?\b|\b(?:initials|alias(?:es)?|aka|title)\b/,
  /\b(?:victim|suspect|offender|nominal|witness|complainant|informant|caller|client|subject|accused|detainee|defendant|person|officer|driver|owner|keeper)s?\b/,
  // Birth, age and what a person is.
  /\b(?:dob|d o b|birth|born|birthday|birthdate|age|ages|agerange)\b/,
  /\b(?:gender|sex|ethnicity|ethnic|ethnicities|race|nationality|nationalities|religion|disability|appearance|height|build|photo|immigration)\b/,
  // Ways to reach someone.
  /\b(?:phone|phones|telephone|tel|mobile|mob|msisdn|imei|imsi|fax|whatsapp)\b|\bphone(?:number|no)\b/,
  /\be ?mail|\b(?:url|website|ip|instagram|facebook|snapchat|social media)\b/,
  /\b(?:address(?:es)?|addr|house|flat|home|lives|residence|tenancy)\b/,
  // Vehicle marks and numbers of a person.
  /\b(?:vrm|vrn|vin|reg|registration|registrations|plate|plates|numberplate|licence|license|vehicle|vehicles|car|cars)\b/,
  /\b(?:pnc|pncid|pnc id|cro|nhs|nino|national insurance|ni number|passport|warrant|collar|shoulder|custody|dna|fingerprints?)\b/,
  // Free text, which speaks of people sooner or later.
  /\b(?:notes?|narrative|comments?|remarks?|description|descriptions|details|summary|free text|freetext|modus operandi|mo|circumstances|story|account|report text|message)\b/,
];
