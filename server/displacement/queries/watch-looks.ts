import type { Transaction } from "#server/db/database.ts";

export interface NewLook {
  readonly operationId: number;
  /** London date. */
  readonly asAt: string;
  readonly eventsVersion: string;
  readonly question: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly answer: "too_few" | "nothing" | "found";
  readonly reports: number;
  readonly leftOut: number;
  readonly lastOn: string | null;
  readonly unseen: readonly string[];
  readonly strongestP: number | null;
  readonly level: number;
  readonly looksPerYear: number;
  readonly replicates: number;
  readonly seed: number;
}

const lockNumber = 7_330;

/** Who writes down what was looked at waits for whoever does so now, until that transaction ends. */
export async function lockWatch(tx: Transaction): Promise<void> {
  await tx.query("select pg_advisory_xact_lock($1::bigint)", [lockNumber]);
}

/** False where somebody has looked at the very same already. */
export async function insertLook(tx: Transaction, look: NewLook): Promise<boolean> {
  const rows = await tx.query(
    `insert into watch_look (
       operation_id, as_at, events_version, question, looked_at, answer, reports, left_out,
       last_report_on, unseen, strongest_p, level, looks_per_year, replicates, seed
     )
     values (
       $1::int, $2::date, $3::text, $4::text, $5::timestamptz, $6::text, $7::int, $8::int,
       $9::date, $10::text[], $11::float8, $12::float8, $13::int, $14::int, $15::int
     )
     on conflict (operation_id, as_at, events_version, question) do nothing
     returning 1`,
    [
      look.operationId,
      look.asAt,
      look.eventsVersion,
      look.question,
      new Date(look.at),
      look.answer,
      look.reports,
      look.leftOut,
      look.lastOn,
      look.unseen,
      look.strongestP,
      look.level,
      look.looksPerYear,
      look.replicates,
      look.seed,
    ],
  );
  return rows.length > 0;
}

export interface StoredLook extends NewLook {
  readonly id: number;
}

/** The last look at each operation that is known by the as-at date. */
export function latestLooks(tx: Transaction, asAt: string): Promise<StoredLook[]> {
  return tx.query<StoredLook>(
    `select distinct on (operation_id)
            id::int as "id", operation_id as "operationId",
            to_char(as_at, 'YYYY-MM-DD') as "asAt", events_version as "eventsVersion",
            question as "question",
            (extract(epoch from looked_at) * 1000)::float8 as "at",
            answer as "answer", reports as "reports", left_out as "leftOut",
            to_char(last_report_on, 'YYYY-MM-DD') as "lastOn", unseen as "unseen",
            strongest_p as "strongestP", level as "level", looks_per_year as "looksPerYear",
            replicates as "replicates", seed as "seed"
     from watch_look
     where as_at <= $1::date
     order by operation_id, id desc`,
    [asAt],
  );
}

/** How often each operation was looked at since an instant. */
export async function countLooks(tx: Transaction, since: number): Promise<Map<number, number>> {
  const rows = await tx.query<{ operationId: number; count: number }>(
    `select operation_id as "operationId", count(*)::int as "count"
     from watch_look
     where looked_at > $1::timestamptz
     group by operation_id`,
    [new Date(since)],
  );
  return new Map(rows.map(({ operationId, count }) => [operationId, count]));
}
