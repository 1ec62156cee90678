import { type CalendarKnowledge, isFresh } from "#core/protected-time/freshness.ts";
import { type Occurrence, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { upcoming } from "#core/protected-time/protected.ts";
import { lateHours } from "#core/protected-time/settings.ts";
import type {
  CalendarReply,
  OutreachSessionReply,
  SavedPlaceReply,
} from "#core/protected-time/wire/outreach.ts";
import { formatInstant, hourMs, type Zone } from "#core/time/zone.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import type { LeavingAsked } from "#server/protected-time/queries/leaving-asked.ts";
import type { NoticeRow } from "#server/protected-time/queries/notices.ts";
import type { SavedPlaceRow } from "#server/protected-time/queries/places-saved.ts";
import type { SessionRow } from "#server/protected-time/queries/sessions.ts";
import { restorable } from "#server/protected-time/restore-date.ts";
import { partnerTime, partnerTimeSeenFrom } from "#server/protected-time/words.ts";

const mostShown = 6;

/** What others said of a session: police, and the partner's own people. */
export interface SessionWords {
  readonly notice?: NoticeRow | undefined;
  readonly second?: OutreachSessionReply["second"] | undefined;
}

/** What a partner reads of its own; only random keys leave, never running numbers. */
export function placeReply(zone: Zone, place: SavedPlaceRow): SavedPlaceReply {
  return {
    id: place.key,
    label: place.label,
    kind: place.kind,
    lattice: [...place.lattice],
    classM: place.classM,
    cells: [...place.cells],
    savedAt: formatInstant(zone, place.savedAt),
  };
}

export function sessionReply(
  { zone, now }: Moment,
  session: SessionRow,
  { notice, second }: SessionWords,
): OutreachSessionReply {
  return {
    id: session.key,
    placeId: session.placeKey,
    rule: session.rule,
    except: session.exceptions.map((exception) => exception.date),
    endedAt: session.endedAt === null ? null : formatInstant(zone, session.endedAt),
    next: upcoming(zone, session, now)
      .slice(0, mostShown)
      .map((visit) => occurrenceReply(zone, visit)),
    cancelled: restorable({ zone, now }, session).map(({ date, startsAt, endsAt }) => ({
      date,
      startsAt: formatInstant(zone, startsAt),
      endsAt: formatInstant(zone, endsAt),
    })),
    told: notice && isLate(zone, session, notice) ? toldReply(zone, notice) : null,
    second: second ?? null,
    movedFrom: session.movedFrom && {
      sessionId: session.movedFrom.key,
      date: session.movedFrom.date,
    },
  };
}

/**
 * Police are told of every late session, and of others only when a patrol stood in the way: what the
 * partner reads must not depend on that, or saving and cancelling would find patrols.
 */
function isLate(zone: Zone, session: SessionRow, { toldAt }: NoticeRow): boolean {
  const soon = { from: toldAt, to: toldAt + lateHours * hourMs };
  return occurrencesBetween(zone, session, soon).length > 0;
}

function occurrenceReply(zone: Zone, visit: Occurrence): OutreachSessionReply["next"][number] {
  return {
    date: visit.date,
    startsAt: formatInstant(zone, visit.startsAt),
    endsAt: formatInstant(zone, visit.endsAt),
    closedFrom: formatInstant(zone, visit.closedFrom),
    closedTo: formatInstant(zone, visit.closedTo),
    state: visit.state,
  };
}

function toldReply(zone: Zone, notice: NoticeRow): NonNullable<OutreachSessionReply["told"]> {
  const { toldAt, confirmedAt } = notice;
  const time = partnerTime(zone, toldAt);
  return {
    toldAt: formatInstant(zone, toldAt),
    confirmedAt: confirmedAt === null ? null : formatInstant(zone, confirmedAt),
    sentence:
      confirmedAt === null
        ? `Shown to police ${time}, not confirmed: call your police contact.`
        : `Police told ${time}, confirmed ${partnerTime(zone, confirmedAt)}.`,
  };
}

/** A reminder stands until the partner has confirmed. */
export function calendarReply(
  moment: Moment,
  knowledge: CalendarKnowledge,
  { remindedAt, leaving }: { remindedAt: number | null; leaving: LeavingAsked | null },
): CalendarReply {
  const { report } = knowledge;
  const isOpen = remindedAt !== null && (report === null || remindedAt > report.at);
  return {
    ...calendarWords(moment, knowledge),
    remindedAt: isOpen ? formatInstant(moment.zone, remindedAt) : null,
    leaving: leaving && {
      erasedFrom: formatInstant(moment.zone, leaving.dueAt),
      askedBy: leaving.askedBy,
    },
  };
}

function calendarWords(
  { zone, now }: Moment,
  { report }: CalendarKnowledge,
): Omit<CalendarReply, "remindedAt" | "leaving"> {
  if (report === null) {
    return {
      state: "never",
      confirmedAt: null,
      pausedUntil: null,
      sentence: "Not confirmed yet: enter your sessions, then confirm that they are complete.",
    };
  }
  if (report.state === "unreadable") {
    return {
      state: "unreadable",
      confirmedAt: null,
      pausedUntil: null,
      sentence: `Your calendar of ${partnerTimeSeenFrom(zone, report.at, now)} could not be read in full: check your sessions, then confirm.`,
    };
  }
  const fresh = isFresh(zone, report, { planFrom: now, planTo: now + 1, now });
  const asOf = `Up to date as of ${partnerTimeSeenFrom(zone, report.at, now)}.`;
  return {
    state: fresh ? "confirmed" : "lapsed",
    confirmedAt: formatInstant(zone, report.at),
    pausedUntil: report.pausedUntil,
    sentence: fresh
      ? asOf
      : `${asOf} Please confirm again: until then police keep clear an hour longer on each side.`,
  };
}
