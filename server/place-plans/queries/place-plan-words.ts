import type { Transaction } from "#server/db/database.ts";

/** What the coordinator has passed on to police: words and a day, never whose. */
export function passedOnWords(
  tx: Transaction,
): Promise<{ readonly planId: number; readonly words: string; readonly passedOn: string }[]> {
  return tx.query(
    `select plan_id::int as "planId", words as "words", to_char(passed_on, 'YYYY-MM-DD') as "passedOn"
     from place_plan_comment
     where passed_on is not null
     order by passed_on, key`,
  );
}

export interface CommentRow {
  readonly key: string;
  readonly planId: number;
  readonly partner: string;
  readonly words: string | null;
  readonly saidAt: number;
  readonly passedOn: string | null;
}

/** Newest first, of each partner on each plan the last fifty; without the words for whoever reads only that there were some. */
export function loadPlanComments(tx: Transaction, withWords: boolean): Promise<CommentRow[]> {
  return tx.query<CommentRow>(
    `select place_plan_comment.key::text as "key", place_plan_comment.plan_id::int as "planId",
       partner.name as "partner", ${withWords ? "place_plan_comment.words" : "null"} as "words",
       (extract(epoch from place_plan_comment.said_at) * 1000)::float8 as "saidAt",
       to_char(place_plan_comment.passed_on, 'YYYY-MM-DD') as "passedOn"
     from (
       select id, key, plan_id, partner_id, ${withWords ? "words," : ""} said_at, passed_on,
         row_number() over (partition by plan_id, partner_id order by id desc) as back
       from place_plan_comment
     ) as place_plan_comment
     join partner on partner.id = place_plan_comment.partner_id
     where place_plan_comment.back <= 50
     order by place_plan_comment.id desc`,
  );
}

/** The words that are passed on; null where the comment is gone. */
export async function passOnComment(
  tx: Transaction,
  comment: { readonly key: string; readonly planId: number; readonly on: string },
): Promise<string | null> {
  const rows = await tx.query<{ words: string }>(
    `update place_plan_comment
     set passed_on = coalesce(passed_on, $3::date)
     where key = $1::uuid and plan_id = $2::int
     returning words as "words"`,
    [comment.key, comment.planId, comment.on],
  );
  return rows[0]?.words ?? null;
}

export interface SharePartner {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** The partners there are; the coordinator's and the auditor's. */
export function sharePartners(tx: Transaction): Promise<SharePartner[]> {
  return tx.query<SharePartner>(
    `select id::text as "id", code as "code", name as "name"
     from partner
     where left_at is null
     order by name, id`,
  );
}

export function loadShares(
  tx: Transaction,
): Promise<{ readonly planId: number; readonly partnerId: string }[]> {
  return tx.query(
    `select plan_id::int as "planId", partner_id::text as "partnerId" from place_plan_share`,
  );
}

/** Shares a plan with exactly these partners. */
export async function putShares(
  tx: Transaction,
  share: { readonly planId: number; readonly partnerIds: readonly string[]; readonly now: number },
): Promise<void> {
  await tx.query(
    `delete from place_plan_share
     where plan_id = $1::int and partner_id <> all($2::bigint[])`,
    [share.planId, share.partnerIds],
  );
  await tx.query(
    `insert into place_plan_share (plan_id, partner_id, shared_at)
     select $1::int, chosen.id, $3::timestamptz
     from unnest($2::bigint[]) as chosen (id)
     on conflict (plan_id, partner_id) do nothing`,
    [share.planId, share.partnerIds, new Date(share.now)],
  );
}

export interface SharedPlan {
  readonly id: number;
  readonly name: string;
  readonly state: "open" | "in_review" | "closed";
  readonly partners: string;
  readonly place: string;
  readonly diversion: string;
  readonly enforcement: string;
  readonly reviewOn: string;
}

/** As a partner: those that are shared with it, by the row policies alone. */
export function loadSharedPlans(tx: Transaction): Promise<SharedPlan[]> {
  return tx.query<SharedPlan>(
    `select id::int as "id", name as "name", state as "state", response_partners as "partners",
       response_place as "place", response_diversion as "diversion",
       response_enforcement as "enforcement", to_char(review_on, 'YYYY-MM-DD') as "reviewOn"
     from place_plan
     order by state = 'closed', review_on, id`,
  );
}

export function loadOwnComments(
  tx: Transaction,
): Promise<{ readonly planId: number; readonly words: string; readonly saidAt: number }[]> {
  return tx.query(
    `select plan_id::int as "planId", words as "words",
       (extract(epoch from said_at) * 1000)::float8 as "saidAt"
     from place_plan_comment
     order by id desc
     limit 200`,
  );
}

export async function insertComment(
  tx: Transaction,
  comment: {
    readonly planId: number;
    readonly partnerId: string;
    readonly words: string;
    readonly now: number;
  },
): Promise<void> {
  await tx.query(
    `insert into place_plan_comment (plan_id, partner_id, words, said_at)
     values ($1::int, $2::bigint, $3::text, $4::timestamptz)`,
    [comment.planId, comment.partnerId, comment.words, new Date(comment.now)],
  );
}
