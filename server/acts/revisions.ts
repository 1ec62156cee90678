import { revision } from "#core/contract/fields.ts";
import type { Transaction } from "#server/db/database.ts";
import { assigned, type Fields, named, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

export interface Read {
  readonly id: number;
  readonly revision: number;
}

/**
 * Changes a record still at the revision read, and returns the new revision; null on a conflict.
 * Concurrent changes wait here.
 */
export function changeRevision(
  tx: Transaction,
  { table, key = "id" }: { readonly table: string; readonly key?: string },
  read: Read,
  fields: Fields,
): Promise<number | null> {
  return tx.value(
    revision,
    sql`update ${named(table)} set ${assigned(fields)}, revision = revision + 1
      where ${named(key)} = ${read.id} and revision = ${read.revision} returning revision`,
  );
}

interface Revision {
  readonly revision: number;
  /** ISO 8601, local. */
  readonly at: string;
  readonly by: string;
}

type ChangesBetween<State> = (before: State, after: State) => readonly string[];

/** Newest first, each with its changes from the one before. */
export function historyOf<State extends Revision>(
  revisions: readonly State[],
  changesBetween: ChangesBetween<State>,
): (State & { readonly changes: readonly string[] })[] {
  return revisions
    .map((state, index) => {
      const before = revisions[index - 1];
      return { ...state, changes: before ? changesBetween(before, state) : [] };
    })
    .reverse();
}

/** Who changed it, when and what; null where the record is gone. */
export function changedMeanwhile<State extends Revision>(
  revisions: readonly State[],
  read: Read,
  changesBetween: ChangesBetween<State>,
): Problem | null {
  const last = revisions.at(-1);
  if (!last) return null;
  const before = revisions.find((one) => one.revision === read.revision);
  const changes = before ? changesBetween(before, last) : [];
  const what = changes.length > 0 ? ` ${changes.join("; ")}.` : "";
  return new Problem(
    409,
    "Someone else saved first",
    `${last.by} changed it at ${last.at.slice(11, 16)} (now revision ${last.revision}; you opened revision ${read.revision}).${what} Nothing was saved. Check it, then overwrite it with yours or discard yours.`,
  );
}
