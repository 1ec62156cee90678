import type { z } from "zod";
import { horizonOf } from "#core/protected-time/protected.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import type {
  CalendarImportReply,
  calendarImportBody,
} from "#core/protected-time/wire/outreach.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { addDays } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import type {
  ImportPlace,
  ImportPlan,
  PlannedSession,
} from "#server/protected-time/calendar-file/plan-import.ts";
import { confirmCalendar, reportUnreadable } from "#server/protected-time/calendars.ts";
import { closeSessions, type Moment } from "#server/protected-time/close-sessions.ts";
import type { Own } from "#server/protected-time/partners.ts";
import { savePlace } from "#server/protected-time/places.ts";
import { setCalendarKnownUntil } from "#server/protected-time/queries/partners.ts";
import { loadSavedPlaces } from "#server/protected-time/queries/places-saved.ts";
import {
  endSessions,
  loadSessions,
  type SessionRow,
} from "#server/protected-time/queries/sessions.ts";
import { storeSession } from "#server/protected-time/sessions.ts";

export interface AppliedImport {
  readonly added: number;
  readonly ended: number;
  /** Sessions of earlier imports that this file does not mention: they stay closed. */
  readonly unmentioned: number;
}

/**
 * Stores what a calendar asks for, in the caller's transaction. What is unchanged stays as it is;
 * what changed or was called off ends now, under the 24 hour rule; what the file leaves out stays,
 * for nobody has said that it will not take place.
 */
export async function applyImport(
  tx: Transaction,
  moment: Moment,
  { partnerId, plan }: { readonly partnerId: string; readonly plan: ImportPlan },
): Promise<AppliedImport> {
  const placeIds = await storePlaces(tx, moment, { partnerId, plan });
  const standing = (await loadSessions(tx, { partnerId })).filter(
    (session) => session.calendarKey !== null && session.endedAt === null,
  );
  // Exceptions before it may be erased on one side of the comparison.
  const since = addDays(moment.zone.dateOf(moment.now), 1 - sessionDays);
  const mentioned = new Set(plan.entries.map((entry) => entry.uidHash));
  const outdated = new Map(
    standing
      .filter((session) => mentioned.has(session.calendarKey ?? ""))
      .map((session) => [identityOf(session, since), session.id]),
  );
  const added: string[] = [];
  for (const { uidHash, sessions } of plan.entries) {
    for (const session of sessions) {
      const placeId = placeIds.get(session.place) ?? "";
      if (outdated.delete(identityOf(rowOf(session, { placeId, uidHash }), since))) continue;
      const { rule, except } = session;
      const draft = { partnerId, placeId, rule, except, calendarKey: uidHash };
      added.push(await storeSession(tx, moment, draft));
    }
  }
  const ended = [...outdated.values()];
  await endSessions(tx, ended, moment.now);
  await closeSessions(tx, moment, { ids: ended, announce: false });
  await closeSessions(tx, moment, { ids: added, announce: true });
  const unmentioned = standing.filter((one) => !mentioned.has(one.calendarKey ?? "")).length;
  await recordState(tx, moment, { partnerId, plan, unmentioned });
  return { added: added.length, ended: ended.length, unmentioned };
}

async function storePlaces(
  tx: Transaction,
  { now }: Moment,
  { partnerId, plan }: { readonly partnerId: string; readonly plan: ImportPlan },
): Promise<Map<ImportPlace, string>> {
  const ids = new Map<ImportPlace, string>();
  for (const { place } of plan.entries.flatMap((entry) => entry.sessions)) {
    if (ids.has(place)) continue;
    // Not the entry's own words: a location is the exact venue written out.
    const label = `Imported place ${ids.size + 1}`;
    // Where patrols can be was asked by line, when the file was read.
    const id = place.id ?? (await savePlace(tx, { ...place, partnerId, label, now }, null)).id;
    ids.set(place, id);
  }
  return ids;
}

/** Complete as of now; or, with an entry that could not be read, no plan until it is mended. */
async function recordState(
  tx: Transaction,
  moment: Moment,
  given: { readonly partnerId: string; readonly plan: ImportPlan; readonly unmentioned: number },
): Promise<void> {
  const { partnerId, plan, unmentioned } = given;
  const { zone, now } = moment;
  if (plan.isCutOff) {
    await setCalendarKnownUntil(tx, partnerId, addDays(zone.dateOf(horizonOf(now)), -1));
  } else if (unmentioned === 0) await setCalendarKnownUntil(tx, partnerId, null);
  if (plan.rejected.length === 0) {
    await confirmCalendar(tx, moment, { partnerId });
    return;
  }
  const detail = `${plan.rejected.length} of its entries could not be read`;
  await reportUnreadable(tx, { partnerId, now, detail });
}

type Identified = Pick<SessionRow, "calendarKey" | "placeId" | "rule" | "exceptions">;

function rowOf(
  { rule, except }: PlannedSession,
  { placeId, uidHash }: { readonly placeId: string; readonly uidHash: string },
): Identified {
  return {
    calendarKey: uidHash,
    placeId,
    rule,
    exceptions: except.map((date) => ({ date, toldAt: null })),
  };
}

/** Two sessions of the same entry that close the same cells at the same times. */
function identityOf({ calendarKey, placeId, rule, exceptions }: Identified, since: string): string {
  const dates = exceptions
    .map((exception) => exception.date)
    .filter((date) => date >= since)
    .sort();
  return JSON.stringify([
    calendarKey,
    placeId,
    rule.repeats,
    rule.everyWeeks,
    rule.firstDate,
    rule.start,
    rule.end,
    rule.until,
    rule.days ?? [],
    dates,
  ]);
}

type Given = z.output<typeof calendarImportBody>;

/**
 * Closes what a partner's own device read of a calendar file, by the rules of an import here: what is
 * unchanged stays, what changed or was called off ends under the 24 hour rule, what the file leaves
 * out stays closed.
 */
export async function importFromDevice(own: Own, given: Given): Promise<CalendarImportReply> {
  const { tx, partnerId } = own;
  const places = new Map((await loadSavedPlaces(tx, partnerId)).map((one) => [one.key, one]));
  const placeOf = (key: string) => {
    const place = places.get(key);
    if (place) return place;
    throw new Problem(
      404,
      "Calendar not saved",
      "One of its places is not one of your saved places.",
    );
  };
  const plan: ImportPlan = {
    entries: given.entries.map(({ key, sessions }) => ({
      uidHash: key,
      occurrences: 0,
      sessions: sessions.map(({ placeId, rule, except }) => ({
        place: placeOf(placeId),
        rule,
        except,
      })),
    })),
    // Which ones, and why, was said on the device: here it counts that there are some.
    rejected: Array.from({ length: given.unread }, () => ({ line: 0, reason: "" })),
    isCutOff: given.isCutOff,
  };
  const applied = await applyImport(tx, own, { partnerId, plan });
  return { ...applied, sentence: sentenceOf(applied, given.unread) };
}

function sentenceOf({ added, ended, unmentioned }: AppliedImport, unread: number): string {
  const parts = [
    added === 0 ? "Nothing new." : `Added: ${counted(added, "session")}. Police will keep clear.`,
    ended === 0 ? "" : `Changed or cancelled: ${counted(ended, "session")}.`,
    unmentioned === 0
      ? ""
      : `Not in this file, but still kept clear: ${counted(unmentioned, "session")} from earlier files.`,
    unread === 0
      ? "Your calendar is confirmed as complete."
      : "Until you add what could not be read and confirm, no patrols are suggested.",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function counted(count: number, noun: string): string {
  return formatQuantity(count, noun);
}
