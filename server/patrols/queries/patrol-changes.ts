import type { ChangedWindow, PlanAct } from "#core/patrols/wire/board.ts";
import type { Transaction } from "#server/db/database.ts";

export interface ChangeRow {
  readonly id: string;
  readonly act: PlanAct;
  readonly at: number;
  readonly by: string;
  readonly windows: readonly ChangedWindow[];
}

export async function insertChange(
  tx: Transaction,
  change: Omit<ChangeRow, "id"> & { readonly planId: string },
): Promise<void> {
  await tx.query(
    `insert into patrol_change (plan_id, act, changed_at, changed_by, windows)
     values ($1::bigint, $2::text, $3::timestamptz, $4::text, $5::text::jsonb)`,
    [change.planId, change.act, new Date(change.at), change.by, JSON.stringify(change.windows)],
  );
}

/** Newest first. */
export function changesOf(tx: Transaction, planId: string, most: number): Promise<ChangeRow[]> {
  return tx.query<ChangeRow>(
    `select id::text as "id",
            act as "act",
            (extract(epoch from changed_at) * 1000)::float8 as "at",
            changed_by as "by",
            windows as "windows"
     from patrol_change
     where plan_id = $1::bigint
     order by patrol_change.id desc
     limit $2::int`,
    [planId, most],
  );
}
