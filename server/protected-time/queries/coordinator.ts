import type { ObjectionSubject } from "#core/protected-time/wire/coordinator.ts";
import type { Transaction } from "#server/db/database.ts";

export interface CoordinatedPartner {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** Epoch milliseconds, as all instants here. */
  readonly remindedAt: number | null;
}

export function coordinatedPartners(tx: Transaction): Promise<CoordinatedPartner[]> {
  return tx.query<CoordinatedPartner>(
    `select partner.id::text as "id", partner.code as "code", partner.name as "name",
            (extract(epoch from calendar_reminder.asked_at) * 1000)::float8 as "remindedAt"
     from partner
     left join calendar_reminder on calendar_reminder.partner_id = partner.id
     where partner.left_at is null
     order by partner.name, partner.id`,
  );
}

/** Through the keeper's door: how many closures that still come wait for a second person, by partner. */
export async function unsecondedByPartner(
  tx: Transaction,
  now: number,
): Promise<Map<string, number>> {
  const rows = await tx.query<{ partnerId: string; count: number }>(
    `select outreach_session.partner_id::text as "partnerId", count(*)::int as "count"
     from second_word
     join outreach_session on outreach_session.id = second_word.session_id
     where second_word.confirmed_at is null and outreach_session.ended_at is null
       and exists (
         select from occupancy
         where occupancy.session_id = outreach_session.id
           and upper(occupancy.during) > $1::timestamptz
       )
     group by outreach_session.partner_id`,
    [new Date(now)],
  );
  return new Map(rows.map(({ partnerId, count }) => [partnerId, count]));
}

export interface CameReport {
  readonly key: string;
  readonly partner: string;
  readonly reportedAt: number;
  readonly readAt: number | null;
}

/** Through the keeper's door: that police came and when the partner said so, never to what. */
export function cameReports(tx: Transaction): Promise<CameReport[]> {
  return tx.query<CameReport>(
    `select police_came.key::text as "key", partner.name as "partner",
            (extract(epoch from police_came.reported_at) * 1000)::float8 as "reportedAt",
            (extract(epoch from police_came.read_at) * 1000)::float8 as "readAt"
     from police_came
     join outreach_session on outreach_session.id = police_came.session_id
     join partner on partner.id = outreach_session.partner_id
     where partner.left_at is null
     order by police_came.reported_at desc, police_came.key
     limit 200`,
  );
}

/** False where there is no such report any more. */
export async function markCameRead(
  tx: Transaction,
  report: { readonly key: string; readonly now: number },
): Promise<boolean> {
  const rows = await tx.query(
    `update police_came
     set read_at = coalesce(read_at, $2::timestamptz), read_by = coalesce(read_by, acting_person())
     where key = $1::uuid
     returning key`,
    [report.key, new Date(report.now)],
  );
  return rows.length === 1;
}

export async function putReminder(
  tx: Transaction,
  reminder: { readonly partnerId: string; readonly now: number },
): Promise<void> {
  await tx.query(
    `insert into calendar_reminder (partner_id, asked_at, asked_by)
     values ($1::bigint, $2::timestamptz, acting_person())
     on conflict (partner_id) do update
     set asked_at = excluded.asked_at, asked_by = excluded.asked_by`,
    [reminder.partnerId, new Date(reminder.now)],
  );
}

/** When the coordinator last asked this partner. */
export async function remindedAt(tx: Transaction, partnerId: string): Promise<number | null> {
  const rows = await tx.query<{ at: number }>(
    `select (extract(epoch from asked_at) * 1000)::float8 as "at"
     from calendar_reminder where partner_id = $1::bigint`,
    [partnerId],
  );
  return rows[0]?.at ?? null;
}

export interface ObjectionRow {
  readonly key: string;
  readonly partner: string;
  readonly about: ObjectionSubject;
  readonly words: string | null;
  readonly raisedAt: number;
  readonly answer: string | null;
  readonly answeredAt: number | null;
}

const objectionColumns = `
  objection.about as "about",
  (extract(epoch from objection.raised_at) * 1000)::float8 as "raisedAt",
  (extract(epoch from objection.answered_at) * 1000)::float8 as "answeredAt"`;

/** What the caller may see of them: a partner its own. Open ones first. */
export function loadObjections(tx: Transaction): Promise<ObjectionRow[]> {
  return tx.query<ObjectionRow>(
    `select objection.key::text as "key", partner.name as "partner", objection.words as "words",
            objection.answer as "answer", ${objectionColumns}
     from objection
     join partner on partner.id = objection.partner_id
     order by objection.answered_at is not null, objection.id desc
     limit 200`,
  );
}

/** For whoever may know that there was one, and not what. */
export function countedObjections(tx: Transaction): Promise<ObjectionRow[]> {
  return tx.query<ObjectionRow>(
    `select objection.key::text as "key", partner.name as "partner", null as "words",
            null as "answer", ${objectionColumns}
     from objection
     join partner on partner.id = objection.partner_id
     order by objection.answered_at is not null, objection.id desc
     limit 200`,
  );
}

export async function insertObjection(
  tx: Transaction,
  objection: {
    readonly partnerId: string;
    readonly about: ObjectionSubject;
    readonly words: string;
    readonly now: number;
  },
): Promise<void> {
  await tx.query(
    `insert into objection (partner_id, about, words, raised_at, raised_by)
     values ($1::bigint, $2::text, $3::text, $4::timestamptz, acting_person())`,
    [objection.partnerId, objection.about, objection.words, new Date(objection.now)],
  );
}

/** False where there is none of that number; a second answer takes the place of the first. */
export async function answerObjection(
  tx: Transaction,
  answer: { readonly key: string; readonly words: string; readonly now: number },
): Promise<boolean> {
  const rows = await tx.query(
    `update objection
     set answer = $2::text, answered_at = $3::timestamptz, answered_by = acting_person()
     where key = $1::uuid
     returning key`,
    [answer.key, answer.words, new Date(answer.now)],
  );
  return rows.length === 1;
}

/** Those that were answered long ago; how many. */
export async function deleteOldObjections(
  tx: Transaction,
  answeredBefore: number,
): Promise<number> {
  const rows = await tx.query(
    "delete from objection where answered_at < $1::timestamptz returning id",
    [new Date(answeredBefore)],
  );
  return rows.length;
}
