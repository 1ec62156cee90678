import type { BreakdownName, MeasureName, SensitiveBreakdown } from "#core/outcomes/measures.ts";
import type { StandingTally } from "#core/outcomes/typed-tally.ts";
import type * as wire from "#core/outcomes/wire/tallies.ts";
import type { Transaction } from "#server/db/database.ts";

/** Two who type at once are one after the other, so that parts never come to more than their whole. */
export async function lockTallies(tx: Transaction): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtext('tally'))");
}

/** Stores one typed total, or types one again that was withdrawn; answers its number. `at`: epoch milliseconds. */
export async function addTally(
  tx: Transaction,
  tally: wire.Tally,
  at = Date.now(),
): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `insert into tally (
       measure, breakdown, part, period_from, period_to, value, taken_from, entered_at, changed_at
     )
     values (
       $1::text, $2::text, $3::text, $4::date, $5::date, $6::int, $7::text, $8::timestamptz,
       $8::timestamptz
     )
     returning tally_id::int as "id"`,
    [
      tally.measure,
      tally.breakdown ?? null,
      tally.part ?? null,
      tally.from,
      tally.to,
      tally.value,
      tally.takenFrom ?? null,
      new Date(at),
    ],
  );
  const made = rows[0];
  if (made === undefined) throw new Error(`wire.Tally "${tally.measure}" was not stored`);
  return made.id;
}

export interface TallyCorrection {
  readonly id: number;
  /** The one that was read. */
  readonly revision: number;
  /** Null: withdrawn. */
  readonly value: number | null;
  readonly reason: wire.TallyReason;
  readonly at: number;
  /** Where the value was read from; left out: as it was. */
  readonly takenFrom?: string | null;
}

/** False where somebody else has changed it since it was read. */
export async function correctTally(tx: Transaction, correction: TallyCorrection): Promise<boolean> {
  const { id, revision, value, reason, at, takenFrom } = correction;
  const rows = await tx.query(
    `update tally
     set value = $3::int, reason = $4::text, revision = revision + 1,
         taken_from = case when $6::boolean then $7::text else taken_from end,
         changed_at = $5::timestamptz, changed_by = coalesce(acting_person(), 'unknown')
     where tally_id = $1::int and revision = $2::int
     returning tally_id`,
    [id, revision, value, reason, new Date(at), takenFrom !== undefined, takenFrom ?? null],
  );
  return rows.length === 1;
}

/**
 * Totals whose period has ended by the as-at date, in the order in which they were first typed; those that were
 * withdrawn among them, without a value. For the system too.
 */
export function loadTallies(tx: Transaction, asAt: string): Promise<StandingTally[]> {
  return tx.query<StandingTally>(
    `select
       measure as "measure",
       breakdown as "breakdown",
       part as "part",
       to_char(period_from, 'YYYY-MM-DD') as "from",
       to_char(period_to, 'YYYY-MM-DD') as "to",
       value::int as "value"
     from tally
     where period_to <= $1::date
     order by tally_id`,
    [asAt],
  );
}

export interface StoredTally {
  readonly id: number;
  readonly measure: MeasureName;
  readonly breakdown: BreakdownName | null;
  readonly part: string | null;
  readonly from: string;
  readonly to: string;
  /** Null: withdrawn. */
  readonly value: number | null;
  readonly takenFrom: string | null;
  readonly revision: number;
  /** The first one first; `at` in epoch milliseconds. */
  readonly changes: readonly {
    readonly value: number | null;
    readonly reason: wire.TallyReason | null;
    readonly at: number;
    readonly by: string;
  }[];
}

/** Every typed total with every value that it ever had, the latest period first. */
export function loadStoredTallies(tx: Transaction, asAt: string): Promise<StoredTally[]> {
  return tx.query<StoredTally>(
    `select
       tally.tally_id::int as "id",
       tally.measure as "measure",
       tally.breakdown as "breakdown",
       tally.part as "part",
       to_char(tally.period_from, 'YYYY-MM-DD') as "from",
       to_char(tally.period_to, 'YYYY-MM-DD') as "to",
       tally.value::int as "value",
       tally.taken_from as "takenFrom",
       tally.revision::int as "revision",
       (
         select json_agg(
           json_build_object(
             'value', tally_change.value,
             'reason', tally_change.reason,
             'at', (extract(epoch from tally_change.changed_at) * 1000)::float8,
             'by', tally_change.changed_by
           )
           order by tally_change.revision
         )
         from tally_change
         where tally_change.tally_id = tally.tally_id
       ) as "changes"
     from tally
     where tally.period_to <= $1::date
     order by tally.period_to desc, tally.period_from, tally.tally_id`,
    [asAt],
  );
}

export interface PartnerTally {
  readonly from: string;
  readonly to: string;
  readonly value: number;
  /** Epoch milliseconds. */
  readonly enteredAt: number;
}

/** A partner's own contacts, the last one typed for each period; row policies show it no other's. */
export function loadOwnContacts(tx: Transaction, asAt: string): Promise<PartnerTally[]> {
  return tx.query<PartnerTally>(
    `select
       to_char(latest.period_from, 'YYYY-MM-DD') as "from",
       to_char(latest.period_to, 'YYYY-MM-DD') as "to",
       latest.value::int as "value",
       (extract(epoch from latest.entered_at) * 1000)::float8 as "enteredAt"
     from (
       select distinct on (period_from, period_to) period_from, period_to, value, entered_at
       from partner_tally
       where measure = 'outreach_contacts'
       order by period_from, period_to, id desc
     ) as latest
     where latest.period_to <= $1::date
     order by latest.period_to desc, latest.period_from`,
    [asAt],
  );
}

export async function insertOwnContacts(
  tx: Transaction,
  given: Omit<PartnerTally, "enteredAt"> & { readonly at: number; readonly by: string },
): Promise<void> {
  await tx.query(
    `insert into partner_tally (
       partner_id, measure, period_from, period_to, value, entered_at, entered_by
     )
     values (
       own_partner(), 'outreach_contacts', $1::date, $2::date, $3::int, $4::timestamptz, $5::text
     )`,
    [given.from, given.to, given.value, new Date(given.at), given.by],
  );
}

export interface StoredBasis {
  readonly breakdown: SensitiveBreakdown;
  readonly inForce: boolean;
  readonly condition: wire.BasisCondition;
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
  basis: wire.LawfulBasisBody & { readonly at: number; readonly by: string },
): Promise<void> {
  await tx.query(
    `insert into lawful_basis (breakdown, in_force, condition, policy, recorded_at, recorded_by)
     values ($1::text, $2::boolean, $3::text, $4::text, $5::timestamptz, $6::text)`,
    [basis.breakdown, basis.inForce, basis.condition, basis.policy, new Date(basis.at), basis.by],
  );
}
