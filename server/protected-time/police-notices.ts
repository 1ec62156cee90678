import { z } from "zod";
import type { Transaction } from "#server/db/database.ts";
import { assigned, insertAll, insertInto, type Sql, sql } from "#server/db/sql.ts";

/** Instants in epoch milliseconds. */
export const noticeRow = z.object({
  key: z.string(),
  toldAt: z.number(),
  confirmedAt: z.number().nullable(),
});
const policeNotice = noticeRow.extend({ windowIds: z.array(z.string()).readonly() });
type PoliceNotice = Readonly<z.infer<typeof policeNotice>>;

const theirWindows = z.object({
  patrolPartner: z.string(),
  windowIds: z.array(z.string()).readonly(),
});

/** To police and to each patrol partner, of their own windows. */
export async function insertNotices(
  tx: Transaction,
  notice: {
    readonly sessionId: string;
    readonly windowIds: readonly string[];
    readonly now: number;
  },
): Promise<void> {
  const { now, windowIds, sessionId } = notice;
  const theirs = await tx.rows(
    theirWindows,
    sql`select code as patrol_partner, array(
        select id from patrol_window where id = any(${windowIds}) and patrol_partner = code order by id
      ) as window_ids
      from patrol_partner order by number`,
  );
  const own = windowIds.filter((id) => !theirs.some((one) => one.windowIds.includes(id)));
  await settleQuiet(tx, now);
  const row = { sessionId, windowIds: own, toldAt: new Date(now) };
  const noticeId = await tx.value(
    z.string(),
    sql`${insertInto("session_notice", row)} returning id`,
  );
  if (theirs.length === 0) return;
  await tx.run(
    insertAll(
      "warden_notice",
      theirs.map((one) => ({ noticeId, ...one })),
    ),
  );
}

/** Of so many acts of confirming, those that were told at about this time of day. */
const waitsOfLast = 100;
const waitsDrawnFrom = 5;

/**
 * Of a late session that changes nothing of what police and wardens are shown, and takes no patrol:
 * they read nothing of it, or they would learn that a second session lies under one hatch. Its
 * partner must not learn that either (SAFEGUARDS 13), so it waits about as long as an act of
 * confirming took, and counts as confirmed (ADR 36). What its partner tells at once is confirmed at
 * once, as police do it; and where its own sessions keep these hours clear, which it knows, nothing
 * is drawn from what others waited.
 */
export async function insertQuietNotice(
  tx: Transaction,
  notice: { readonly sessionId: string; readonly now: number; readonly isUnderOwn: boolean },
): Promise<void> {
  const { sessionId, isUnderOwn } = notice;
  const now = new Date(notice.now);
  const waiting = await tx.value(
    z.number().nullable(),
    sql`select min(counts_at) from session_notice
      where confirmed_at is null and counts_at > ${now} and ${partnerOf(sql`session_id`)} = ${partnerOf(sql`${sessionId}`)}`,
  );
  const countsAt = waiting ?? (isUnderOwn ? notice.now : await drawnInstant(tx, notice.now));
  const row = { sessionId, windowIds: [], toldAt: now, countsAt: new Date(countsAt) };
  await tx.run(insertInto("session_notice", row));
}

/** One act confirms all that is open, so that many sessions told at once are one wait. */
async function drawnInstant(tx: Transaction, now: number): Promise<number> {
  const wait = await tx.value(
    z.number(),
    sql`select (0.5 + random()) * coalesce((
        select wait from (
          select greatest(extract(epoch from confirmed_at - told_at), 1) as wait
          from (
            select min(told_at) as told_at, confirmed_at from session_notice
            where counts_at is null and confirmed_at is not null
            group by confirmed_at order by confirmed_at desc limit ${waitsOfLast}
          ) as act
          order by abs(mod(extract(epoch from ${new Date(now)} - told_at)::bigint + 43200, 86400) - 43200)
          limit ${waitsDrawnFrom}
        ) as near
        order by random() limit 1
      ), 300)::float8`,
  );
  return now + Math.round((wait ?? 0) * 1_000);
}

const partnerOf = (session: Sql) =>
  sql`(select partner_id from outreach_session where id = ${session})`;

/**
 * While police or wardens have not confirmed what they read, nothing else counts as confirmed. Under
 * sessions of its own partner alone, which wait for nothing (`counts_at` is `told_at`), it is theirs.
 */
const nothingOpen = sql`not exists (
  select from session_notice as told
  where told.counts_at is null
    and (told.confirmed_at is null or exists (
      select from warden_notice
      where notice_id = told.id and window_ids <> '{}' and warden_notice.confirmed_at is null
    ))
    and (
      session_notice.counts_at > session_notice.told_at
      or ${partnerOf(sql`told.session_id`)} = ${partnerOf(sql`session_notice.session_id`)}
    )
)`;

/** What counts as confirmed keeps its time, whatever police are told or confirm afterwards. */
const settleQuiet = (tx: Transaction, now: number) =>
  tx.run(
    sql`update session_notice set confirmed_at = counts_at, confirmed_by = 'nothing to confirm'
      where confirmed_at is null and counts_at <= ${new Date(now)} and ${nothingOpen}`,
  );

/** When the next one may count as confirmed that does not yet; null: none waits. */
export const nextQuiet = (tx: Transaction, now: number) =>
  tx.value(
    z.number().nullable(),
    sql`select min(counts_at) from session_notice
      where confirmed_at is null and counts_at > ${new Date(now)}`,
  );

/**
 * When everybody has confirmed who had a window in the way; where nobody had, police. How many
 * kinds of patrol that were no partner is told.
 */
