import { endedQuarters } from "#core/neighbours/agreement.ts";
import { type Quarter, quarterName } from "#core/neighbours/quarter.ts";
import type { QuarterTotal } from "#core/neighbours/received-totals.ts";
import {
  type AgreedTotals,
  type ReadTotals,
  readTotalsFile,
  readTotalsForm,
} from "#core/neighbours/totals-file.ts";
import type { GivenTotalReply, TotalsBody, TotalsReply } from "#core/neighbours/wire.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import { compareText } from "#core/text/text-order.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { agreementOrRefuse } from "#server/neighbours/agreements.ts";
import { type Agreement, loadAgreements } from "#server/neighbours/queries/agreements.ts";
import {
  insertTotals,
  loadTotals,
  lockTotals,
  type NeighbourTotal,
} from "#server/neighbours/queries/neighbour-totals.ts";
import type { Places } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

/** What a neighbour can give totals of at this moment. */
export function agreedTotals(agreement: Agreement, asAtDate: string): AgreedTotals {
  const { neighbour, zoneHash } = agreement;
  return { neighbour, zoneHash, quarters: endedQuarters(agreement, asAtDate) };
}

/** Takes totals of their side: all of them, or none with a reason for each row. */
export async function giveTotals(
  tx: Transaction,
  { zone, asAt, edgeZones }: Pick<Services, "zone" | "asAt"> & Pick<Places, "edgeZones">,
  given: { readonly neighbour: string; readonly body: TotalsBody; readonly by: string },
): Promise<TotalsReply> {
  const { neighbour, body, by } = given;
  const agreement = await agreementOrRefuse(tx, neighbour, asAt.date());
  await lockTotals(tx, neighbour);
  const agreed = agreedTotals(agreement, asAt.date());
  const read =
    "file" in body ? readTotalsFile(body.file, agreed) : readTotalsForm(body.totals, agreed);
  const totals = takenOrRefuse(read);
  const older = agreementsOfOlderZones(await loadAgreements(tx, neighbour), edgeZones);
  // One of an older zone is given again, also where its number is the same.
  const held = new Map(
    latestTotals(await loadTotals(tx, neighbour))
      .filter(({ agreementId }) => !older.has(agreementId))
      .map((one) => [one.quarter, one.reports]),
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
    totals: now.map((total) => totalReply(zone, total, older)),
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

/** By number, agreements over other cells than their zone has now: what was given under them is of another zone. */
export function agreementsOfOlderZones(
  agreements: readonly Pick<Agreement, "id" | "neighbour" | "cells">[],
  edgeZones: readonly EdgeZone[],
): ReadonlySet<string> {
  const cellsNow = new Map(
    edgeZones
      .filter(({ isInternal }) => !isInternal)
      .map(({ neighbour, outer }) => [neighbour, outer.toSorted(compareText).join()]),
  );
  const isOlder = ({ neighbour, cells }: Pick<Agreement, "neighbour" | "cells">) =>
    cells.toSorted(compareText).join() !== cellsNow.get(neighbour);
  return new Set(agreements.filter(isOlder).map(({ id }) => id));
}

export function totalReply(
  zone: Zone,
  total: NeighbourTotal,
  older: ReadonlySet<string>,
): GivenTotalReply {
  const { quarter, reports, givenAt, reference, agreementId } = total;
  return {
    quarter,
    name: quarterName(quarter),
    reports,
    givenAt: formatInstant(zone, givenAt),
    reference,
    isOlderZone: older.has(agreementId),
  };
}

/** By quarter, for adding up: its reports, null for fewer than 10, or that they are of an older zone. */
export function totalsByQuarter(
  totals: readonly NeighbourTotal[],
  older: ReadonlySet<string>,
): Map<Quarter, QuarterTotal> {
  return new Map(
    latestTotals(totals).map(({ quarter, reports, agreementId }) => [
      quarter,
      older.has(agreementId) ? "older zone" : reports,
    ]),
  );
}

function takenOrRefuse(read: ReadTotals) {
  if (read.ok) return read.totals;
  const { faults } = read;
  const rows = [...new Set(faults.map(({ row }) => row))];
  const shown = rows.slice(0, 5).join(", ");
  const where = `${rows.length === 1 ? "Row" : "Rows"} ${shown}${rows.length > 5 ? " and more" : ""}`;
  const detail = `${where}: correct what is marked and send everything again.`;
  throw new Problem(422, "Nothing was saved", detail, faults);
}
