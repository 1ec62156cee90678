import { z } from "zod";
import { handoverPeriod, periodName } from "#core/neighbours/quarter.ts";
import * as wire from "#core/neighbours/wire.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { agreementOrRefuse } from "#server/neighbours/agreements.ts";
import { Problem } from "#server/problem.ts";

const standingWords = "More reports than expected near the boundary.";

const handover = wire.handover.omit({ periodName: true }).extend({ neighbour: z.string() });
export type Handover = z.infer<typeof handover>;

const record = wire.commandHandover
  .omit({ periodName: true, isTeller: true })
  .extend({ neighbour: z.string() });

/** A liaison's own, newest first, once their outreach knows of it. */
export const loadHandovers = (tx: Transaction) =>
  tx.rows(handover, sql`select ${columnsOf(handover)} from handover order by id desc`);

/** All, newest first; for the own command. */
export const loadRecords = (tx: Transaction) =>
  tx.rows(record, sql`select ${columnsOf(record)} from handover order by id desc`);

/**
 * Hands an alert over: the zone, a month or quarter, and fixed wording. Their outreach is told
 * first; until another person has confirmed that, no liaison sees it.
 */
export async function handOver(
  tx: Transaction,
  { asAt, actor }: Act,
  {
    neighbour,
    firstDay,
    lastDay,
  }: { readonly neighbour: string; readonly firstDay: string; readonly lastDay: string },
): Promise<Handover> {
  const agreement = await agreementOrRefuse(tx, neighbour, asAt.date());
  const row = insertInto("handover", {
    agreementId: agreement.id,
    neighbour,
    words: standingWords,
    period: handoverPeriod(firstDay, lastDay),
    handedAt: new Date(asAt.now()),
    handedBy: actor.person,
  });
  return tx.one(handover, sql`${row} returning ${columnsOf(handover)}`);
}

/**
 * Confirms that their outreach was told. Must be another person than handed it over, so that nobody
 * alone brings anything over the line; the first time counts. The database enforces it too
 * (0008-neighbours.sql).
 */
export function sayTold(act: Act, id: string): Promise<wire.CommandHandover> {
  const { actor, asAt } = act;
  return act.db.transaction(actor, async (tx) => {
    act.addDetail({ handover: id });
    const find = async () => {
      const found = sql`select ${columnsOf(record)} from handover where id = ${id}`;
      return foundOrRefuse(await tx.maybe(record, found));
    };
    const before = await find();
    if (before.toldOutreachAt !== null) return commandHandoverOf(before, actor.person);
    if (before.handedBy === actor.person) {
      throw new Problem(
        409,
        "Another person must confirm",
        "You handed this alert over. Another sergeant or analyst must confirm that their outreach was told first.",
      );
    }
    const now = new Date(asAt.now());
    await tx.run(sql`update handover
      set told_outreach_at = ${now}, told_outreach_by = ${actor.person}
      where id = ${id} and told_outreach_at is null`);
    return commandHandoverOf(await find(), actor.person);
  });
}

/** Only the first time counts. */
export function acknowledge(act: Act, id: string): Promise<wire.HandoverReply> {
  const { actor, asAt } = act;
  return act.db.transaction(actor, async (tx) => {
    act.addDetail({ handover: id });
    await agreementOrRefuse(tx, actor.neighbour ?? "", asAt.date());
    const now = new Date(asAt.now());
    await tx.run(sql`update handover
      set acknowledged_at = ${now}, acknowledged_by = ${actor.person}
      where id = ${id} and acknowledged_at is null`);
    const found = sql`select ${columnsOf(handover)} from handover where id = ${id}`;
    return handoverReplyOf(foundOrRefuse(await tx.maybe(handover, found)));
  });
}

export function handoverReplyOf({ neighbour: _, ...handed }: Handover): wire.HandoverReply {
  return { ...handed, periodName: periodName(handed.period) };
}

export function commandHandoverOf(
  { neighbour: _, ...handed }: z.infer<typeof record>,
  reader: string,
): wire.CommandHandover {
  const isTeller = handed.toldOutreachAt === null && handed.handedBy !== reader;
  return { ...handed, periodName: periodName(handed.period), isTeller };
}

function foundOrRefuse<Found>(found: Found | null): Found {
  if (found !== null) return found;
  throw new Problem(404, "No such handover", "There is no handed-over alert with this number.");
}
