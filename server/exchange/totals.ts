import { endedQuarters } from "#core/exchange/agreement.ts";
import { type Quarter, quarterName } from "#core/exchange/quarter.ts";
import {
  type AgreedTotals,
  type ReadTotals,
  readTotalsFile,
  readTotalsForm,
} from "#core/exchange/totals-file.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { GivenTotalReply, TotalsBody, TotalsReply } from "#core/wire/exchange.ts";
import type { Services } from "#server/context.ts";
import type { Transaction } from "#server/db/database.ts";
import { agreementOrRefuse } from "#server/exchange/agreements.ts";
import { Problem } from "#server/problem.ts";
import type { Agreement } from "#server/queries/agreements.ts";
import {
  insertTotals,
  loadTotals,
  lockTotals,
  type NeighbourTotal,
} from "#server/queries/neighbour-totals.ts";

/** What a neighbour can give totals of at this moment. */
export function agreedTotals(agreement: Agreement, asAtDate: string): AgreedTotals {
  const { neighbour, zoneHash } = agreement;
  return { neighbour, zoneHash, quarters: endedQuarters(agreement, asAtDate) };
}

/** Takes totals of their side: all of them, or none with a reason for each row. */
export async function giveTotals(
  tx: Transaction,
  { zone, asAt }: Pick<Services, "zone" | "asAt">,
  given: { readonly neighbour: string; readonly body: TotalsBody; readonly by: string },
): Promise<TotalsReply> {
  const { neighbour, body, by } = given;
  const agreement = await agreementOrRefuse(tx, neighbour, asAt.date());
  await lockTotals(tx, neighbour);
  const agreed = agreedTotals(agreement, asAt.date());
  const read =
    "file" in body ? readTotalsFile(body.file, agreed) : readTotalsForm(body.totals, agreed);
  const totals = takenOrRefuse(read);
  const held = new Map(
    latestTotals(await loadTotals(tx, neighbour)).map((one) => [one.quarter, one.reports]),
  );
  const fresh = totals.filter(
    ({ quarter, reports }) => !held.has(quarter) || held.get(quarter) !== reports,
  );
  if (fresh.length > 0) {
    const at = asAt.now();
    await insertTotals(tx, { agreementId: agreement.id, neighbour, totals: fresh, at, by });
  }
  const now = latestTotals(await loadTotals(tx, neighbour));
  return {
    taken: fresh.length,
    unchanged: totals.length - fresh.length,
    totals: now.map((total) => totalReply(zone, total)),
  };
}

/** The last one given of each neighbour and quarter; those before it are kept and count no more. */
export function latestTotals(totals: readonly NeighbourTotal[]): NeighbourTotal[] {
  return totals.filter((one, at) => !isReplaced(totals, one, at));
}

export function replacedTotals(totals: readonly NeighbourTotal[]): NeighbourTotal[] {
  return totals.filter((one, at) => isReplaced(totals, one, at));
}

/** The last given of a quarter comes first. */
function isReplaced(totals: readonly NeighbourTotal[], one: NeighbourTotal, at: number): boolean {
  const before = totals[at - 1];
  return before?.quarter === one.quarter && before.neighbour === one.neighbour;
}

export function totalReply(zone: Zone, total: NeighbourTotal): GivenTotalReply {
  const { quarter, reports, givenAt, reference } = total;
  return {
    quarter,
    name: quarterName(quarter),
    reports,
    givenAt: formatInstant(zone, givenAt),
    reference,
  };
}

/** By quarter, for adding up. */
export function totalsByQuarter(totals: readonly NeighbourTotal[]): Map<Quarter, number | null> {
  return new Map(latestTotals(totals).map(({ quarter, reports }) => [quarter, reports]));
}

function takenOrRefuse(read: ReadTotals) {
  if (read.ok) return read.totals;
  const { faults } = read;
  const rows = [...new Set(faults.map(({ row }) => row))];
  const shown = rows.slice(0, 5).join(", ");
  const where = `${rows.length === 1 ? "Row" : "Rows"} ${shown}${rows.length > 5 ? " and more" : ""}`;
  const detail = `${where}: mend what is named and send all of it again.`;
  throw new Problem(422, "Nothing was taken", detail, faults);
}
