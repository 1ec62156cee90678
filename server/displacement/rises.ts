import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import { rise } from "#core/patrols/wire/board.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import type { OpenRises } from "#server/patrols/services.ts";

/** Each edge once, on the first day that showed it, for patrols that are approved from then on. */
export async function keepRises(
  tx: Transaction,
  operation: number,
  edges: AssessmentReply["edges"],
): Promise<void> {
  for (const { neighbour, evidence } of edges) {
    if (!evidence?.movedOn) continue;
    await tx.run(sql`insert into operation_rise (operation_id, neighbour, shown_on)
      values (${operation}, ${neighbour}, ${evidence.movedOn}) on conflict do nothing`);
  }
}

const openRise = rise.extend({ cells: z.array(eventCell).readonly() });

/**
 * By every state of the operation since the rise was kept: whoever ends or changes it frees nothing. The trigger on
 * `patrol_window` finds them by itself (sql/migrations/0033-rises-outlive-changes.sql).
 */
export const openRises: OpenRises = (tx, asAt) =>
  tx.through("keeper", (keeper) =>
    keeper.rows(
      openRise,
      sql`select distinct operation.name as operation, neighbour, state.starts_on as "from",
          state.ends_on as "to", state.treated as cells
        from operation_rise join operation using (operation_id)
        join operation_revision as state on state.operation_id = operation_rise.operation_id
          and state.revision >= operation_rise.revision
        join lateral (
          select choices from stop_rule
          where stop_rule.operation_id = operation.operation_id and confirmed_on is not null
          order by id desc limit 1
        ) as rule on 'pause' = any (rule.choices)
        where (state.ends_on is null or state.ends_on >= ${asAt}) and not exists (
          select from stop_answer
          where stop_answer.operation_id = operation.operation_id
            and stop_answer.neighbour = operation_rise.neighbour
            and (confirmed_on is not null or not by_two)
        )
        order by operation.name, neighbour`,
    ),
  );
