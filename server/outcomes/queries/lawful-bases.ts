import type { SensitiveBreakdown } from "#core/outcomes/measures.ts";
import type { BasisCondition, LawfulBasisBody } from "#core/outcomes/wire/tallies.ts";
import type { Transaction } from "#server/db/database.ts";

export interface StoredBasis {
  readonly breakdown: SensitiveBreakdown;
  readonly inForce: boolean;
  readonly condition: BasisCondition;
  readonly policy: string;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
  readonly recordedBy: string;
}

/** Everything that was recorded or ended, the last one first. */
export function loadLawfulBases(tx: Transaction): Promise<StoredBasis[]> {
  return tx.query<StoredBasis>(
    `select
       breakdown as "breakdown",
       in_force as "inForce",
       condition as "condition",
       policy as "policy",
       (extract(epoch from recorded_at) * 1000)::float8 as "recordedAt",
       recorded_by as "recordedBy"
     from lawful_basis
     order by id desc`,
  );
}

/** Breakdowns that may be typed. */
export async function basesInForce(tx: Transaction): Promise<SensitiveBreakdown[]> {
  const rows = await tx.query<{ breakdown: SensitiveBreakdown }>(
    `select latest.breakdown as "breakdown"
     from (
       select distinct on (breakdown) breakdown, in_force
       from lawful_basis
       order by breakdown, id desc
     ) as latest
     where latest.in_force
     order by latest.breakdown`,
  );
  return rows.map(({ breakdown }) => breakdown);
}

export async function insertLawfulBasis(
  tx: Transaction,
  basis: LawfulBasisBody & { readonly at: number; readonly by: string },
): Promise<void> {
  await tx.query(
    `insert into lawful_basis (breakdown, in_force, condition, policy, recorded_at, recorded_by)
     values ($1::text, $2::boolean, $3::text, $4::text, $5::timestamptz, $6::text)`,
    [basis.breakdown, basis.inForce, basis.condition, basis.policy, new Date(basis.at), basis.by],
  );
}
