import { z } from "zod";
import { leastAddressDays, mostAddressDays, usualAddressDays } from "#core/accounts/retention.ts";
import { recordedDoseDays } from "#core/patrols/positions/settings.ts";
import { planCommentDays } from "#core/place-plans/retention.ts";
import { footprintViewDays } from "#core/protected-time/retention.ts";
import { announcedDays, yearsBefore } from "#core/records/retention.ts";
import { doubtWords } from "#core/time/clock-doubt.ts";
import { addDays, dayMs } from "#core/time/zone.ts";
import { deleteSignInSources } from "#server/accounts/attempts.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import type { Services } from "#server/acts/services.ts";
import { lookAtClocks, noteErasing, sureTime } from "#server/db/clock.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";
import { deleteOldPositionDays } from "#server/patrols/positions/recorded.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { deleteOldObjections, objectionKeptMs } from "#server/protected-time/coordinator.ts";
import { deleteLeftovers } from "#server/protected-time/leaving.ts";
import { eventYears } from "#server/records/event-years.ts";
import { deleteUnusedTypes } from "#server/records/queries/event-types.ts";
import * as sql from "#server/upkeep/queries/retention.ts";
import { eraseSessions, type SessionErasure } from "#server/upkeep/retention/erase-sessions.ts";

export interface RetentionRound {
  /** Null in the demonstration, whose events stay. */
  readonly events: EventErasure | null;
  readonly outreach: SessionErasure;
  readonly footprintViews: number;
  /** Days of recorded patrol time, older than a year. */
  readonly patrolDays: number;
}

/**
 * Erases what is past its time and notes in the audit chain how much it was, never what. In one
 * transaction; `dryRun` does the same and keeps nothing of it. Refused while a clock may be wrong.
 */
