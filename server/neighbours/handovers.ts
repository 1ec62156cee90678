import { handoverPeriod, periodName } from "#core/neighbours/quarter.ts";
import type { CommandHandover, HandoverReply } from "#core/neighbours/wire.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { agreementOrRefuse } from "#server/neighbours/agreements.ts";
import * as sql from "#server/neighbours/queries/handovers.ts";
import { Problem } from "#server/problem.ts";

const standingWords = "More reports than expected near the boundary.";

interface HandedAlert {
  readonly neighbour: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

/**
 * Hands an alert over: the zone, a month or quarter, and standing words. Their outreach is told first;
 * until another person has said that it was, no liaison sees it.
 */
export async function handOver(
  tx: Transaction,
  { asAt }: Pick<Services, "asAt">,
  { neighbour, firstDay, lastDay }: HandedAlert,
  by: string,
): Promise<sql.Handover> {
  const agreement = await agreementOrRefuse(tx, neighbour, asAt.date());
  return sql.insertHandover(tx, {
    agreementId: agreement.id,
    neighbour,
    period: handoverPeriod(firstDay, lastDay),
    words: standingWords,
    at: asAt.now(),
    by,
  });
}

/**
 * Their outreach was told. Another person says so than handed it over, so that one person alone brings
 * nothing over the line; the first time counts. The database refuses it too (0035).
 */
export async function sayTold(
  tx: Transaction,
  told: { readonly id: string; readonly at: number; readonly by: string },
): Promise<sql.HandoverRecord> {
  const record = foundOrRefuse(await sql.loadHandoverRecord(tx, told.id));
  if (record.toldOutreachAt !== null) return record;
  if (record.handedBy === told.by) {
    throw new Problem(
      409,
      "Another person must confirm",
      "You handed this alert over. Another sergeant or analyst must confirm that their outreach was told first.",
    );
  }
  await sql.markOutreachTold(tx, told);
  return foundOrRefuse(await sql.loadHandoverRecord(tx, told.id));
}

export function handoverReplyOf(zone: Zone, handover: sql.Handover): HandoverReply {
  const { id, period, words, handedAt, toldOutreachAt, acknowledgedAt } = handover;
  const when = (at: number | null) => (at === null ? null : formatInstant(zone, at));
  return {
    id,
    period,
    periodName: periodName(period),
    words,
    handedAt: formatInstant(zone, handedAt),
    toldOutreachAt: when(toldOutreachAt),
    acknowledgedAt: when(acknowledgedAt),
  };
}

/** As the own command sees it: with who handed it over and who said that outreach was told. */
export function commandHandoverOf(
  zone: Zone,
  record: sql.HandoverRecord,
  reader: string,
): CommandHandover {
  const { handedBy, toldOutreachBy, toldOutreachAt } = record;
  const isTeller = toldOutreachAt === null && handedBy !== reader;
  return { ...handoverReplyOf(zone, record), handedBy, toldOutreachBy, isTeller };
}

export function foundOrRefuse<Found>(handover: Found | null): Found {
  if (handover !== null) return handover;
  throw new Problem(404, "No such handover", "There is no handed-over alert with this number.");
}
