import { isDateHeading } from "#core/records/time-headings.ts";
import { parseMoment } from "#core/table/clock.ts";
import { cellColumn, type Header } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import {
  certainKind,
  hasShapeOfName,
  holdsWholeName,
  likelyKind,
  type PersonalKind,
} from "#core/text/personal-value.ts";

/**
 * The header plus the columns whose values look personal, besides those whose names do (SAFEGUARDS,
 * invariant 8). Judged by the first rows: later values of a read column are checked one by one, and
 * no other column is ever read.
 */
export function judgeValues(header: Header, sample: readonly TableRow[]): Header {
  const personal = new Map(header.personal);
  header.names.forEach((_, at) => {
    // Columns that the page itself wrote are checked where they are read.
    if (personal.has(at) || header.names[at] === cellColumn) return;
    const values = sample.flatMap(({ cells }) => cells[at]?.trim() || []);
    const kind = kindOfColumn(values, header.words[at] ?? "");
    if (kind !== null) personal.set(at, `its values look like ${kind}`);
  });
  return { ...header, personal };
}

/** What a column's values are, taken together; null unless they are personal. */
export function kindOfColumn(values: readonly string[], words: string): PersonalKind | null {
  if (values.length === 0) return null;
  const kinds = new Map([...new Set(values)].map((value) => [value, likelyKind(value)]));
  const counts = new Map<PersonalKind, number>();
  for (const value of values) {
    const kind = kinds.get(value);
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  for (const [kind, count] of counts) {
    if (count >= values.length * shares[kind] && isEnough(kind, kinds)) return kind;
  }
  if (areNames(values, kinds.size)) return "names of people";
  return areBirthDates(values, words) ? "dates of birth" : null;
}

/** M or F alone may mean anything; both in one column mean people. */
function isEnough(kind: PersonalKind, values: ReadonlyMap<string, unknown>): boolean {
  if (kind !== "the sex of people") return true;
  return values.size > 1 || [...values.keys()].some((value) => value.length > 1);
}

const fewestNames = 10;

/** Names in no list: nearly all distinct, and nearly all shaped like names. */
function areNames(values: readonly string[], distinct: number): boolean {
  if (values.length < fewestNames || distinct < values.length * 0.6) return false;
  return values.filter(hasShapeOfName).length >= values.length * 0.8;
}

/** Anyone born later is a child; events this old are nobody's plan for tonight. */
const latestBirth = 2010;

function areBirthDates(values: readonly string[], words: string): boolean {
  if (isDateHeading(words)) return false;
  const years = values.flatMap((value) => (/^\d/.test(value) ? (yearOf(value) ?? []) : []));
  if (years.length < values.length * shares["dates of birth"]) return false;
  years.sort((a, b) => a - b);
  return (years[Math.floor(years.length / 2)] ?? latestBirth) < latestBirth;
}

export function mustNotBeKept(value: string): boolean {
  if (certainKind(value) !== null || holdsWholeName(value)) return true;
  const year = /^\d{1,4}[-/.]\d/.test(value) ? yearOf(value) : null;
  return year !== null && year < latestBirth;
}

/** For a full date without a time; the event reader knows none before 1970. */
function yearOf(value: string): number | null {
  const old = /^(?:(19\d{2})[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](19\d{2}))$/.exec(
    value,
  );
  if (old) return Number(old[1] ?? old[2]);
  for (const order of ["day-first", "month-first"] as const) {
    const moment = parseMoment(value, order);
    if (!moment.ok) continue;
    if (moment.value.day === null || moment.value.time !== null) return null;
    return moment.value.year;
  }
  return null;
}

/** Share of a column's values that must look alike. */
const shares: Readonly<Record<PersonalKind, number>> = {
  "e-mail addresses": 0.1,
  "phone numbers": 0.25,
  "vehicle marks": 0.4,
  "National Insurance numbers": 0.2,
  "NHS numbers": 0.6,
  "PNC or CRO numbers": 0.4,
  addresses: 0.2,
  "names of people": 0.35,
  "text about people": 0.2,
  "nationalities or ethnicities": 0.6,
  "the sex of people": 0.8,
  "ages of people": 0.6,
  "dates of birth": 0.8,
};
