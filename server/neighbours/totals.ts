import { z } from "zod";
import { id } from "#core/contract/fields.ts";
import { endedQuarters } from "#core/neighbours/agreement.ts";
import { type Quarter, quarterName } from "#core/neighbours/quarter.ts";
import type { QuarterTotal } from "#core/neighbours/received-totals.ts";
import {
  type AgreedTotals,
  type GivenTotal,
  type ReadTotals,
  readTotalsFile,
  readTotalsForm,
} from "#core/neighbours/totals-file.ts";
import {
  type GivenTotalReply,
  givenTotal,
  type TotalsBody,
  type TotalsReply,
} from "#core/neighbours/wire.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import { compareText } from "#core/text/text-order.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { sql } from "#server/db/sql.ts";
import {
  type Agreement,
  agreementOrRefuse,
  loadAgreements,
} from "#server/neighbours/agreements.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

const neighbourTotal = givenTotal.omit({ name: true, isOlderZone: true }).extend({
  id,
  neighbour: z.string(),
  agreementId: z.string(),
});
type NeighbourTotal = z.infer<typeof neighbourTotal>;

/** One neighbour's, or all visible; newest first per quarter. */
export function loadTotals(tx: Transaction, neighbour?: string): Promise<NeighbourTotal[]> {
  const columns = columnsOf(neighbourTotal.omit({ reference: true }), { of: "neighbour_total" });
  return tx.rows(
    neighbourTotal,
    sql`select ${columns}, neighbour_agreement.reference
      from neighbour_total
      join neighbour_agreement on neighbour_agreement.id = neighbour_total.agreement_id
      where ${neighbour === undefined ? sql`true` : sql`neighbour_total.neighbour = ${neighbour}`}
      order by neighbour_total.neighbour, quarter, neighbour_total.id desc`,
  );
}

export function insertTotals(
  tx: Transaction,
  given: {
    readonly agreementId: string;
    readonly neighbour: string;
    readonly totals: readonly GivenTotal[];
    readonly at: number;
    readonly by: string;
  },
): Promise<void> {
  return tx.run(
    sql`insert into neighbour_total (agreement_id, neighbour, quarter, reports, given_at, given_by)
      select ${given.agreementId}::bigint, ${given.neighbour}::text, quarter, reports,
        ${new Date(given.at)}::timestamptz, ${given.by}::text
      from jsonb_to_recordset(${JSON.stringify(given.totals)}::jsonb)
        as given (quarter text, reports int)
      order by quarter`,
  );
}

export function agreedTotals(agreement: Agreement, asAtDate: string): AgreedTotals {
  const { neighbour, zoneHash } = agreement;
  return { neighbour, zoneHash, quarters: endedQuarters(agreement, asAtDate) };
}

/** All rows, or none with a reason for each. */
export async function giveTotals(
  act: Act,
  neighbour: string,
  body: TotalsBody,
): Promise<TotalsReply> {
  const { edgeZones } = await placesOf(act);
  const today = act.asAt.date();
  return act.db.transaction(act.actor, async (tx) => {
    const agreement = await agreementOrRefuse(tx, neighbour, today);
    // Serialises parallel submissions of one neighbour's totals.
    await tx.run(sql`select pg_advisory_xact_lock(7331, hashtext(${neighbour}::text))`);
    const agreed = agreedTotals(agreement, today);
    const totals = takenOrRefuse(
      "file" in body ? readTotalsFile(body.file, agreed) : readTotalsForm(body.totals, agreed),
    );
    const older = agreementsOfOlderZones(await loadAgreements(tx, neighbour), edgeZones);
    // A total of an older zone must be given again, even if its number is the same.
    const held = new Map(
      latestTotals(await loadTotals(tx, neighbour))
        .filter(({ agreementId }) => !older.has(agreementId))
        .map((one) => [one.quarter, one.reports]),
    );
    const fresh = totals.filter(
      ({ quarter, reports }) => !held.has(quarter) || held.get(quarter) !== reports,
    );
    const given = { at: act.asAt.now(), by: act.actor.person };
    await insertTotals(tx, { agreementId: agreement.id, neighbour, totals: fresh, ...given });
    const [taken, unchanged] = [fresh.length, totals.length - fresh.length];
    act.addDetail({ taken, unchanged });
    const now = latestTotals(await loadTotals(tx, neighbour));
    return { taken, unchanged, totals: now.map((total) => totalReply(total, older)) };
  });
}

/** The newest per neighbour and quarter; older ones are kept but not used. */
export function latestTotals(totals: readonly NeighbourTotal[]): NeighbourTotal[] {
  return totals.filter((one, at) => !isReplaced(totals, one, at));
}

export function replacedTotals(totals: readonly NeighbourTotal[]): NeighbourTotal[] {
  return totals.filter((one, at) => isReplaced(totals, one, at));
}

/** Relies on newest-first order per quarter. */
function isReplaced(totals: readonly NeighbourTotal[], one: NeighbourTotal, at: number): boolean {
  const before = totals[at - 1];
  return before?.quarter === one.quarter && before.neighbour === one.neighbour;
}

/** Numbers of agreements whose cells differ from the zone's present ones. */
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
  { id: _, neighbour: __, agreementId, ...total }: NeighbourTotal,
  older: ReadonlySet<string>,
): GivenTotalReply {
  return { ...total, name: quarterName(total.quarter), isOlderZone: older.has(agreementId) };
}

/** By quarter: reports, null for fewer than 10, or a mark for an older zone. */
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
