import { z } from "zod";
import { type AuditPage, type AuditQuery, auditRow } from "#core/accounts/wire/audit.ts";
import { addDays } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { named, sql } from "#server/db/sql.ts";

const pageRows = 50;

/** Newest first. Its own audit line has the filter's codes, but no person. */
export function auditPageOf(act: Act, query: AuditQuery): Promise<AuditPage> {
  const { from, to, person, before, ...codes } = query;
  const { zone } = act;
  const span = {
    from: from === undefined ? undefined : zone.startOfDate(from),
    to: to === undefined ? undefined : zone.startOfDate(addDays(to, 1)),
  };
  return act.db.transaction(act.actor, async (tx) => {
    const rows = await findAuditRows(tx, { ...codes, before, person, ...span }, pageRows + 1);
    act.addDetail({
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(person === undefined || person === act.actor.person ? {} : { byPerson: true }),
      ...Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== undefined)),
      rows: Math.min(rows.length, pageRows),
    });
    return pageFrom(rows);
  });
}

/**
 * One page of the caller's own acts, newest first, numbered from 1 among themselves: the chain's
 * row numbers would reveal how much others do in between (SAFEGUARDS 5, 13).
 */
export function ownActsOf(act: Act, before: string | undefined): Promise<AuditPage> {
  return act.db.transaction(act.actor, async (tx) => {
    const rows = await tx.rows(
      auditRow,
      sql`with own as (
          select id as row_id, row_number() over (order by id) as number
          from audit where person = ${act.actor.person}
        )
        select own.number as id, detail, ${ownColumns}
        from own join audit on audit.id = own.row_id
        where ${before === undefined ? sql`true` : sql`own.number < ${before}`}
        order by own.number desc limit ${pageRows + 1}`,
    );
    act.addDetail({ rows: Math.min(rows.length, pageRows) });
    return pageFrom(rows);
  });
}

function pageFrom(rows: AuditPage["rows"]): AuditPage {
  const shown = rows.slice(0, pageRows);
  return { rows: shown, next: rows.length > pageRows ? (shown.at(-1)?.id ?? null) : null };
}

const ownColumns = columnsOf(auditRow.omit({ id: true, detail: true }));

type AuditFilter = Omit<AuditQuery, "from" | "to"> & {
  /** Epoch milliseconds, half-open. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/**
 * Rows matching a filter, newest first; a refused sign-in with its origin, while kept. Days become
 * row numbers first, as rows are found by number without sorting, however long the chain is.
 */
export async function findAuditRows(
  tx: Transaction,
  { before, from, to, outcome, ...exact }: AuditFilter,
  limit: number,
): Promise<AuditPage["rows"]> {
  const conditions = [before === undefined ? sql`true` : sql`audit.id < ${before}`];
  if (from !== undefined || to !== undefined) {
    const after = new Date(from ?? 0);
    const until = new Date(to ?? Date.UTC(2100, 0, 1));
    const { first, last } = await tx.one(
      z.object({ first: z.string().nullable(), last: z.string().nullable() }),
      sql`select (select id from audit where at >= ${after} order by at limit 1) as first,
        (select id from audit where at < ${until} order by at desc limit 1) as last`,
    );
    if (first === null || last === null) return [];
    conditions.push(sql`audit.id between ${first} and ${last}`);
  }
  for (const [name, value] of Object.entries(exact)) {
    if (value !== undefined) conditions.push(sql`${named(name)} = ${value}`);
  }
  // In the form of the refusals index.
  if (outcome === "refused") conditions.push(sql`outcome = 'refused'`);
  else if (outcome !== undefined) conditions.push(sql`outcome = ${outcome}`);
  return tx.rows(
    auditRow,
    sql`select id, ${ownColumns}, detail || coalesce(
        (
          select jsonb_build_object('sourceAddress', sign_in_source.address)
          from sign_in_source
          where sign_in_source.audit_id = audit.id
        ),
        '{}'
      ) as detail
      from audit
      where ${conditions.reduce((all, one) => sql`${all} and ${one}`)}
      order by audit.id desc limit ${limit}`,
  );
}

/**
 * Everyone with a row, by name. Skips from name to name along audit_person_id: the cost grows with
 * the number of people, not with the chain's length.
 */
export async function personsInChain(tx: Transaction, most: number): Promise<string[]> {
  const rows = await tx.rows(
    auditRow.pick({ person: true }),
    sql`with recursive known (person) as (
        (select person from audit order by person limit 1)
        union all
        select (
          select audit.person from audit where audit.person > known.person
          order by audit.person limit 1
        )
        from known where known.person is not null
      )
      select person from known where person is not null limit ${most}`,
  );
  return rows.map(({ person }) => person);
}
