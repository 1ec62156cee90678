import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { type MoveReferences, moveReferences } from "#core/places/move/wire.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

/**
 * What speaks of cells, areas (by code) and neighbours (by name) that go. It reads nothing of
 * protected time: neither are there areas in it, nor is it the operator's to count.
 */
export function referencesTo(
  tx: Transaction,
  gone: {
    readonly cells: readonly H3Cell[];
    readonly areas: readonly string[];
    readonly neighbours: readonly string[];
  },
  { now, today }: { readonly now: number; readonly today: string },
): Promise<MoveReferences> {
  const cells = sql`any(${gone.cells.map(cellToDecimal)}::bigint[])`;
  const neighbours = sql`any(${gone.neighbours}::text[])`;
  return tx.one(
    moveReferences,
    sql`with left_operation as (
        select operation.ends_on from operation
        where exists (
          select from operation_cell
          where operation_cell.operation_id = operation.operation_id and part = 'treated'
            and cell = ${cells}
        )
      )
      select
        (
          select count(distinct patrol_window.id) from patrol_window
          join patrol_stop on patrol_stop.window_id = patrol_window.id
          where status in ('suggested', 'agreed') and ends_at > ${new Date(now)}
            and patrol_stop.cell = ${cells}
        ) as patrols,
        (select count(*) from left_operation) as operations,
        (
          select count(*) from left_operation where ends_on is null or ends_on >= ${today}::date
        ) as running_operations,
        (
          select count(*) from alert where state <> 'closed' and neighbour = ${neighbours}
        ) as alerts,
        (
          select count(*) from place_plan
          where state <> 'closed' and exists (select from unnest(cells) as held where held = ${cells})
        ) as place_plans,
        (
          select count(*) from patrol_partner where areas && ${gone.areas}::text[]
        ) as patrol_partners,
        (
          select count(distinct neighbour) from neighbour_agreement where neighbour = ${neighbours}
        ) as agreements,
        (
          select count(*) from account where disabled_at is null and neighbour = ${neighbours}
        ) as liaisons,
        (select count(*) from release) as releases`,
  );
}
