import type { Position } from "#core/geo/cell.ts";
import type { Reading } from "#core/records/detect.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import type { ReferenceScope } from "#core/records/reference-scope.ts";
import type { Header } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import type { Zone } from "#core/time/zone.ts";

/** Places of the columns that tell rows apart. */
export interface IdentityColumns {
  /** Of the source's own id; -1 without. */
  readonly sourceId: number;
  /** What its profile looks at beside time and place; -1 for a column that is missing. */
  readonly detail: readonly number[];
}

/** Once for a file: a search of the headings for each row takes as long as reading a number. */
export function findIdentityColumns({ words }: Header, { profile }: Reading): IdentityColumns {
  const placeOf = (heading: string) => words.indexOf(heading);
  return {
    sourceId: (profile.sourceId ?? []).map(placeOf).find((at) => at !== -1) ?? -1,
    detail: profile.detail.map(placeOf),
  };
}

export interface RowIdentity {
  /** What tells the row apart: the source's own id, or else all that it says. */
  readonly knownBy: "reference" | "content";
  /** Equal for rows that are one and the same event; to be stored as a keyed HMAC only. */
  readonly identity: string;
  /** What comes once in a file, so that a row with the same is a duplicate; null where equal rows are all real. */
  readonly once: string | null;
}

interface Said extends Pick<PoliceEvent, "kind" | "category" | "startsAt" | "endsAt"> {
  readonly reference: string | null;
  readonly position: Position;
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
  { kind, category, reference, position, startsAt, endsAt }: Said,
): RowIdentity {
  const { name } = how.reading.profile;
  const { sourceId: at, detail } = how.identityColumns;
  // cells[-1] would be searched for as a name.
  const sourceId = at === -1 ? "" : (cells[at]?.trim() ?? "");
  if (sourceId !== "") {
    const identity = `id${part}${name}${part}${sourceId}`;
    return { knownBy: "reference", identity, once: identity };
  }
  // One incident may be a complaint in one list and an arrest in another, under one reference.
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
