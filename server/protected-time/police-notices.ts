import type { PoliceNoticeRow } from "#server/protected-time/queries/notices.ts";

/** What police read at once: as many changes as there are, without saying how many. */
export interface PoliceNotice {
  /** Of the newest: confirming it confirms all that were read with it, and none that came since. */
  readonly key: string;
  readonly toldAt: number;
  readonly confirmedAt: number | null;
  readonly windowIds: readonly string[];
}

/**
 * All that is open is one notice, and what was confirmed at once stays one: each session leaves a notice
 * of its own, so their number would be that of the sessions, and of the partners who are out
 * (SAFEGUARDS 5). What there is to do is the same for one as for several: look again, pass it on.
 */
export function noticesForPolice(newestFirst: readonly PoliceNoticeRow[]): PoliceNotice[] {
  const groups = new Map<number | null, PoliceNoticeRow[]>();
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
