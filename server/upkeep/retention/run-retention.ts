import { planCommentDays } from "#core/place-plans/retention.ts";
import { footprintViewDays } from "#core/protected-time/retention.ts";
import { addDays, dayMs } from "#core/time/zone.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { deleteSignInSources } from "#server/accounts/queries/sign-in-sources.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { objectionKeptMs } from "#server/protected-time/coordinator.ts";
import { deleteOldObjections } from "#server/protected-time/queries/coordinator.ts";
import { deleteLeftovers } from "#server/protected-time/queries/leaving.ts";
import { deleteFootprintViews, deleteOldWords } from "#server/upkeep/queries/retention.ts";
import { eraseSessions, type SessionErasure } from "#server/upkeep/retention/erase-sessions.ts";
import { type EventErasure, removeOldEvents } from "#server/upkeep/retention/remove-events.ts";
import { sourceAddressSetting } from "#server/upkeep/retention/source-addresses.ts";

export interface RetentionRound {
  /** Null in the demonstration, whose events stay. */
  readonly events: EventErasure | null;
  readonly outreach: SessionErasure;
  readonly footprintViews: number;
}

/** Thrown to undo a round that was only tried. */
class OnlyTried extends Error {
  readonly round: RetentionRound;

  constructor(round: RetentionRound) {
    super("only tried");
    this.round = round;
  }
}

/**
 * Erases what is past its time and notes in the audit chain how much it was, never what. In one
 * transaction; `dryRun` does the same and keeps nothing of it.
 */
export async function runRetention(
  { db, zone, asAt }: Pick<Services, "db" | "zone" | "asAt">,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<RetentionRound> {
  try {
    return await db.transaction(
      systemActor,
      async (tx) => {
        const round = await eraseAll(tx, { zone, now: asAt.now() }, asAt.demo);
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

async function eraseAll(tx: Transaction, moment: Moment, isDemo: boolean): Promise<RetentionRound> {
  await deleteLeftovers(tx, moment.now);
  const objections = await deleteOldObjections(tx, moment.now - objectionKeptMs);
  const words = await deleteOldWords(tx, {
    liftedBefore: moment.now - objectionKeptMs,
    saidBefore: moment.now - planCommentDays * dayMs,
  });
  const { days } = await sourceAddressSetting(tx);
  await deleteSignInSources(tx, Date.now() - days * dayMs);
  const outreach = await eraseSessions(tx, moment);
  const today = moment.zone.dateOf(moment.now);
  const footprintViews = await deleteFootprintViews(tx, addDays(today, -footprintViewDays));
  const events = isDemo ? null : await removeOldEvents(tx, moment);
  await note(tx, "safeguarding", "erase past outreach", {
    ...outreach,
    footprintViews,
    ...(objections > 0 ? { objections } : {}),
    ...(words > 0 ? { words } : {}),
  });
  if (events?.removed) {
    const { before, byKind } = events.removed;
    await note(tx, "records", "erase events past their age", { ...byKind }, { before });
  }
  return { events, outreach, footprintViews };
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
