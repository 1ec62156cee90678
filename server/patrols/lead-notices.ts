import { z } from "zod";
import { formatCount } from "#core/text/numbers.ts";
import type { Transaction } from "#server/db/database.ts";
import { assigned, insertAll, sql } from "#server/db/sql.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { asOne, noticeRow } from "#server/protected-time/police-notices.ts";

/** A window as it stood, and as it stands. */
interface Change {
  readonly was: WindowRow | undefined;
  readonly window: WindowRow;
}

/**
 * The sergeant leads the joint plan: the coordinator of a patrol partner reads which of its approved
 * patrols that changed, and never why. Only the sergeant's own acts write it, so that it says
 * nothing of sessions (ADR 36).
 */
export async function insertLeadNotices(
  tx: Transaction,
  now: number,
  changes: readonly Change[],
): Promise<void> {
  const rows = changes.flatMap(({ was, window }) => {
    const { patrolPartner, status } = window;
    const isTheirs = patrolPartner !== null && was !== undefined;
    const isBack = status === "agreed" && was?.status === "withdrawn";
    if (!isTheirs || !(was.status === "agreed" || isBack)) return [];
    return {
      ...{ patrolPartner, windowId: window.id, toldAt: new Date(now) },
      ...{ wasStart: new Date(was.start), wasEnd: new Date(was.end), wasUnit: was.unit },
    };
  });
  if (rows.length === 0) return;
  await tx.through("keeper", (keeper) => keeper.run(insertAll("lead_notice", rows)));
}

const leadNotice = noticeRow.extend({
  windowId: z.string(),
  start: z.number(),
  end: z.number(),
  unit: z.int(),
});

/** Each window once, as it was approved first. */
export async function loadLeadNotices(tx: Transaction, since: number, patrolPartner: string) {
  const newestFirst = await tx.rows(
    leadNotice,
    sql`select key, told_at, confirmed_at, window_id,
        was_start as start, was_end as "end", was_unit as unit
      from lead_notice
      where patrol_partner = ${patrolPartner}
        and (confirmed_at is null or told_at >= ${new Date(since)})
      order by id desc`,
  );
  return asOne(newestFirst).map(({ rows, ...notice }) => ({
    ...notice,
    was: new Map(rows.map((row) => [row.windowId, row])),
  }));
}

/** This one and all before it. False when there is no such notice; confirming twice keeps the first time. */
export async function confirmLeadNotices(
  tx: Transaction,
  notice: Readonly<Record<"key" | "person" | "patrolPartner", string>> & { readonly now: number },
): Promise<boolean> {
  const own = sql`patrol_partner = ${notice.patrolPartner}`;
  const found = sql`select id from lead_notice where ${own} and key = ${notice.key}`;
  const id = await tx.value(z.string(), found);
  if (id === null) return false;
  const word = { confirmedAt: new Date(notice.now), confirmedBy: notice.person };
  await tx.run(
    sql`update lead_notice set ${assigned(word)}
      where ${own} and confirmed_at is null and id <= ${id}`,
  );
  return true;
}

export const leadSentence = (time: string, windows: number) =>
  `The sergeant changed ${formatCount(windows)} of your approved patrols at ${time}.`;
