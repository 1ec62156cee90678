import {
  dayIn,
  type Here,
  sessionSentence,
} from "#client/protected-time/outreach/outreach-words.ts";
import { say } from "#client/protected-time/words/diary.tsx";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import { holdsPoint } from "#core/protected-time/lattice.ts";
import { isAhead } from "#core/protected-time/occurrences.ts";
import { upcoming } from "#core/protected-time/protected.ts";
import type {
  CalendarEntry,
  CalendarPart,
  ReadCalendar,
} from "#core/protected-time/read-calendar.ts";
import type { Moment } from "#core/protected-time/repeats.ts";
import type { RadiusClass } from "#core/protected-time/settings.ts";
import type { CalendarImportBody } from "#core/protected-time/wire/calendar.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

/** An entry, or one of its visits at another place or time. */
export interface UploadRow {
  readonly id: string;
  readonly title: string;
  readonly isAllDay: boolean;
  readonly isChange: boolean;
  readonly uid: string;
  readonly sessions: CalendarPart["sessions"];
  /** A saved place that the file points at. */
  readonly suggested: string | null;
  /** GEO of the entry, for this page's map; never leaves the device. */
  readonly venueAt: Position | null;
  /** LOCATION as written; never leaves the device. */
  readonly location: string;
  /** It has a point, and that lies in no saved place. */
  readonly isElsewhere: boolean;
}

export interface Upload {
  readonly rows: readonly UploadRow[];
  readonly cancelled: readonly string[];
  readonly past: number;
  readonly isCutOff: boolean;
  readonly rejected: ReadCalendar["rejected"];
}

/** A place id, or "leave out"; absent: not chosen yet. */
export type Choices = ReadonlyMap<string, string>;
export const leftOut = "out";

/** Future entries, each with the place it points at. */
export function uploadOf(
  { entries, rejected }: ReadCalendar,
  places: readonly SavedPlaceReply[],
  moment: Moment,
): Upload {
  const rows = entries.flatMap((entry) => rowsOf(entry, places, moment));
  const cancelled = entries.filter(({ parts }) => parts.length === 0).map(({ uid }) => uid);
  const withRows = new Set(rows.map(({ uid }) => uid));
  const past = entries.filter(({ uid, parts }) => parts.length > 0 && !withRows.has(uid)).length;
  const isCutOff = entries.some((entry) => entry.isCutOff && withRows.has(entry.uid));
  return { rows, cancelled, past, isCutOff, rejected };
}

function rowsOf(
  entry: CalendarEntry,
  places: readonly SavedPlaceReply[],
  moment: Moment,
): UploadRow[] {
  const { uid, title, location, isAllDay } = entry;
  return entry.parts.flatMap((part, index): UploadRow[] => {
    const sessions = part.sessions.filter(({ rule }) => isAhead(moment.zone, moment.now, rule));
    if (sessions.length === 0) return [];
    const venueAt = part.venueAt ?? (part.isChange ? (entry.parts[0]?.venueAt ?? null) : null);
    const held = venueAt && (places.find((place) => holdsPoint(place, venueAt))?.id ?? null);
    const suggested = held ?? placeNamed(`${title} ${location}`, places);
    return [
      {
        id: `${part.line} ${index}`,
        title,
        isAllDay,
        isChange: part.isChange,
        uid,
        sessions,
        suggested,
        venueAt,
        location,
        isElsewhere: venueAt !== null && held === null,
      },
    ];
  });
}

/** The only saved place named in the entry. */
function placeNamed(text: string, places: readonly SavedPlaceReply[]): string | null {
  const words = text.toLowerCase();
  const named = places.filter(({ label }) => words.includes(label.toLowerCase()));
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}

/** The file's own place; all-day entries are left out, being mostly holidays. */
export function firstChoices(rows: readonly UploadRow[]): Choices {
  const chosen = rows.flatMap(({ id, suggested, isAllDay }): [string, string][] => {
    if (isAllDay) return [[id, leftOut]];
    return suggested === null ? [] : [[id, suggested]];
  });
  return new Map(chosen);
}

