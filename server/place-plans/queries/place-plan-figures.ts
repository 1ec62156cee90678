import type { PinnedFigure } from "#core/place-plans/figure.ts";
import type { Transaction } from "#server/db/database.ts";
import type { WrittenBy } from "#server/place-plans/queries/place-plans.ts";

export interface FigureRow {
  readonly id: number;
  readonly planId: number;
  readonly pinnedAt: number;
  readonly pinnedBy: string;
  readonly asAt: string;
  readonly content: PinnedFigure;
}

/** Those that stand, in the order in which they were pinned. */
export function loadFigures(tx: Transaction): Promise<FigureRow[]> {
  return tx.query<FigureRow>(
    `select id::int as "id", plan_id::int as "planId",
       (extract(epoch from pinned_at) * 1000)::float8 as "pinnedAt", pinned_by as "pinnedBy",
       to_char(as_at, 'YYYY-MM-DD') as "asAt", content as "content"
     from place_plan_figure
     where removed_at is null
     order by id`,
  );
}

export async function insertFigure(
  tx: Transaction,
  figure: { readonly planId: number; readonly asAt: string; readonly content: PinnedFigure },
  by: WrittenBy,
): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `insert into place_plan_figure (plan_id, pinned_at, pinned_by, as_at, content)
     values ($1::int, $2::timestamptz, $3::text, $4::date, $5::jsonb)
     returning id::int as "id"`,
    [figure.planId, new Date(by.now), by.person, figure.asAt, JSON.stringify(figure.content)],
  );
  return rows[0]?.id ?? 0;
}

/** Takes a figure off its plan, or puts it back; false where there is none of that number. */
export async function markFigureRemoved(
  tx: Transaction,
  figure: { readonly id: number; readonly planId: number; readonly removedAt: number | null },
): Promise<boolean> {
  const rows = await tx.query(
    `update place_plan_figure
     set removed_at = $3::timestamptz
     where id = $1::int and plan_id = $2::int
     returning id`,
    [figure.id, figure.planId, figure.removedAt === null ? null : new Date(figure.removedAt)],
  );
  return rows.length > 0;
}
