import type { ActionOwner, ActionState } from "#core/place-plans/action.ts";
import type { Transaction } from "#server/db/database.ts";
import type { WrittenBy } from "#server/place-plans/queries/place-plans.ts";

export interface StoredAction {
  readonly id: number;
  readonly planId: number | null;
  readonly plan: string | null;
  /** Whether partners at the meeting may read of its plan; true without one. */
  readonly isForMeeting: boolean;
  /** The number of the meeting that decided it. */
  readonly meeting: number | null;
  readonly words: string;
  readonly owner: ActionOwner;
  readonly dueOn: string;
  readonly state: ActionState;
  readonly closedOn: string | null;
  readonly revision: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly changedBy: string;
}

/** Open ones by due date, then those that are over, the last ones first. */
export function loadActions(tx: Transaction): Promise<StoredAction[]> {
  return tx.query<StoredAction>(
    `select
       place_action.id::int as "id", place_action.plan_id::int as "planId",
       place_plan.name as "plan", coalesce(place_plan.is_for_meeting, true) as "isForMeeting",
       meeting_pack.number::int as "meeting", place_action.words as "words",
       place_action.owner as "owner", to_char(place_action.due_on, 'YYYY-MM-DD') as "dueOn",
       place_action.state as "state", to_char(place_action.closed_on, 'YYYY-MM-DD') as "closedOn",
       place_action.revision::int as "revision",
       (extract(epoch from place_action.created_at) * 1000)::float8 as "createdAt",
       (extract(epoch from place_action.changed_at) * 1000)::float8 as "changedAt",
       place_action.changed_by as "changedBy"
     from place_action
     left join place_plan on place_plan.id = place_action.plan_id
     left join meeting_pack on meeting_pack.id = place_action.pack_id
     order by place_action.state <> 'open',
       case when place_action.state = 'open' then place_action.due_on end,
       place_action.closed_on desc, place_action.id`,
  );
}

export async function insertAction(
  tx: Transaction,
  action: {
    readonly planId: number | null;
    readonly packId: number | null;
    readonly words: string;
    readonly owner: ActionOwner;
    readonly dueOn: string;
  },
  by: WrittenBy,
): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `insert into place_action (
       plan_id, pack_id, words, owner, due_on, state, revision, created_at, created_by, changed_at, changed_by
     )
     values (
       $1::int, $2::int, $3::text, $4::text, $5::date, 'open', 1, $6::timestamptz, $7::text,
       $6::timestamptz, $7::text
     )
     returning id::int as "id"`,
    [
      ...[action.planId, action.packId, action.words, action.owner, action.dueOn],
      ...[new Date(by.now), by.person],
    ],
  );
  return rows[0]?.id ?? 0;
}

/** Null where somebody else was first. */
export async function changeAction(
  tx: Transaction,
  action: {
    readonly id: number;
    readonly read: number;
    readonly words: string;
    readonly owner: ActionOwner;
    readonly dueOn: string;
    readonly state: ActionState;
    readonly closedOn: string | null;
  },
  by: WrittenBy,
): Promise<number | null> {
  const rows = await tx.query<{ revision: number }>(
    `update place_action
     set words = $3::text, owner = $4::text, due_on = $5::date, state = $6::text,
       closed_on = $7::date, changed_at = $8::timestamptz, changed_by = $9::text,
       revision = revision + 1
     where id = $1::int and revision = $2::int
     returning revision::int as "revision"`,
    [
      ...[action.id, action.read, action.words, action.owner, action.dueOn, action.state],
      ...[action.closedOn, new Date(by.now), by.person],
    ],
  );
  return rows[0]?.revision ?? null;
}
