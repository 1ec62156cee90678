import { z } from "zod";
import { leastAddressDays, mostAddressDays, usualAddressDays } from "#core/accounts/retention.ts";
import { recordedDoseDays } from "#core/patrols/positions/settings.ts";
import { planCommentDays } from "#core/place-plans/plan.ts";
import { footprintViewDays, sessionDays } from "#core/protected-time/retention.ts";
import { announcedDays, yearsBefore } from "#core/records/retention.ts";
import { doubtWords } from "#core/time/clock-doubt.ts";
import { addDays, dayMs } from "#core/time/zone.ts";
import { deleteSignInSources } from "#server/accounts/attempts.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import type { Services } from "#server/acts/services.ts";
import { lookAtClocks, noteErasing, sureTime } from "#server/db/clock.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import { columnsOf, countOf } from "#server/db/rows.ts";
import { readSetting } from "#server/db/settings.ts";
import { assigned, insertInto, sql } from "#server/db/sql.ts";
import { orTakenBack, TakenBack } from "#server/db/taken-back.ts";
import { deleteOldComplaints } from "#server/outcomes/data-complaints.ts";
import { deleteOldPositionDays } from "#server/patrols/positions/recorded.ts";
import { forgetTaps } from "#server/patrols/queries/stays.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { deleteOldObjections, objectionKeptMs } from "#server/protected-time/coordinator.ts";
import { forgetPictures } from "#server/protected-time/leak-meter.ts";
import { deleteLeftovers } from "#server/protected-time/leaving.ts";
import { eventYears } from "#server/records/event-years.ts";
import { deleteUnusedTypes } from "#server/records/queries/event-types.ts";
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
 * Erases data past its retention and records in the audit chain how much, never what. In one
 * transaction; `dryRun` does the same and rolls back. Refused while a clock may be wrong.
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
  return orTakenBack(
    db.transaction(
      systemActor,
      async (tx) => {
        const now = Math.min(asAt.now(), await sureTime(tx));
        await noteErasing(tx, now);
        const round = await eraseAll(tx, { zone, now }, asAt.demo);
        if (dryRun) throw new TakenBack(round);
        return round;
      },
      { retries: 5, events: true, long: true },
    ),
  );
}

async function eraseAll(tx: Transaction, moment: Moment, isDemo: boolean): Promise<RetentionRound> {
  await deleteLeftovers(tx, moment.now);
  const objections = await deleteOldObjections(tx, moment.now - objectionKeptMs);
  const words = await deleteOldWords(tx, moment.now);
  const { days } = await sourceAddressSetting(tx);
  await deleteSignInSources(tx, (await sureTime(tx)) - days * dayMs);
  const outreach = await eraseSessions(tx, moment);
  const today = moment.zone.dateOf(moment.now);
  await forgetPictures(tx, addDays(today, -sessionDays));
  const footprintViews = await deleteFootprintViews(tx, addDays(today, -footprintViewDays));
  const patrolDays = await deleteOldPositionDays(tx, addDays(today, -recordedDoseDays));
  const complaints = await deleteOldComplaints(tx, today);
  const taps = await forgetTaps(tx, moment.now - sessionDays * dayMs);
  const events = isDemo ? null : await removeOldEvents(tx, moment);
  await note(tx, "safeguarding", "erase past outreach", {
    ...outreach,
    footprintViews,
    ...(objections > 0 ? { objections } : {}),
    ...(words > 0 ? { words } : {}),
  });
  await note(tx, "records", "erase recorded patrol time", { days: patrolDays });
  await note(tx, "administration", "erase old data complaints", { complaints });
  await note(tx, "records", "forget who tapped at stops", { taps });
  if (events?.removed) {
    const { before, byKind } = events.removed;
    await note(tx, "records", "erase events past their age", { ...byKind }, { before });
  }
  return { events, outreach, footprintViews, patrolDays };
}

/** Texts of withdrawn objections and of comments; returns the total. */
const deleteOldWords = (tx: Transaction, now: number) =>
  tx.through("keeper", async (keeper) => {
    const lifted = new Date(now - objectionKeptMs);
    const said = new Date(now - planCommentDays * dayMs);
    const objections = sql`delete from release_objection where lifted_at < ${lifted} returning id`;
    const comments = sql`delete from place_plan_comment where said_at < ${said} returning 1`;
    return (await countOf(keeper, objections)) + (await countOf(keeper, comments));
  });

/** Before a London day; also pictures shown before it, and viewers left without views. */
async function deleteFootprintViews(tx: Transaction, before: string): Promise<number> {
  const gone = sql`delete from footprint_view where day < ${before} returning 1`;
  const views = await countOf(tx, gone);
  await tx.run(sql`delete from shown_picture where last_shown < ${before}`);
  await tx.run(
    sql`delete from footprint_viewer
      where not exists (
        select from footprint_view
        where footprint_view.partner_id = footprint_viewer.partner_id
          and footprint_view.alias = footprint_viewer.alias
      )`,
  );
  return views;
}

async function note(
  tx: Transaction,
  purpose: "safeguarding" | "records" | "administration",
  act: string,
  counts: Readonly<Record<string, number>>,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (Object.values(counts).every((count) => count === 0)) return;
  const detail = { ...more, ...counts };
  await appendAudit(tx, systemActor, { verb: "erasure", act, purpose, outcome: "done", detail });
}

