import { unitNumber } from "#core/patrols/wire/unit.ts";
import type { KeepClearNoticesReply } from "#core/protected-time/wire/keep-clear.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { dayMs, formatInstant } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import { windowsById } from "#server/patrols/queries/patrol-windows.ts";
import { placeOf } from "#server/patrols/replies.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { confirmNotices, loadNotices } from "#server/protected-time/police-notices.ts";
import { timeOfDay } from "#server/protected-time/words.ts";

/** Patrols lost to keep-clear changes; works without boundaries and names. */
export async function readNotices(act: Act): Promise<KeepClearNoticesReply> {
  const { db, actor, zone, asAt } = act;
  const nameOf = await placesOf(act).then(
    (places) => places.nameOf,
    () => () => "place without a name",
  );
  return db.transaction(actor, async (tx) => {
    const told = await tx.through("keeper", (keeper) =>
      loadNotices(keeper, asAt.now() - dayMs, patrolPartnerOf(actor)),
    );
    const notices: KeepClearNoticesReply["notices"] = [];
    for (const { key, toldAt, confirmedAt, windowIds } of told) {
      const windows = await tx.through("keeper", (keeper) => windowsById(keeper, windowIds));
      notices.push({
        id: key,
        toldAt: formatInstant(zone, toldAt),
        confirmedAt: confirmedAt === null ? null : formatInstant(zone, confirmedAt),
        windows: windows.map((window) => ({
          planId: window.planId,
          windowId: window.label,
          start: formatInstant(zone, window.start),
          end: formatInstant(zone, window.end),
          place: placeOf(window, nameOf),
          unit: unitNumber(window.unit),
        })),
        sentence: noticeSentence(timeOfDay(zone, toldAt), windows.length),
      });
    }
    return { notices };
  });
}

function noticeSentence(time: string, windows: number): string {
  const changed = `Keep-clear times changed at ${time}.`;
  if (windows === 0) return `${changed} No patrol is affected.`;
  const what = formatQuantity(windows, "approved patrol is", "approved patrols are");
  return `${changed} ${what} no longer available.`;
}

export function confirmNotice(act: Act, id: string): Promise<{ readonly confirmed: true }> {
  const { person } = act.actor;
  const patrolPartner = patrolPartnerOf(act.actor);
  const notice = { key: id, person, patrolPartner, now: act.asAt.now() };
  act.addDetail({ notice: id });
  return act.db.transaction(act.actor, async (tx) => {
    if (await tx.through("keeper", (keeper) => confirmNotices(keeper, notice))) {
      return { confirmed: true };
    }
    throw new Problem(404, "No such notice", "There is no notice with this number.");
  });
}
