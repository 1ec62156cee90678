import { z } from "zod";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";

/** Instants in epoch milliseconds. */
const policeNotice = z.object({
  key: z.string(),
  toldAt: z.number(),
  confirmedAt: z.number().nullable(),
  /** Police's own windows that are no longer available. */
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
 * What the duty contact has yet to confirm, and what was told since an instant; newest first, as police read it. All that is
 * open is one notice, and what was confirmed at once stays one: each session leaves a notice of its own, so their
 * number would be that of the sessions, and of the partners who are out (SAFEGUARDS 5). What there is to do is the same
 * for one as for several: look again, pass it on. The key is that of the newest: confirming it confirms all that
 * were read with it, and none that came since.
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
 * Confirms this one and all that are older and still open: whoever reads it reads them with it. Writers
 * take turns (lockOccupancy), so that none of those comes to light later than it. False when there is no
 * such notice; confirming twice keeps the first time.
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
