import type { Transaction } from "#server/db/database.ts";

/** What a partner's people said of a closure that is large or long. */
export interface SecondWordRow {
  readonly sessionId: string;
  readonly askedBy: string;
  readonly confirmedBy: string | null;
}

/** By whoever acts in this transaction. */
export async function insertSecondWord(
  tx: Transaction,
  question: { readonly sessionId: string; readonly now: number },
): Promise<void> {
  await tx.query(
    `insert into second_word (session_id, asked_by, asked_at)
     values ($1::bigint, acting_person(), $2::timestamptz)`,
    [question.sessionId, new Date(question.now)],
  );
}

export function loadSecondWords(
  tx: Transaction,
  sessionIds: readonly string[],
): Promise<SecondWordRow[]> {
  return tx.query<SecondWordRow>(
    `select session_id::text as "sessionId", asked_by as "askedBy", confirmed_by as "confirmedBy"
     from second_word
     where session_id = any($1::bigint[])`,
    [sessionIds],
  );
}

/** False where nobody is asked, or somebody has answered. */
export async function confirmSecondWord(
  tx: Transaction,
  word: { readonly sessionId: string; readonly now: number },
): Promise<boolean> {
  const rows = await tx.query(
    `update second_word
     set confirmed_by = acting_person(), confirmed_at = $2::timestamptz
     where session_id = $1::bigint and confirmed_at is null
     returning session_id`,
    [word.sessionId, new Date(word.now)],
  );
  return rows.length === 1;
}
