import { horizonOf } from "#core/protected-time/protected.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import type { CalendarImportBody } from "#core/protected-time/wire/calendar.ts";
import { addDays } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";
import type { ImportPlace, ImportPlan } from "#server/protected-time/calendar-file/plan-import.ts";
import { confirmCalendar, reportUnreadable } from "#server/protected-time/calendars.ts";
import { closeSessions, type Moment } from "#server/protected-time/close-sessions.ts";
import { asPartner } from "#server/protected-time/partners.ts";
import { loadSavedPlaces, savePlace } from "#server/protected-time/places.ts";
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

interface Import {
  readonly partnerId: string;
  readonly plan: ImportPlan;
  /** Somebody of the partner said so: a file alone never confirms its calendar. */
  readonly isAll: boolean;
}

/**
 * Stores a calendar's sessions in the caller's transaction. Unchanged ones stay; changed or
 * called-off ones end now, under the 24 hour rule; those missing from the file stay, as nobody has
 * said that they will not take place.
 */
export async function applyImport(
  tx: Transaction,
  moment: Moment,
  { partnerId, plan, isAll }: Import,
): Promise<AppliedImport> {
  const placeIds = await storePlaces(tx, moment, { partnerId, plan });
  const standing = (await loadSessions(tx, { partnerId })).filter(
    (session) => session.calendarKey !== null && session.endedAt === null,
  );
  // Earlier exceptions may be erased on one side of the comparison.
  const since = addDays(moment.zone.dateOf(moment.now), 1 - sessionDays);
  const lately = (dates: readonly string[]) => dates.filter((date) => date >= since);
  const mentioned = new Set(plan.entries.map((entry) => entry.uidHash));
  const outdated = new Map(
    standing
      .filter((session) => mentioned.has(session.calendarKey ?? ""))
      .map((session) => {
        const except = lately(session.exceptions.map(({ date }) => date));
        return [identityOf(session, except), session.id];
      }),
  );
  const added: string[] = [];
  for (const { uidHash, sessions } of plan.entries) {
    for (const session of sessions) {
      const placeId = placeIds.get(session.place) ?? "";
      const { rule, except } = session;
      const draft = { partnerId, placeId, rule, except, calendarKey: uidHash };
      if (outdated.delete(identityOf(draft, lately(except)))) continue;
      added.push(await storeSession(tx, moment, draft));
    }
  }
  const ended = [...outdated.values()];
  await endSessions(tx, ended, moment.now);
  await closeSessions(tx, moment, { ids: ended, announce: false });
  await closeSessions(tx, moment, { ids: added, announce: true });
  const unmentioned = standing.filter((one) => !mentioned.has(one.calendarKey ?? "")).length;
  await recordState(tx, moment, { partnerId, plan, isAll, unmentioned });
  return { added: added.length, ended: ended.length, unmentioned };
}

async function storePlaces(
  tx: Transaction,
  { now }: Moment,
  { partnerId, plan }: Omit<Import, "isAll">,
): Promise<Map<ImportPlace, string>> {
  const ids = new Map<ImportPlace, string>();
  for (const { place } of plan.entries.flatMap((entry) => entry.sessions)) {
    if (ids.has(place)) continue;
    // Not the entry's own words: a location is the exact venue written out.
    const label = `Imported place ${ids.size + 1}`;
    // Whether patrols can be there was checked line by line on reading.
    const id = place.id ?? (await savePlace(tx, { ...place, partnerId, label, now }, null)).id;
    ids.set(place, id);
  }
  return ids;
}

/** Confirmed as of now where it was said to be all; an unreadable entry blocks plans until mended. */
async function recordState(
  tx: Transaction,
  moment: Moment,
  { partnerId, plan, isAll, unmentioned }: Import & Pick<AppliedImport, "unmentioned">,
): Promise<void> {
  const { zone, now } = moment;
  if (plan.isCutOff || unmentioned === 0) {
    const until = plan.isCutOff ? addDays(zone.dateOf(horizonOf(now)), -1) : null;
    await tx.run(sql`update partner set calendar_known_until = ${until} where id = ${partnerId}`);
  }
  if (plan.rejected.length === 0) {
    if (isAll) await confirmCalendar(tx, moment, { partnerId });
    return;
  }
  const detail = `${plan.rejected.length} of its entries could not be read`;
  await reportUnreadable(tx, { partnerId, now, detail });
}

function identityOf(
  { calendarKey, placeId, rule }: Pick<SessionRow, "calendarKey" | "placeId" | "rule">,
  except: readonly string[],
): string {
  const { repeats, everyWeeks, firstDate, start, end, until, days = [] } = rule;
  const dates = [...except].sort();
  return JSON.stringify([
    calendarKey,
    placeId,
    repeats,
    everyWeeks,
    firstDate,
    start,
    end,
    until,
    days,
    dates,
  ]);
}

/**
 * Applies what a partner's own device read from a calendar file, by the same rules as an import
 * here: unchanged sessions stay, changed or called-off ones end under the 24 hour rule, those
 * missing from the file stay closed.
 */
export const importFromDevice = (act: Act, body: CalendarImportBody) =>
  asPartner(act, async (own) => {
    const { tx, partnerId } = own;
    const { isAll, unread } = body;
    if (isAll && unread > 0) {
      const detail =
        "Part of the file could not be read, so it cannot be all of your calendar. Save it without that, add what is missing, then confirm.";
      throw new Problem(422, "Calendar not saved", detail);
    }
    const places = new Map((await loadSavedPlaces(tx, partnerId)).map((one) => [one.key, one]));
    const placeOf = (key: string) => {
      const place = places.get(key);
      if (place) return place;
      const detail = "One of its places is not one of your saved places.";
      throw new Problem(404, "Calendar not saved", detail);
    };
    const plan: ImportPlan = {
      entries: body.entries.map(({ key, sessions }) => ({
        uidHash: key,
        occurrences: 0,
        sessions: sessions.map(({ placeId, ...session }) => ({
          ...session,
          place: placeOf(placeId),
        })),
      })),
      // Which ones, and why, was shown on the device: only their number matters here.
      rejected: Array.from({ length: unread }, () => ({ line: 0, reason: "" })),
      isCutOff: body.isCutOff,
    };
    const applied = await applyImport(tx, own, { partnerId, plan, isAll });
    act.addDetail({ sessions: applied.added, rejected: unread, confirmed: isAll });
    return applied;
  });
