import { periodName, readHandoverWords } from "#core/exchange/handover-words.ts";
import { quarterOf } from "#core/exchange/quarter.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { HandoverBody, HandoverReply } from "#core/wire/exchange.ts";
import type { Services } from "#server/context.ts";
import type { Transaction } from "#server/db/database.ts";
import { agreementOrRefuse } from "#server/exchange/agreements.ts";
import { Problem } from "#server/problem.ts";
import { type Handover, insertHandover } from "#server/queries/handovers.ts";

const usualWords = "More reports than expected near the line.";

/**
 * Hands an alert over: the zone, a month or quarter, and words without a figure. Their outreach is told
 * first; until somebody ticks that, no liaison sees it.
 */
export async function handOver(
  tx: Transaction,
  { asAt }: Pick<Services, "asAt">,
  body: HandoverBody,
  by: string,
): Promise<Handover> {
  const { neighbour, from, to } = body;
  const agreement = await agreementOrRefuse(tx, neighbour, asAt.date());
  if (to < from) throw notHandedOver("to", "The last day lies before the first one.");
  if (to > asAt.date()) throw notHandedOver("to", "These days are not over yet.");
  const words = readHandoverWords(body.words ?? usualWords);
  if (!words.ok) throw notHandedOver("words", words.reason);
  return insertHandover(tx, {
    agreementId: agreement.id,
    neighbour,
    period: periodOf(from, to),
    words: words.value,
    at: asAt.now(),
    by,
  });
}

/** Its month; else its quarter; else the month in which it ended. Never the days. */
function periodOf(from: string, to: string): string {
  const month = to.slice(0, 7);
  const isOneQuarter = quarterOf(from) === quarterOf(to);
  return from.slice(0, 7) !== month && isOneQuarter ? quarterOf(to) : month;
}

export function handoverReplyOf(zone: Zone, handover: Handover): HandoverReply {
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

export function foundOrRefuse(handover: Handover | null): Handover {
  if (handover !== null) return handover;
  throw new Problem(404, "No such handover", "There is no alert handed over under this number.");
}

function notHandedOver(field: string, reason: string): Problem {
  return new Problem(422, "Not handed over", reason, [{ field, reason }]);
}
