import type { AuditHead } from "#core/accounts/wire/audit.ts";
import type { AuditDetail, AuditEntry } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import type { ChainRow } from "#server/accounts/audit/chain.ts";
import type { Transaction } from "#server/db/database.ts";
import type { SqlValue, Statement } from "#server/db/sql.ts";

/** One row more in the chain; its number, time and hashes are the database's own. */
export function auditInsert(actor: Actor, entry: AuditEntry): Statement & { params: SqlValue[] } {
  return {
    name: "audit",
    sql: `insert into audit (person, role, partner, verb, act, purpose, outcome, detail)
     values (
       $1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text::jsonb
     )`,
    params: [
      actor.person,
      actor.role,
      actor.partner,
      entry.verb,
      entry.act,
      entry.purpose,
      entry.outcome,
      JSON.stringify(entry.detail),
    ],
  };
}

/** Text to the microsecond, as the hash covers it; a Date would lose three digits. */
const atText = `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The last row; null while the chain is empty. */
export async function readAuditHead(tx: Transaction): Promise<AuditHead | null> {
  const [head] = await tx.query<AuditHead>(
    `select id::text as "id", ${atText} as "at", encode(hash, 'hex') as "hash"
     from audit
     order by audit.id desc
     limit 1`,
  );
  return head ?? null;
}

/** When sergeants and analysts left their last line, in epoch milliseconds; null where they have left none. */
export async function lastLineOfPolice(tx: Transaction): Promise<number | null> {
  const [last] = await tx.query<{ at: number }>(
    `select (extract(epoch from at) * 1000)::float8 as "at"
     from audit
     where role in ('sergeant', 'analyst')
     order by audit.id desc
     limit 1`,
  );
  return last?.at ?? null;
}

export interface AuditFilter {
  readonly before?: string | undefined;
  /** Epoch milliseconds, half-open. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly person?: string | undefined;
  readonly verb?: string | undefined;
  readonly purpose?: string | undefined;
  readonly outcome?: string | undefined;
}

export interface AuditListRow {
  readonly id: string;
  readonly at: number;
  readonly person: string;
  readonly role: string;
  readonly partner: string | null;
  readonly verb: AuditEntry["verb"];
  readonly act: string;
  readonly purpose: AuditEntry["purpose"];
  readonly outcome: AuditEntry["outcome"];
  readonly detail: AuditDetail;
}

const listColumns = `
  (extract(epoch from at) * 1000)::float8 as "at",
  person as "person",
  role as "role",
  partner as "partner",
  verb as "verb",
  act as "act",
  purpose as "purpose",
  outcome as "outcome",
  detail`;

/**
 * Rows that a filter lets through, newest first; of a refused sign-in from where it came, while that is kept. Days become row numbers first, for rows are found by
 * number without sorting, however long the chain is.
 */
export async function findAuditRows(
  tx: Transaction,
  filter: AuditFilter,
  limit: number,
): Promise<AuditListRow[]> {
  const span = await rowsOfDays(tx, filter);
  if (span === null) return [];
  const conditions = ["audit.id >= $1::bigint", "audit.id <= $2::bigint"];
  const params: SqlValue[] = [span.first, span.last];
  const add = (condition: string, value: string | undefined) => {
    if (value === undefined) return;
    params.push(value);
    conditions.push(condition.replace("?", `$${params.length}`));
  };
  add("audit.id < ?::bigint", filter.before);
  add("person = ?::text", filter.person);
  add("verb = ?::text", filter.verb);
  add("purpose = ?::text", filter.purpose);
  if (filter.outcome === "refused") conditions.push("outcome = 'refused'");
  else add("outcome = ?::text", filter.outcome);
  return tx.query<AuditListRow>(
    `select id::text as "id", ${listColumns} || coalesce(
       (
         select jsonb_build_object('sourceAddress', sign_in_source.address)
         from sign_in_source
         where sign_in_source.audit_id = audit.id
       ),
       '{}'
     ) as "detail"
     from audit
     where ${conditions.join(" and ")}
     order by audit.id desc
     limit ${limit}`,
    params,
  );
}

/**
 * The acts of one person, newest first, numbered from 1 among themselves: the row numbers of the chain would
 * tell how much everybody else does between two of them (SAFEGUARDS 5, 13).
 */
export function findOwnActs(
  tx: Transaction,
  own: { readonly person: string; readonly before: string | undefined },
  limit: number,
): Promise<AuditListRow[]> {
  return tx.query<AuditListRow>(
    `with own as (
       select id as row_id, row_number() over (order by id) as number
       from audit
       where person = $1::text
     )
     select own.number::text as "id", ${listColumns} as "detail"
     from own
     join audit on audit.id = own.row_id
     where $2::bigint is null or own.number < $2::bigint
     order by own.number desc
     limit ${limit}`,
    [own.person, own.before ?? null],
  );
}

/**
 * Everybody who has a row, by name. It steps from one name to the next along audit_person_id: the work
 * grows with how many there are, not with how long the chain is.
 */
export async function personsInChain(tx: Transaction, most: number): Promise<string[]> {
  const rows = await tx.query<{ person: string }>(
    `with recursive known (person) as (
       (select person from audit order by person limit 1)
       union all
       select (
         select audit.person
         from audit
         where audit.person > known.person
         order by audit.person
         limit 1
       )
       from known
       where known.person is not null
     )
     select person as "person"
     from known
     where person is not null
     limit ${most}`,
  );
  return rows.map(({ person }) => person);
}

/** The first and last row of these days; null where they have none. */
async function rowsOfDays(
  tx: Transaction,
  { from, to }: AuditFilter,
): Promise<{ first: string; last: string } | null> {
  if (from === undefined && to === undefined) return { first: "0", last: "9223372036854775807" };
  const [row] = await tx.query<{ first: string | null; last: string | null }>(
    `select
       (select id from audit where at >= $1::timestamptz order by at limit 1)::text as "first",
       (select id from audit where at < $2::timestamptz order by at desc limit 1)::text as "last"`,
    [new Date(from ?? 0), new Date(to ?? Date.UTC(2100, 0, 1))],
  );
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}

/** Rows after a number, in the order of their numbers, up to one of them. */
export function readChainBlock(
  tx: Transaction,
  block: { readonly after: string | null; readonly upTo: string; readonly limit: number },
): Promise<ChainRow[]> {
  return tx.query<ChainRow>(
    `select id::text as "id",
            ${atText} as "at",
            person as "person",
            role as "role",
            partner as "partner",
            verb as "verb",
            act as "act",
            purpose as "purpose",
            outcome as "outcome",
            detail::text as "detail",
            encode(previous, 'hex') as "previous",
            encode(hash, 'hex') as "hash"
     from audit
     where audit.id > coalesce($1::bigint, -9223372036854775808) and audit.id <= $2::bigint
     order by audit.id
     limit $3::int`,
    [block.after, block.upTo, block.limit],
  );
}
