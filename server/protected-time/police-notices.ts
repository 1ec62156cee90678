import { z } from "zod";
import type { Transaction } from "#server/db/database.ts";
import { assigned, insertAll, insertInto, sql } from "#server/db/sql.ts";

/** Instants in epoch milliseconds. */
const policeNotice = z.object({
  key: z.string(),
  toldAt: z.number(),
  confirmedAt: z.number().nullable(),
  windowIds: z.array(z.string()).readonly(),
});
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

/**
 * When everybody has confirmed who had a window in the way; where nobody had, police. How many
 * kinds of patrol that were no partner is told.
 */
export const confirmedByAll = sql`(
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
)`;

/** Of a patrol partner, or null of police: the table that its notices are in, with all it is asked by. */
const noticesTo = (patrolPartner: string | null) =>
  patrolPartner === null
    ? sql`(select id, key, told_at, confirmed_at, window_ids from session_notice)`
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
  const groups = new Map<number | null, PoliceNotice[]>();
  for (const row of newestFirst) {
    groups.set(row.confirmedAt, [...(groups.get(row.confirmedAt) ?? []), row]);
  }
  return [...groups].flatMap(([confirmedAt, rows]) => {
    const [newest] = rows;
    if (newest === undefined) return [];
    return {
      key: newest.key,
      toldAt: Math.max(...rows.map(({ toldAt }) => toldAt)),
      confirmedAt,
      windowIds: rows.flatMap(({ windowIds }) => windowIds),
    };
  });
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
  if (patrolPartner === null) {
    await tx.run(
      sql`update session_notice set ${assigned(word)} where confirmed_at is null and id <= ${id}`,
    );
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
  return true;
}

/**
 * Confirms the open notice, as police or a patrol partner read it, once each of its windows is
 * known to be lost (`patrol_seen`). Whole or not at all: its parts are sessions (SAFEGUARDS 5).
 */
export async function confirmSeen(
  tx: Transaction,
  by: Omit<Parameters<typeof confirmNotices>[1], "key">,
): Promise<void> {
  const told = await loadNotices(tx, by.now, by.patrolPartner);
  const open = told.find(({ confirmedAt }) => confirmedAt === null);
  if (!open || open.windowIds.length === 0) return;
  const unseen = sql`select exists (
    select from unnest(${open.windowIds}::bigint[]) as lost (id)
    where not exists (select from patrol_seen where window_id = lost.id)
  )`;
  if (!(await tx.value(z.boolean(), unseen))) await confirmNotices(tx, { ...by, key: open.key });
}
