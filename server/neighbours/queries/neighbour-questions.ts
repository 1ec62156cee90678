import type { Transaction } from "#server/db/database.ts";

/** One question more; how many there were on that day. For the keeper. */
export async function countQuestion(
  tx: Transaction,
  asked: { readonly neighbour: string; readonly day: string },
): Promise<number> {
  const rows = await tx.query<{ asked: number }>(
    `insert into neighbour_question (neighbour, day, asked)
     values ($1::text, $2::date, 1)
     on conflict on constraint neighbour_question_day_primary
       do update set asked = neighbour_question.asked + 1
     returning asked::int as "asked"`,
    [asked.neighbour, asked.day],
  );
  return rows[0]?.asked ?? 1;
}

/** The key of the comparison times, made by whoever asks first. For the keeper. */
export async function comparisonKey(tx: Transaction, fresh: Uint8Array): Promise<Uint8Array> {
  await tx.query(
    `insert into comparison_key (key) values ($1::bytea)
     on conflict on constraint comparison_key_only_one_primary do nothing`,
    [fresh],
  );
  const rows = await tx.query<{ key: Uint8Array }>(`select key as "key" from comparison_key`);
  return rows[0]?.key ?? fresh;
}
