import { announcedDays, yearsBefore } from "#core/records/retention.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { eventYears } from "#server/records/event-years.ts";
import { deleteUnusedTypes } from "#server/records/queries/event-types.ts";
import {
  countOldEvents,
  deleteOldEvents,
  deleteRemoval,
  type EventRemoval,
  finishRemoval,
  insertRemoval,
  loadRemovals,
} from "#server/upkeep/queries/retention.ts";

export interface EventErasure {
  /** By kind; null where nothing was due. */
  readonly removed: {
    readonly before: string;
    readonly byKind: Readonly<Record<string, number>>;
  } | null;
  readonly announced: Pick<EventRemoval, "before" | "dueAt" | "count"> | null;
  /** An announcement was taken back: events are kept longer now. */
  readonly withdrawn: boolean;
  /** What was announced before and waits for its day. */
  readonly pending: PendingRemoval | null;
}

export interface PendingRemoval extends Pick<EventRemoval, "before" | "dueAt" | "count"> {
  /** Past their age as well, but came in after the announcement: they wait for the next. */
  readonly later: number;
}

/**
 * Removes what was announced and is due, then announces what will be past its age next. Only what had
 * come in before the announcement goes, so that nothing goes that nobody was told of.
 */
export async function removeOldEvents(tx: Transaction, moment: Moment): Promise<EventErasure> {
  const { zone, now } = moment;
  const years = await eventYears(tx);
  const open = (await loadRemovals(tx)).find(({ erasedAt }) => erasedAt === null) ?? null;
  const holds = open !== null && stillHolds(moment, open, years);
  if (open !== null && !holds) await deleteRemoval(tx, open.id);
  const withdrawn = open !== null && !holds;
  if (open !== null && holds && now < open.dueAt) {
    const pending = await waiting(tx, moment, open, years);
    return { removed: null, announced: null, withdrawn, pending };
  }
  let removed: EventErasure["removed"] = null;
  if (open !== null && holds) {
    const byKind = await deleteOldEvents(tx, {
      endedBefore: zone.startOfDate(open.before),
      importedBefore: open.announcedAt,
    });
    await deleteUnusedTypes(tx);
    const count = Object.values(byKind).reduce((sum, one) => sum + one, 0);
    await finishRemoval(tx, { id: open.id, now, count });
    removed = { before: open.before, byKind };
  }
  return { removed, announced: await announce(tx, moment, years), withdrawn, pending: null };
}

async function waiting(
  tx: Transaction,
  { zone, now }: Moment,
  { before, dueAt, count, announcedAt }: EventRemoval,
  years: number,
): Promise<PendingRemoval> {
  const endedBefore = zone.startOfDate(yearsBefore(zone.dateOf(now), years));
  const past = await countOldEvents(tx, { endedBefore, importedBefore: now });
  const told = await countOldEvents(tx, { endedBefore, importedBefore: announcedAt });
  return { before, dueAt, count, later: past - told };
}

/** Not where the age was raised since, nor where the clock that announced it was ahead. */
function stillHolds({ zone, now }: Moment, removal: EventRemoval, years: number): boolean {
  const { announcedAt, dueAt, before } = removal;
  return before <= yearsBefore(zone.dateOf(dueAt), years) && announcedAt <= now + dayMs;
}

async function announce(
  tx: Transaction,
  { zone, now }: Moment,
  years: number,
): Promise<EventErasure["announced"]> {
  const dueAt = now + announcedDays * dayMs;
  const before = yearsBefore(zone.dateOf(dueAt), years);
  const count = await countOldEvents(tx, {
    endedBefore: zone.startOfDate(before),
    importedBefore: now,
  });
  if (count === 0) return null;
  await insertRemoval(tx, { announcedAt: now, dueAt, before, count });
  return { before, dueAt, count };
}
