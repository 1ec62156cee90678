import { z } from "zod";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";

/** Instants in epoch milliseconds. */
const policeNotice = z.object({
  key: z.string(),
  toldAt: z.number(),
  confirmedAt: z.number().nullable(),
  windowIds: z.array(z.string()).readonly(),
});
type PoliceNotice = Readonly<z.infer<typeof policeNotice>>;

export function insertNotice(
  tx: Transaction,
  notice: {
    readonly sessionId: string;
    readonly windowIds: readonly string[];
    readonly now: number;
  },
): Promise<void> {
  const { now, ...fields } = notice;
  return tx.run(insertInto("session_notice", { ...fields, toldAt: new Date(now) }));
}

/**
 * What the duty contact has yet to confirm, and what was told since an instant; newest first, as
 * police read it. Open changes form one notice, and changes confirmed together stay one: their
 * number would reveal that of the sessions, and of the partners who are out (SAFEGUARDS 5). One
 * calls for the same action as several: look again, pass it on. The key is the newest one's:
 * confirming it confirms all that were read with it, and none that came since.
 */
export async function loadNotices(tx: Transaction, since: number): Promise<PoliceNotice[]> {
  const newestFirst = await tx.rows(
    policeNotice,
    sql`select key, told_at, confirmed_at, window_ids from session_notice
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
  notice: { readonly key: string; readonly person: string; readonly now: number },
): Promise<boolean> {
  const id = await tx.value(
    z.string(),
    sql`select id from session_notice where key = ${notice.key}`,
  );
  if (id === null) return false;
  await tx.run(
    sql`update session_notice
      set confirmed_at = ${new Date(notice.now)}, confirmed_by = ${notice.person}
      where confirmed_at is null and id <= ${id}`,
  );
  return true;
}
