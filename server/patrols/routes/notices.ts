import { z } from "zod";
import {
  type KeepClearNoticesReply,
  keepClearNoticesReply,
} from "#core/protected-time/wire/keep-clear.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { dayMs, formatInstant } from "#core/time/zone.ts";
import type { Database } from "#server/db/database.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { windowsById } from "#server/patrols/queries/patrol-windows.ts";
import { type Describer, placeOf } from "#server/patrols/replies.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { noticesForPolice } from "#server/protected-time/police-notices.ts";
import { confirmNotices, loadNotices } from "#server/protected-time/queries/notices.ts";
import { timeOfDay } from "#server/protected-time/words.ts";

const readNotices = defineRoute("GET /api/keep-clear/notices", {
  summary: "Keep-clear times that changed at short notice, and own windows no longer available",
  audience: ["sergeant"],
  audit: { none: "it tells police of their own windows alone, and pages ask every minute" },
  replySchema: keepClearNoticesReply,
  handle: async ({ db, actor, zone, asAt }): Promise<KeepClearNoticesReply> => {
    const nameOf = await namesOf(db);
    return db.transaction(actor, async (tx) => {
      const rows = await tx.through("keeper", (keeper) => loadNotices(keeper, asAt.now() - dayMs));
      const notices: KeepClearNoticesReply["notices"] = [];
      for (const notice of noticesForPolice(rows)) {
        const windows = await windowsById(tx, notice.windowIds);
        notices.push({
          id: notice.key,
          toldAt: formatInstant(zone, notice.toldAt),
          confirmedAt: notice.confirmedAt === null ? null : formatInstant(zone, notice.confirmedAt),
          windows: windows.map((window) => ({
            planId: window.planId,
            windowId: window.label,
            start: formatInstant(zone, window.start),
            end: formatInstant(zone, window.end),
            place: placeOf(window, nameOf),
            unit: window.unit,
          })),
          sentence: noticeSentence(timeOfDay(zone, notice.toldAt), windows.length),
        });
      }
      return { notices };
    });
  },
});

const confirm = defineRoute("POST /api/keep-clear/notices/:id/confirm", {
  summary: "The duty contact confirms having read a change of keep-clear times",
  audience: ["sergeant"],
  audit: { verb: "alteration", act: "confirm a notice", purpose: "safeguarding" },
  params: z.strictObject({ id: z.uuid() }),
  replySchema: z.strictObject({ confirmed: z.boolean() }),
  handle: ({ db, actor, asAt, addDetail }, { params: { id } }) => {
    const notice = { key: id, person: actor.person, now: asAt.now() };
    addDetail({ notice: id });
    return db.transaction(actor, async (tx) => {
      const confirmed = await tx.through("keeper", (keeper) => confirmNotices(keeper, notice));
      if (confirmed) return { confirmed };
      throw new Problem(404, "No such notice", "There is no notice with this number.");
    });
  },
});

/** Of patrols that a change of keep-clear times took away. */
export const noticeRoutes: readonly Route[] = [readNotices, confirm];

/** A change is told also where boundaries and names cannot be read. */
function namesOf(db: Database): Promise<Describer["nameOf"]> {
  return placesOf({ db }).then(
    ({ nameOf }) => nameOf,
    () => () => "place without a name",
  );
}

function noticeSentence(time: string, windows: number): string {
  const changed = `Keep-clear times changed at ${time}.`;
  if (windows === 0) return `${changed} No patrol is affected.`;
  const what = formatQuantity(windows, "approved patrol is", "approved patrols are");
  return `${changed} ${what} no longer available.`;
}
