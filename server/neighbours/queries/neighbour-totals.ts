import type { GivenTotal } from "#core/neighbours/totals-file.ts";
import type { Transaction } from "#server/db/database.ts";

export interface NeighbourTotal extends GivenTotal {
  readonly neighbour: string;
  readonly agreementId: string;
  /** Of the agreement under which it was given. */
  readonly reference: string;
  /** Epoch milliseconds. */
  readonly givenAt: number;
}

/** Of one neighbour or of all that the caller may see: per quarter the last given first. */
export function loadTotals(
  tx: Transaction,
  neighbour: string | null = null,
): Promise<NeighbourTotal[]> {
  return tx.query<NeighbourTotal>(
    `select
       neighbour_total.neighbour as "neighbour",
       neighbour_total.quarter as "quarter",
       neighbour_total.reports::int as "reports",
       neighbour_total.agreement_id::text as "agreementId",
       neighbour_agreement.reference as "reference",
       (extract(epoch from neighbour_total.given_at) * 1000)::float8 as "givenAt"
     from neighbour_total
     join neighbour_agreement on neighbour_agreement.id = neighbour_total.agreement_id
     where $1::text is null or neighbour_total.neighbour = $1::text
     order by neighbour_total.neighbour, neighbour_total.quarter, neighbour_total.id desc`,
    [neighbour],
  );
}

export async function insertTotals(
  tx: Transaction,
  given: {
    readonly agreementId: string;
    readonly neighbour: string;
    readonly totals: readonly GivenTotal[];
    readonly at: number;
    readonly by: string;
  },
): Promise<void> {
  await tx.query(
    `insert into neighbour_total (agreement_id, neighbour, quarter, reports, given_at, given_by)
     select $1::bigint, $2::text, given.quarter, given.reports, $5::timestamptz, $6::text
     from unnest($3::text[], $4::int[]) as given (quarter, reports)
     order by given.quarter`,
    [
      given.agreementId,
      given.neighbour,
      given.totals.map(({ quarter }) => quarter),
      given.totals.map(({ reports }) => reports),
      new Date(given.at),
      given.by,
    ],
  );
}

/** Two that give totals of one neighbour at once follow each other. */
export async function lockTotals(tx: Transaction, neighbour: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(7331, hashtext($1::text))", [neighbour]);
}
