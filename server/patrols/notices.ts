import { z } from "zod";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import type { KeepClearNoticesReply } from "#core/protected-time/wire/keep-clear.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { dayMs, formatInstant, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { assigned, insertAll, sql } from "#server/db/sql.ts";
import { loadPatrolPartners, patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import { type WindowRow, windowsById } from "#server/patrols/queries/patrol-windows.ts";
import { placeOf } from "#server/patrols/replies.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import {
  asOne,
  confirmNotices,
  loadNotices,
  noticeRow,
} from "#server/protected-time/police-notices.ts";
import { timeOfDay } from "#server/protected-time/words.ts";

type Notice = KeepClearNoticesReply["notices"][number];

/** Patrols lost to keep-clear changes, and a coordinator's that the sergeant changed; works without boundaries and names. */
export async function readNotices(act: Act): Promise<KeepClearNoticesReply> {
  const { db, actor, zone, asAt } = act;
  const nameOf = await placesOf(act).then(
    (places) => places.nameOf,
    () => () => "place without a name",
  );
  const since = asAt.now() - dayMs;
  const patrolPartner = patrolPartnerOf(actor);
  const shown = (window: WindowRow) => ({
    planId: window.planId,
    windowId: window.label,
    ...timesOf(zone, window),
    place: placeOf(window, nameOf),
  });
  return db.transaction(actor, async (tx) => {
    const names = new Map((await loadPatrolPartners(tx)).map(({ code, name }) => [code, name]));
    const windowsOf = (ids: readonly string[]) =>
      tx.through("keeper", (keeper) => windowsById(keeper, ids));
    const notices: Notice[] = [];
    const told = await tx.through("keeper", (keeper) => loadNotices(keeper, since, patrolPartner));
    for (const { windowIds, ...notice } of told) {
      const windows = (await windowsOf(windowIds)).map((window): Notice["windows"][number] => {
        const whose = patrolPartner === null ? names.get(window.patrolPartner ?? "") : undefined;
        return { ...shown(window), ...(whose === undefined ? {} : { patrolPartner: whose }) };
      });
      const sentence = noticeSentence(timeOfDay(zone, notice.toldAt), windows);
      notices.push({ ...headOf(zone, notice), windows, sentence });
    }
    if (patrolPartner === null) return { notices };
    const led = await tx.through("keeper", (keeper) =>
      loadLeadNotices(keeper, since, patrolPartner),
    );
    for (const { was, ...notice } of led) {
      const windows = (await windowsOf([...was.keys()])).map((window) => ({
        ...shown(window),
        ...timesOf(zone, was.get(window.id) ?? window),
        now: window.status === "agreed" ? timesOf(zone, window) : null,
      }));
      const sentence = leadSentence(timeOfDay(zone, notice.toldAt), windows.length);
      notices.push({ ...headOf(zone, notice), by: "sergeant", windows, sentence });
    }
    return { notices };
  });
}

const timesOf = (zone: Zone, { start, end, unit }: Pick<WindowRow, "start" | "end" | "unit">) => ({
  start: formatInstant(zone, start),
  end: formatInstant(zone, end),
  unit: unitNumber(unit),
});

const headOf = (zone: Zone, { key, toldAt, confirmedAt }: z.infer<typeof noticeRow>) => ({
  id: key,
  toldAt: formatInstant(zone, toldAt),
  confirmedAt: confirmedAt === null ? null : formatInstant(zone, confirmedAt),
});

/** By whose they are, police first: "1 approved patrol of Wardens is no longer available." */
export function noticeSentence(
  time: string,
  windows: readonly Pick<Notice["windows"][number], "patrolPartner">[],
): string {
  const counts = new Map<string, number>();
  for (const { patrolPartner: whose = "" } of windows) {
    counts.set(whose, (counts.get(whose) ?? 0) + 1);
  }
  const lost = [...counts]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([whose, count]) => {
      const of = whose === "" ? "" : ` of ${whose}`;
      const what = formatQuantity(count, `approved patrol${of} is`, `approved patrols${of} are`);
      return `${what} no longer available.`;
    });
  const none = windows.length === 0 ? ["No patrol is affected."] : [];
  return [`Keep-clear times changed at ${time}.`, ...none, ...lost].join(" ");
}

export function confirmNotice(act: Act, id: string): Promise<{ readonly confirmed: true }> {
  const { person } = act.actor;
  const patrolPartner = patrolPartnerOf(act.actor);
  const notice = { key: id, person, patrolPartner, now: act.asAt.now() };
  act.addDetail({ notice: id });
  return act.db.transaction(act.actor, async (tx) => {
    const isDone = await tx.through("keeper", async (keeper) => {
      if (await confirmNotices(keeper, notice)) return true;
      return patrolPartner !== null && confirmLeadNotices(keeper, { ...notice, patrolPartner });
    });
    if (isDone) return { confirmed: true };
    throw new Problem(404, "No such notice", "There is no notice with this number.");
  });
}

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
      patrolPartner,
      windowId: window.id,
      toldAt: new Date(now),
      wasStart: new Date(was.start),
      wasEnd: new Date(was.end),
      wasUnit: was.unit,
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
