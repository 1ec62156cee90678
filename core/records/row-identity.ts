import type { Position } from "#core/geo/cell.ts";
import type { Reading } from "#core/records/detect.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { isNothing } from "#core/records/show-value.ts";
import { parseMoment } from "#core/table/clock.ts";
import type { ColumnMap, Header } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import type { Zone } from "#core/time/zone.ts";

export interface IdentityColumns {
  /** Of the source's own id; -1 without. */
  readonly sourceId: number;
  /** The profile's further columns; -1 for a missing one. */
  readonly detail: readonly number[];
}

/** Once per file: searching the headings for each row costs as much as parsing a number. */
export function findIdentityColumns({ words }: Header, { profile }: Reading): IdentityColumns {
  const placeOf = (heading: string) => words.indexOf(heading);
  return {
    sourceId: (profile.sourceId ?? []).map(placeOf).find((at) => at !== -1) ?? -1,
    detail: profile.detail.map(placeOf),
  };
}

export interface RowIdentity {
  /** The row's identity: the source's own id, or else all its content. */
  readonly knownBy: "reference" | "content";
  /** Equal for rows of the same event; stored only as a keyed HMAC. */
  readonly identity: string;
  /** Unique in a file, so that a repeat is a duplicate; null where equal rows are all real. */
  readonly once: string | null;
}

/** The source's own id where there is one, else the content (DEFINITIONS, Events, duplicates). */
export function identityOf(
  { cells }: TableRow,
  how: {
    readonly reading: Reading;
    readonly identityColumns: IdentityColumns;
    readonly referenceIs: ReferenceScope;
    readonly zone: Zone;
    readonly wordsOf: (text: string) => string;
  },
  {
    kind,
    category,
    reference,
    position,
    startsAt,
    endsAt,
  }: Pick<PoliceEvent, "kind" | "category" | "startsAt" | "endsAt"> & {
    readonly reference: string | null;
    readonly position: Position;
  },
): RowIdentity {
  const { name } = how.reading.profile;
  const { sourceId: at, detail } = how.identityColumns;
  // cells[-1] would be looked up as a property name.
  const sourceId = at === -1 ? "" : (cells[at]?.trim() ?? "");
  if (sourceId !== "") {
    const identity = `id${part}${name}${part}${sourceId}`;
    return { knownBy: "reference", identity, once: identity };
  }
  // One incident may be a complaint in one list and an arrest in another with the same reference.
  if (reference !== null) {
    const identity = `id${part}${name}${part}${kind}${part}${reference}`;
    const isOfDay = how.referenceIs === "event of a day";
    const once = isOfDay ? `${identity}${part}${how.zone.dateOf(startsAt)}` : identity;
    return { knownBy: "reference", identity, once };
  }
  const [lng, lat] = position;
  const start = String(startsAt);
  const end = endsAt === startsAt ? start : String(endsAt);
  const point = `${lng.toFixed(6)}${part}${lat.toFixed(6)}`;
  let identity = `content${part}${kind}${part}${category}${part}${start}${part}${end}${part}${point}`;
  for (const column of detail) {
    identity += `${part}${how.wordsOf(cells[column] ?? "")}`;
  }
  return { knownBy: "content", identity, once: null };
}

const part = "\u001f";

/** A reference names one event, one event of its day (numbers restart), or neither. */
export type ReferenceScope = "event" | "event of a day" | "none";

/** Fewer repeats show nothing. */
const fewestRepeats = 10;
/** More rows each: references of a beat or a team. */
const mostRowsOfOne = 5;
/** Numbers that restart rarely repeat within a day. */
const fewOfDay = 0.1;

/** From the first rows. Strict: only a reference's first row counts, so a shared one is no id. */
export function whatReferenceIs(sample: readonly TableRow[], columns: ColumnMap): ReferenceScope {
  const at = columns.get("reference") ?? -1;
  if (isRowNumber(sample, at)) return "none";
  const rows = sample.filter(({ cells }) => {
    const text = cells[at]?.trim() ?? "";
    return text !== "" && !isNothing(text, "reference");
  });
  const references = new Set(rows.map(({ cells }) => cells[at]?.trim()));
  const repeats = rows.length - references.size;
  if (repeats < fewestRepeats) return "event";
  const dates = columns.get("start") ?? columns.get("date") ?? -1;
  const days = new Set(
    rows.map(({ cells }) => `${cells[at]?.trim()} ${dayOf(cells[dates] ?? "")}`),
  );
  if (rows.length - days.size <= fewOfDay * repeats) return "event of a day";
  return references.size * mostRowsOfOne < rows.length ? "none" : "event";
}

/** Equal for one day in a column, whatever the time. */
function dayOf(text: string): string {
  const moment = parseMoment(text.trim(), "day-first");
  if (!moment.ok) return text.trim();
  return `${moment.value.year} ${moment.value.month} ${moment.value.day}`;
}

/**
 * Values 1, 2, 3 are row numbers, not the source's own ids: rows of two files would otherwise match
 * each other.
 */
function isRowNumber(sample: readonly TableRow[], at: number): boolean {
  const first = Number(sample[0]?.cells[at]);
  if (sample.length < 2 || !(first === 0 || first === 1)) return false;
  return sample.every((row, index) => row.cells[at]?.trim() === String(first + index));
}
