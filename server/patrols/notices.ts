import type { z } from "zod";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import type { KeepClearNoticesReply } from "#core/protected-time/wire/keep-clear.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { dayMs, formatInstant, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { confirmLeadNotices, leadSentence, loadLeadNotices } from "#server/patrols/lead-notices.ts";
import { loadPatrolPartners, patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import { type WindowRow, windowsById } from "#server/patrols/queries/patrol-windows.ts";
import { placeOf } from "#server/patrols/replies.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import {
  confirmNotices,
  loadNotices,
  type noticeRow,
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