/** Also assigns it to other undecided entries whose point lies in it. */
export function withPlace(
  choices: Choices,
  place: SavedPlaceReply,
  { rows, ids }: { readonly rows: readonly UploadRow[]; readonly ids: readonly string[] },
): Choices {
  const next = new Map(choices);
  for (const { id, venueAt } of rows) {
    const lies = venueAt !== null && holdsPoint(place, venueAt);
    if (ids.includes(id) || (lies && !choices.has(id))) next.set(id, place.id);
  }
  return next;
}

export function placesUsed<Place extends SavedPlaceReply>(
  rows: readonly UploadRow[],
  choices: Choices,
  places: readonly Place[],
): readonly Place[] {
  const used = new Set(taken(rows, choices).map(({ id }) => choices.get(id)));
  return places.filter(({ id }) => used.has(id));
}

export function unchosen(rows: readonly UploadRow[], choices: Choices): readonly UploadRow[] {
  return rows.filter(({ id }) => !choices.has(id));
}

export function taken(rows: readonly UploadRow[], choices: Choices): readonly UploadRow[] {
  return rows.filter(({ id }) => (choices.get(id) ?? leftOut) !== leftOut);
}

/** The request: a hash, times and places, nothing else. */
export function bodyOf(
  upload: Upload,
  choices: Choices,
  keyOf: (uid: string) => string,
  isAll = false,
): CalendarImportBody {
  const byUid = new Map<string, CalendarImportBody["entries"][number]["sessions"]>(
    upload.cancelled.map((uid) => [uid, []]),
  );
  for (const { id, uid, sessions } of taken(upload.rows, choices)) {
    const placeId = choices.get(id) ?? "";
    const own = sessions.map(({ rule, except }) => ({ placeId, rule, except: [...except] }));
    byUid.set(uid, [...(byUid.get(uid) ?? []), ...own]);
  }
  return {
    entries: [...byUid].map(([uid, sessions]) => ({ key: keyOf(uid), sessions })),
    isCutOff: upload.isCutOff,
    unread: upload.rejected.length,
    isAll,
  };
}

export interface MadePlace extends SavedPlaceReply {
  readonly classM: RadiusClass;
}

/** Sends its lattice cells, not the point they came from. */
export function placeToSave({ id, label, kind, lattice, classM }: MadePlace) {
  return { key: id, label, kind, lattice, classM };
}

export function closedBy(
  rows: readonly UploadRow[],
  choices: Choices,
  given: Moment & { readonly places: readonly SavedPlaceReply[]; readonly most: number },
) {
  const { zone, now, places, most } = given;
  const cells = new Set(
    placesUsed(rows, choices, places).flatMap((place) => place.cells as H3Cell[]),
  );
  const visits = taken(rows, choices).flatMap(({ id, sessions }) =>
    sessions.flatMap(({ rule, except }) => {
      const exceptions = except.map((date) => ({ date, toldAt: null }));
      return upcoming(zone, { rule, exceptions, endedAt: null }, now)
        .slice(0, most)
        .map(({ closedFrom, closedTo }) => ({
          from: closedFrom,
          to: closedTo,
          placeId: choices.get(id) ?? "",
        }));
    }),
  );
  const times = visits.sort((a, b) => a.from - b.from);
  return { cells: [...cells], times: times.slice(0, most), isMore: times.length > most };
}

type Row = Pick<UploadRow, "sessions" | "isAllDay" | "isChange">;

/** "Every Monday and Friday, 7pm to 10pm, except Fri 10 Dec"; "All day, Fri 24 Dec to Sun 26 Dec" */
export function whenWords(here: Pick<Here, "today">, row: Row): string {
  const { sessions, isAllDay, isChange } = row;
  const [first] = sessions;
  const last = sessions.at(-1);
  if (!(first && last)) return "";
  if (isAllDay && sessions.every(({ rule }) => rule.repeats === "once")) {
    const begins = dayIn(here, first.rule.firstDate);
    return first === last
      ? say("upload.all-day", { day: begins })
      : say("upload.all-days", { from: begins, to: dayIn(here, last.rule.firstDate) });
  }
  const words = sessionSentence(here, first);
  const rule = isAllDay
    ? say("upload.all-day-rule", { rule: words })
    : isChange
      ? say("upload.one-changed", { rule: words })
      : words;
  const count = sessions.length - 1;
  return count > 0 ? say("upload.and-more", { rule, count }) : rule;
}
