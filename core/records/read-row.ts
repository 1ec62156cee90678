import type { Position } from "#core/geo/cell.ts";
import type { CellFinder } from "#core/geo/cell-finder.ts";
import type { PlaceFinder } from "#core/places/gazetteer/find-place.ts";
import type { Region } from "#core/places/place.ts";
import type { PlaceMethod } from "#core/places/place-fault.ts";
import type { Reading } from "#core/records/detect.ts";
import {
  type EventCategory,
  type EventSource,
  eventCategories,
  eventSources,
  type PoliceEvent,
} from "#core/records/event.ts";
import { areHeadings } from "#core/records/find-header.ts";
import { mustNotBeKept } from "#core/records/judge-values.ts";
import { type EventKind, eventKinds, kinds } from "#core/records/kinds.ts";
import { type MidnightReading, withoutMidnight } from "#core/records/midnight.ts";
import { readPlace } from "#core/records/read-place.ts";
import {
  type IdentityColumns,
  identityOf,
  type ReferenceScope,
  type RowIdentity,
} from "#core/records/row-identity.ts";
import { isNothing, showValue } from "#core/records/show-value.ts";
import { readMoments, spanOf } from "#core/records/span.ts";
import type { TypeReader } from "#core/records/type-reader.ts";
import type { ImportRowError } from "#core/records/wire/import.ts";
import {
  categoryOfWord,
  kindOfWord,
  sourceOfWord,
  type WordChoices,
} from "#core/records/word-choices.ts";
import { failure, type Result, success } from "#core/result.ts";
import type { DateOrder } from "#core/table/clock.ts";
import type { ColumnRole, Header } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/** A row as read. The point is for the ward lookup only, and must go no further. */
export interface EventDraft extends PoliceEvent, RowIdentity {
  readonly type: string | null;
  readonly line: number;
  readonly position: Position;
  readonly placedBy: PlaceMethod;
  readonly reference: string | null;
  /** Minutes since midnight as the row writes its start; null without a time or with an end of its own. */
  readonly clockMinute: number | null;
}

export interface RowFault extends ImportRowError {
  /** The event but for its place; stays in the reader. */
  readonly event?: UnplacedEvent;
}

export type UnplacedEvent = Pick<PoliceEvent, "kind" | "startsAt" | "endsAt">;

export interface RowReading {
  readonly header: Header;
  readonly reading: Reading;
  readonly zone: Zone;
  readonly region: Region;
  /** For streets and postcodes; null without such columns. */
  readonly places: PlaceFinder | null;
  readonly dateOrder: DateOrder;
  /** For rows without a kind of their own. */
  readonly kind: EventKind | null;
  readonly source: EventSource | null;
  readonly words: WordChoices;
  readonly midnight: MidnightReading;
  /** Epoch milliseconds; later times are invalid. */
  readonly latest: number;
  readonly referenceIs: ReferenceScope;
  readonly identityColumns: IdentityColumns;
  /** The source's own word for a cell; counts the distinct ones. */
  readonly typeOf: TypeReader;
  readonly cellOf: CellFinder;
  /** `normaliseWords` with a memory. */
  readonly wordsOf: (text: string) => string;
}

export function readRow(row: TableRow, how: RowReading): Result<EventDraft, RowFault> {
  const cells = cellReader(row, how);
  if (isWide(row, how.header)) {
    const reason = `the row has ${row.cells.length} cells and the header ${how.header.names.length}: a delimiter inside a cell needs quotes around it`;
    return failure({ row: row.line, column: "", value: "", reason });
  }
  const span = readSpan(cells, how);
  if (!span.ok) return span;
  const kind = readKind(cells, how);
  const place = readPlace(cells.text, how);
  if (!place.ok) {
    const { roles, reason, kind: fault } = place.reason;
    const event = kind.ok ? { event: { ...span.value, kind: kind.value } } : {};
    return failure({ ...cells.fault(roles, reason).reason, place: fault, ...event });
  }
  if (!kind.ok) return kind;
  const source = readSource(cells, how, kind.value);
  if (!source.ok) return source;
  const category = readCategory(cells, how);
  if (!category.ok) return category;
  const type = how.typeOf(cells.text("type"), row.line);
  if (!type.ok) return cells.fault(["type"], type.reason);
  const reference = readReference(cells, how);
  if (!reference.ok) return reference;
  const { position, placedBy } = place.value;
  const { startsAt, endsAt, clockMinute } = span.value;
  const { knownBy, identity, once } = identityOf(row, how, {
    kind: kind.value,
    category: category.value,
    reference: reference.value,
    position,
    startsAt,
    endsAt,
  });
  return success({
    line: row.line,
    position,
    placedBy,
    cell: how.cellOf(position),
    kind: kind.value,
    source: source.value,
    category: category.value,
    type: type.value,
    startsAt,
    endsAt,
    clockMinute,
    reference: reference.value,
    knownBy,
    identity,
    once,
  });
}

