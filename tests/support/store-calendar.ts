import type { Transaction } from "#server/db/database.ts";
import { confirmCalendar } from "#server/protected-time/calendars.ts";
import { closeSessions, type Moment } from "#server/protected-time/close-sessions.ts";
import { createPartner } from "#server/protected-time/partners.ts";
import { savePlace } from "#server/protected-time/places.ts";
import { endSessions, insertExceptions } from "#server/protected-time/queries/sessions.ts";
import { storeSession } from "#server/protected-time/sessions.ts";
import type { RandomCalendar, RandomPlace } from "#tests/support/random-calendar.ts";

/**
 * Stores a random calendar as its partners would have entered it, all of it before `now`, with
 * every calendar confirmed at `now`; answers how many sessions there are.
 */
export async function storeCalendar(
  tx: Transaction,
  moment: Moment,
  calendar: RandomCalendar,
): Promise<number> {
  const ids: string[] = [];
  for (const { name, places } of calendar.partners) {
    const partner = await createPartner(tx, { name, now: moment.now });
    for (const place of places) {
      ids.push(...(await storePlace(tx, moment, { partnerId: partner.id, place })));
    }
    await confirmCalendar(tx, moment, { partnerId: partner.id });
  }
  await closeSessions(tx, moment, { ids, announce: false });
  return ids.length;
}

async function storePlace(
  tx: Transaction,
  moment: Moment,
  { partnerId, place }: { readonly partnerId: string; readonly place: RandomPlace },
): Promise<string[]> {
  const { label, spot, sessions } = place;
  const saved = await savePlace(tx, { partnerId, label, ...spot, now: moment.now }, null);
  const ids: string[] = [];
  for (const { rule, exceptions, endedAt } of sessions) {
    const sessionId = await storeSession(tx, moment, { partnerId, placeId: saved.id, rule });
    for (const { date, toldAt } of exceptions) {
      await insertExceptions(tx, { sessionId, dates: [date], toldAt });
    }
    if (endedAt !== null) await endSessions(tx, [sessionId], endedAt);
    ids.push(sessionId);
  }
  return ids;
}
