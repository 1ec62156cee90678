import type { Transaction } from "#server/db/database.ts";

export interface NoticeRow {
  readonly key: string;
  readonly sessionId: string;
  readonly toldAt: number;
  readonly confirmedAt: number | null;
}

/** With police's own windows that are no longer available. */
export interface PoliceNoticeRow extends NoticeRow {
  readonly windowIds: readonly string[];
}

const noticeColumns = `
  session_notice.key::text as "key",
  session_notice.session_id::text as "sessionId",
  (extract(epoch from session_notice.told_at) * 1000)::float8 as "toldAt",
  (extract(epoch from session_notice.confirmed_at) * 1000)::float8 as "confirmedAt"`;

export async function insertNotice(
  tx: Transaction,
  notice: {
    readonly sessionId: string;
    readonly now: number;
    readonly windowIds: readonly string[];
  },
): Promise<void> {
  await tx.query(
    `insert into session_notice (session_id, told_at, window_ids)
     values ($1::bigint, $2::timestamptz, $3::bigint[])`,
    [notice.sessionId, new Date(notice.now), notice.windowIds],
  );
}

/** What the duty contact has yet to confirm, and what was told since an instant; newest first. */
export function loadNotices(tx: Transaction, since: number): Promise<PoliceNoticeRow[]> {
  return tx.query<PoliceNoticeRow>(
    `select ${noticeColumns},
       session_notice.window_ids::text[] as "windowIds"
     from session_notice
     where session_notice.confirmed_at is null or session_notice.told_at >= $1::timestamptz
     order by session_notice.id desc`,
    [new Date(since)],
  );
}

/** The latest notice of each of these sessions. */
export function loadNoticesOf(
  tx: Transaction,
  sessionIds: readonly string[],
): Promise<NoticeRow[]> {
  return tx.query<NoticeRow>(
    `select distinct on (session_notice.session_id) ${noticeColumns}
     from session_notice
     where session_notice.session_id = any($1::bigint[])
     order by session_notice.session_id, session_notice.id desc`,
    [sessionIds],
  );
}

/**
 * Confirms this one and all that are older and still open: whoever reads it reads them with it. Writers
 * take turns (lockOccupancy), so that none of those comes to light later than it. False when there is no
 * such notice; confirming twice keeps the first time.
 */
export async function confirmNotices(
  tx: Transaction,
  notice: { readonly key: string; readonly person: string; readonly now: number },
): Promise<boolean> {
  const [found] = await tx.query<{ id: string }>(
    `select id::text as "id" from session_notice where key = $1::uuid`,
    [notice.key],
  );
  if (found === undefined) return false;
  await tx.query(
    `update session_notice
     set confirmed_at = $2::timestamptz, confirmed_by = $3::text
     where confirmed_at is null
       and id <= $1::bigint`,
    [found.id, new Date(notice.now), notice.person],
  );
  return true;
}