function isWide({ cells }: TableRow, { names }: Header): boolean {
  if (cells.length <= names.length) return false;
  return cells.slice(names.length).some((cell) => cell.trim() !== "");
}

type CellReader = ReturnType<typeof cellReader>;

function cellReader(row: TableRow, { header, reading }: RowReading) {
  /** The trimmed cell of a role; empty where there is no such column. */
  const text = (role: ColumnRole) => {
    const at = reading.columns.get(role);
    const cell = at === undefined ? "" : (row.cells[at]?.trim() ?? "");
    return isNothing(cell, role) ? "" : cell;
  };
  const nameOf = (role: ColumnRole) => header.names[reading.columns.get(role) ?? -1] ?? role;
  return {
    text,
    /** Whether the row is a heading, as in tables stacked in one file. */
    isHeadings: () => areHeadings(row.cells),
    fault: (
      roles: readonly ColumnRole[],
      reason: string,
    ): { readonly ok: false; readonly reason: RowFault } => {
      const present = roles.filter((role) => reading.columns.has(role));
      const column = present.map(nameOf).join(", ");
      const values = present.map((role) => showValue(role, text(role)));
      const value = values.every((each) => each === "") ? "" : values.join(", ");
      return failure({ row: row.line, column, value, reason });
    },
  };
}

const otherTable =
  "these look like the headings of another table, which needs a file or a sheet of its own";

function readSpan(cells: CellReader, how: RowReading) {
  const moments = readMoments(cells.text, how.dateOrder);
  if (!moments.ok) {
    const reason = cells.isHeadings() ? otherTable : moments.reason.reason;
    return cells.fault(moments.reason.roles, reason);
  }
  const { startRoles, endRoles } = moments.value;
  const isWritten = how.midnight === "as-written";
  const start = isWritten ? moments.value.start : withoutMidnight(moments.value.start);
  const end =
    moments.value.end && !isWritten ? withoutMidnight(moments.value.end) : moments.value.end;
  const span = spanOf(start, end, how.zone, how.reading.profile.clock);
  if (!span.ok) return cells.fault([...startRoles, ...endRoles], span.reason);
  const startsAt = Math.floor(span.value.startsAt / minuteMs) * minuteMs;
  if (startsAt > how.latest) return cells.fault(startRoles, "this lies in the future");
  return success({
    startsAt,
    endsAt: Math.floor(span.value.endsAt / minuteMs) * minuteMs,
    clockMinute: end === null && start.time ? start.time.hour * 60 + start.time.minute : null,
  });
}

function readKind(cells: CellReader, how: RowReading): Result<EventKind, RowFault> {
  if (how.reading.profile.kind) return success(how.reading.profile.kind);
  const word = cells.text("kind");
  const kind = word === "" ? how.kind : kindOfWord(word, how);
  if (kind) return success(kind);
  return word === ""
    ? cells.fault(["kind"], "the row does not say its kind, and none was chosen for such rows")
    : cells.fault(["kind"], `not a known kind; the kinds are ${eventKinds.join(", ")}`);
}

/** Police kinds are always from police; people's kinds from residents by default. */
function readSource(
  cells: CellReader,
  how: RowReading,
  kind: EventKind,
): Result<EventSource, RowFault> {
  const { by } = kinds[kind];
  if (by === "police") return success("police");
  const word = cells.text("source");
  if (word === "") return success(how.source ?? (by === "people" ? "resident" : "police"));
  const source = sourceOfWord(word, how);
  if (source) return success(source);
  return cells.fault(["source"], `not a known source; the sources are ${eventSources.join(", ")}`);
}

function readCategory(cells: CellReader, how: RowReading): Result<EventCategory, RowFault> {
  const word = cells.text("category");
  if (word === "" && how.reading.profile.name === "plain") return success("other");
  const category = categoryOfWord(word, how);
  if (category) return success(category);
  return cells.fault(
    ["category"],
    `not a known category; the categories are ${eventCategories.join(", ")}`,
  );
}

const longestReference = 64;

/** Letters, digits and a few signs, at least one digit: a code, never a name. */
function readReference(cells: CellReader, how: RowReading): Result<string | null, RowFault> {
  const text = cells.text("reference");
  if (text === "" || how.referenceIs === "none") return success(null);
  // Personal data in the wrong cell: the event counts, the cell's text is dropped.
  if (mustNotBeKept(text)) return success(null);
  const isCode = /^[A-Za-z0-9/_.:-]+$/.test(text) && /\d/.test(text);
  if (isCode && text.length <= longestReference) return success(text);
  return cells.fault(
    ["reference"],
    `a reference is a code of at most ${longestReference} letters, figures and / _ . : - with at least one figure`,
  );
}