const eventRemoval = z.object({
  id: z.int(),
  announcedAt: z.number(),
  dueAt: z.number(),
  /** `YYYY-MM-DD`: events that had ended before it go. */
  before: z.string(),
  count: z.int(),
  erasedAt: z.number().nullable(),
  erasedCount: z.int().nullable(),
});
type EventRemoval = z.infer<typeof eventRemoval>;
type Announced = Pick<EventRemoval, "before" | "dueAt" | "count">;

export const lastRemoval = (tx: Transaction, which: "announced" | "done") =>
  tx.maybe(
    eventRemoval,
    sql`select ${columnsOf(eventRemoval, { as: { event_count: "count" } })} from event_removal
      where erased_at is ${which === "done" ? sql`not null` : sql`null`}
      order by id desc limit 1`,
  );

interface EventErasure {
  /** By kind; null when nothing was due. */
  readonly removed: {
    readonly before: string;
    readonly byKind: Readonly<Record<string, number>>;
  } | null;
  readonly announced: Announced | null;
  /** An announcement was taken back: events are kept longer now. */
  readonly withdrawn: boolean;
  /** Announced, not due yet; `later`: past their age too, but imported since. */
  readonly pending: (Announced & { readonly later: number }) | null;
}

/**
 * Removes what was announced and is due, then announces what comes due next. Only data imported
 * before the announcement is removed, so that nothing goes unannounced.
 */
async function removeOldEvents(tx: Transaction, moment: Moment): Promise<EventErasure> {
  const { zone, now } = moment;
  const years = await eventYears(tx);
  const open = await lastRemoval(tx, "announced");
  const holds = open !== null && stillHolds(moment, open, years);
  const withdrawn = open !== null && !holds;
  if (withdrawn) await tx.run(sql`delete from event_removal where id = ${open.id}`);
  if (holds && now < open.dueAt) {
    const { before, dueAt, count } = open;
    const past = zone.startOfDate(yearsBefore(zone.dateOf(now), years));
    const later =
      (await countOldEvents(tx, past, now)) - (await countOldEvents(tx, past, open.announcedAt));
    const pending = { before, dueAt, count, later };
    return { removed: null, announced: null, withdrawn, pending };
  }
  const removed = holds ? await removeAnnounced(tx, moment, open) : null;
  return { removed, announced: await announce(tx, moment, years), withdrawn, pending: null };
}

async function removeAnnounced(
  tx: Transaction,
  { zone, now }: Moment,
  { id, before, announcedAt }: EventRemoval,
): Promise<EventErasure["removed"]> {
  const gone = await tx.rows(
    z.object({ kind: z.string(), count: z.int() }),
    sql`with gone as (
        delete from event using batch
        where ${isOld(zone.startOfDate(before), announcedAt)} returning event.kind
      )
      select kind, count(*) as count from gone group by gone.kind order by gone.kind`,
  );
  await deleteUnusedTypes(tx);
  const erasedCount = gone.reduce((sum, { count }) => sum + count, 0);
  const done = assigned({ erasedAt: new Date(now), erasedCount });
  await tx.run(sql`update event_removal set ${done} where id = ${id}`);
  return { before, byKind: Object.fromEntries(gone.map(({ kind, count }) => [kind, count])) };
}

/** Ended before one instant, imported before another. */
const isOld = (endedBefore: number, importedBefore: number) => sql`batch.id = event.batch_id
  and event.ends_at < ${new Date(endedBefore)} and batch.imported_at <= ${new Date(importedBefore)}`;

const countOldEvents = (tx: Transaction, endedBefore: number, importedBefore: number) =>
  countOf(tx, sql`select from event, batch where ${isOld(endedBefore, importedBefore)}`);

/** False if retention was extended since, or the announcing clock was ahead. */
function stillHolds({ zone, now }: Moment, removal: EventRemoval, years: number): boolean {
  const { announcedAt, dueAt, before } = removal;
  return before <= yearsBefore(zone.dateOf(dueAt), years) && announcedAt <= now + dayMs;
}

async function announce(
  tx: Transaction,
  { zone, now }: Moment,
  years: number,
): Promise<Announced | null> {
  const dueAt = now + announcedDays * dayMs;
  const before = yearsBefore(zone.dateOf(dueAt), years);
  const count = await countOldEvents(tx, zone.startOfDate(before), now);
  if (count === 0) return null;
  const [announcedAt, due] = [new Date(now), new Date(dueAt)];
  const removal = { announcedAt, dueAt: due, before, eventCount: count };
  await tx.run(insertInto("event_removal", removal));
  return { before, dueAt, count };
}

export const sourceAddressKey = "source-addresses";
const setting = z.strictObject({ days: z.int().min(leastAddressDays).max(mostAddressDays) });

/** Retention of source addresses of refused sign-ins. */
async function sourceAddressSetting(tx: Transaction): Promise<{ readonly days: number }> {
  const held = setting.safeParse(await readSetting(tx, sourceAddressKey));
  return held.success ? held.data : { days: usualAddressDays };
}