export async function runRetention(
  { db, zone, asAt }: Pick<Services, "db" | "zone" | "asAt">,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<RetentionRound> {
  const { doubt } = await lookAtClocks(db, asAt);
  if (doubt !== null) {
    const words = doubtWords(doubt, { zone, role: "operator", now: asAt.clock() });
    throw new Problem(409, "Nothing was erased", words ?? "The clock may be wrong.");
  }
  try {
    return await db.transaction(
      systemActor,
      async (tx) => {
        const now = Math.min(asAt.now(), await sureTime(tx));
        await noteErasing(tx, now);
        const round = await eraseAll(tx, { zone, now }, asAt.demo);
        if (dryRun) throw new OnlyTried(round);
        return round;
      },
      { retries: 5, events: true, long: true },
    );
  } catch (error) {
    if (error instanceof OnlyTried) return error.round;
    throw error;
  }
}

/** Thrown to undo a round that was only tried. */
class OnlyTried extends Error {
  readonly round: RetentionRound;

  constructor(round: RetentionRound) {
    super("only tried");
    this.round = round;
  }
}

async function eraseAll(tx: Transaction, moment: Moment, isDemo: boolean): Promise<RetentionRound> {
  await deleteLeftovers(tx, moment.now);
  const objections = await deleteOldObjections(tx, moment.now - objectionKeptMs);
  const words = await sql.deleteOldWords(tx, {
    liftedBefore: moment.now - objectionKeptMs,
    saidBefore: moment.now - planCommentDays * dayMs,
  });
  const { days } = await sourceAddressSetting(tx);
  await deleteSignInSources(tx, (await sureTime(tx)) - days * dayMs);
  const outreach = await eraseSessions(tx, moment);
  const today = moment.zone.dateOf(moment.now);
  const footprintViews = await sql.deleteFootprintViews(tx, addDays(today, -footprintViewDays));
  const patrolDays = await deleteOldPositionDays(tx, addDays(today, -recordedDoseDays));
  const events = isDemo ? null : await removeOldEvents(tx, moment);
  await note(tx, "safeguarding", "erase past outreach", {
    ...outreach,
    footprintViews,
    ...(objections > 0 ? { objections } : {}),
    ...(words > 0 ? { words } : {}),
  });
  await note(tx, "records", "erase recorded patrol time", { days: patrolDays });
  if (events?.removed) {
    const { before, byKind } = events.removed;
    await note(tx, "records", "erase events past their age", { ...byKind }, { before });
  }
  return { events, outreach, footprintViews, patrolDays };
}

/** An erasure is noted without what was erased: numbers by kind. */
async function note(
  tx: Transaction,
  purpose: "safeguarding" | "records",
  act: string,
  counts: Readonly<Record<string, number>>,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (Object.values(counts).every((count) => count === 0)) return;
  const detail = { ...more, ...counts };
  await appendAudit(tx, systemActor, { verb: "erasure", act, purpose, outcome: "done", detail });
}

interface EventErasure {
  /** By kind; null where nothing was due. */
  readonly removed: {
    readonly before: string;
    readonly byKind: Readonly<Record<string, number>>;
  } | null;
  readonly announced: Pick<sql.EventRemoval, "before" | "dueAt" | "count"> | null;
  /** An announcement was taken back: events are kept longer now. */
  readonly withdrawn: boolean;
  /** What was announced before and waits for its day. */
  readonly pending: PendingRemoval | null;
}

interface PendingRemoval extends Pick<sql.EventRemoval, "before" | "dueAt" | "count"> {
  /** Past their age as well, but came in after the announcement: they wait for the next. */
  readonly later: number;
}

/**
 * Removes what was announced and is due, then announces what will be past its age next. Only what had
 * come in before the announcement goes, so that nothing goes that nobody was told of.
 */
async function removeOldEvents(tx: Transaction, moment: Moment): Promise<EventErasure> {
  const { zone, now } = moment;
  const years = await eventYears(tx);
  const open = (await sql.loadRemovals(tx)).find(({ erasedAt }) => erasedAt === null) ?? null;
  const holds = open !== null && stillHolds(moment, open, years);
  if (open !== null && !holds) await sql.deleteRemoval(tx, open.id);
  const withdrawn = open !== null && !holds;
  if (open !== null && holds && now < open.dueAt) {
    const pending = await waiting(tx, moment, open, years);
    return { removed: null, announced: null, withdrawn, pending };
  }
  let removed: EventErasure["removed"] = null;
  if (open !== null && holds) {
    const byKind = await sql.deleteOldEvents(tx, {
      endedBefore: zone.startOfDate(open.before),
      importedBefore: open.announcedAt,
    });
    await deleteUnusedTypes(tx);
    const count = Object.values(byKind).reduce((sum, one) => sum + one, 0);
    await sql.finishRemoval(tx, { id: open.id, now, count });
    removed = { before: open.before, byKind };
  }
  return { removed, announced: await announce(tx, moment, years), withdrawn, pending: null };
}

async function waiting(
  tx: Transaction,
  { zone, now }: Moment,
  { before, dueAt, count, announcedAt }: sql.EventRemoval,
  years: number,
): Promise<PendingRemoval> {
  const endedBefore = zone.startOfDate(yearsBefore(zone.dateOf(now), years));
  const past = await sql.countOldEvents(tx, { endedBefore, importedBefore: now });
  const told = await sql.countOldEvents(tx, { endedBefore, importedBefore: announcedAt });
  return { before, dueAt, count, later: past - told };
}

/** Not where the age was raised since, nor where the clock that announced it was ahead. */
function stillHolds({ zone, now }: Moment, removal: sql.EventRemoval, years: number): boolean {
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
  const count = await sql.countOldEvents(tx, {
    endedBefore: zone.startOfDate(before),
    importedBefore: now,
  });
  if (count === 0) return null;
  await sql.insertRemoval(tx, { announcedAt: now, dueAt, before, count });
  return { before, dueAt, count };
}

export const sourceAddressKey = "source-addresses";
const setting = z.strictObject({ days: z.int().min(leastAddressDays).max(mostAddressDays) });

/** For how long the addresses that refused sign-ins came from are kept. */
async function sourceAddressSetting(tx: Transaction): Promise<{ readonly days: number }> {
  const held = setting.safeParse(await readSetting(tx, sourceAddressKey));
  return held.success ? held.data : { days: usualAddressDays };
}
