import { revision } from "#core/contract/fields.ts";
import type { Transaction } from "#server/db/database.ts";
import { assigned, type Fields, named, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

/** A record as somebody read it. */
export interface Read {
  readonly id: number;
  readonly revision: number;
}

/**
 * Changes a record that is still at the revision that was read, and answers the new one; null where somebody else was
 * first. Whoever comes at the same moment waits here.
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

/** Newest first, each with what it changed of the one before. */
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

/** Somebody else was first: who, when and what, and that nothing typed is lost. Null where the record is gone. */
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