export const confirmedByAll = (now: number) => sql`coalesce((
  select case when bool_and(word.at is not null) then max(word.at) end
  from (
    select warden_notice.confirmed_at as at from warden_notice
    where notice_id = session_notice.id and window_ids <> '{}'
    union all
    select session_notice.confirmed_at
    where session_notice.window_ids <> '{}' or not exists (
      select from warden_notice where notice_id = session_notice.id and window_ids <> '{}'
    )
  ) as word
), case when counts_at <= ${new Date(now)} and ${nothingOpen} then counts_at end)`;

/**
 * Of a patrol partner, or null of police, who lead the joint plan and so read whose patrols it lost:
 * the table that its notices are in, with all it is asked by.
 */
const noticesTo = (patrolPartner: string | null) =>
  patrolPartner === null
    ? sql`(
        select id, key, told_at, confirmed_at, window_ids || array(
          select unnest(warden_notice.window_ids) from warden_notice where notice_id = id
        ) as window_ids
        from session_notice where counts_at is null
      )`
    : sql`(
        select id, key, told_at, warden_notice.confirmed_at, warden_notice.window_ids
        from session_notice join warden_notice on notice_id = id
        where patrol_partner = ${patrolPartner}
      )`;

/**
 * What the duty contact has yet to confirm, and what was told since an instant; newest first, as
 * police read it. Open changes form one notice, and changes confirmed together stay one: their
 * number would reveal that of the sessions, and of the partners who are out (SAFEGUARDS 5). One
 * calls for the same action as several: look again, pass it on. The key is the newest one's:
 * confirming it confirms all that were read with it, and none that came since.
 */
export async function loadNotices(
  tx: Transaction,
  since: number,
  patrolPartner: string | null = null,
): Promise<PoliceNotice[]> {
  const newestFirst = await tx.rows(
    policeNotice,
    sql`select key, told_at, confirmed_at, window_ids from ${noticesTo(patrolPartner)} as notice
      where confirmed_at is null or told_at >= ${new Date(since)}
      order by id desc`,
  );
  return asOne(newestFirst).map(({ rows, ...notice }) => ({
    ...notice,
    windowIds: rows.flatMap(({ windowIds }) => windowIds),
  }));
}

/** What is open, and what was confirmed together, as one notice each. */
export function asOne<Row extends z.infer<typeof noticeRow>>(newestFirst: readonly Row[]) {
  const groups = new Map<number | null, Row[]>();
  for (const row of newestFirst) {
    groups.set(row.confirmedAt, [...(groups.get(row.confirmedAt) ?? []), row]);
  }
  return [...groups].map(([confirmedAt, rows]) => ({
    key: rows[0]?.key ?? "",
    toldAt: Math.max(...rows.map(({ toldAt }) => toldAt)),
    confirmedAt,
    rows,
  }));
}

/**
 * Confirms this one and all older open ones, which are read with it. Writers are serialised
 * (lockOccupancy), so that none of those appears later. False when there is no such notice;
 * confirming twice keeps the first time.
 */
export async function confirmNotices(
  tx: Transaction,
  notice: {
    readonly key: string;
    readonly person: string;
    readonly now: number;
    readonly patrolPartner: string | null;
  },
): Promise<boolean> {
  const id = await tx.value(
    z.string(),
    sql`select id from ${noticesTo(notice.patrolPartner)} as notice where key = ${notice.key}`,
  );
  if (id === null) return false;
  const word = { confirmedAt: new Date(notice.now), confirmedBy: notice.person };
  const { patrolPartner } = notice;
  await settleQuiet(tx, notice.now);
  if (patrolPartner === null) {
    await tx.run(
      sql`update session_notice set ${assigned(word)}
        where confirmed_at is null and counts_at is null and id <= ${id}`,
    );
    await confirmQuiet(tx, word);
    return true;
  }
  const open = sql`patrol_partner = ${patrolPartner} and confirmed_at is null and notice_id <= ${id}`;
  // Touched, so that the partner who waits hears of it.
  await tx.run(
    sql`with told as (
        update warden_notice set ${assigned(word)} where ${open} returning notice_id
      )
      update session_notice set told_at = told_at where id in (select notice_id from told)`,
  );
  await confirmQuiet(tx, word);
  return true;
}

/** With the last word that was open, as if it were said of these as well. */
const confirmQuiet = (tx: Transaction, word: { confirmedAt: Date; confirmedBy: string }) =>
  tx.run(
    sql`update session_notice set ${assigned(word)}
      where confirmed_at is null and counts_at is not null and ${nothingOpen}`,
  );

/**
 * Confirms the open notice, as police or a patrol partner read it, once each of its windows that is
 * theirs is known to be lost (`patrol_seen`). Whole or not at all: its parts are sessions
 * (SAFEGUARDS 5).
 */
export async function confirmSeen(
  tx: Transaction,
  by: Omit<Parameters<typeof confirmNotices>[1], "key">,
): Promise<void> {
  const told = await loadNotices(tx, by.now, by.patrolPartner);
  const open = told.find(({ confirmedAt }) => confirmedAt === null);
  if (!open) return;
  const areSeen = sql`select bool_and(
      exists (select from patrol_seen where window_id = patrol_window.id)
    ) is true
    from patrol_window where id = any(${open.windowIds}::bigint[])
      and patrol_partner is not distinct from ${by.patrolPartner}::text`;
  if (await tx.value(z.boolean(), areSeen)) await confirmNotices(tx, { ...by, key: open.key });
}
