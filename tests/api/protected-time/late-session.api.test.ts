import { beforeAll, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { plansReply } from "#core/patrols/wire/board.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { keepClearNoticesReply } from "#core/protected-time/wire/keep-clear.ts";
import { outreachSession, sessionsReply } from "#core/protected-time/wire/outreach.ts";
import { ownAttendedReply } from "#core/protected-time/wire/police.ts";
import { addDays, formatInstant, hourMs, minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { appWith } from "#tests/support/app-with.ts";
import { checkedAt, withoutCheck } from "#tests/support/checks.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { agreedWindow, circleAt, corner, london } from "#tests/support/outreach.ts";
import { addPartners, placeBy } from "#tests/support/partner-care.ts";

const stood = (window: WindowReply | undefined) => window && withoutCheck(window);
const spot = circleAt(corner);
const cells = footprintOf(spot);
const inside = cells[0] as H3Cell;

onEachEngine(
  "a session that comes late, from tap to confirmation",
  ({ db }) => {
    const test_ = appWith(db);
    const partner = test_.caller("partner", "a");
    const sergeant = test_.caller("sergeant");
    let placeId = "";
    beforeAll(async () => {
      await addPartners(test_, { a: "North Van" });
      placeId = (await placeBy(partner)).id;
    });

    const agreed = (from: number, to: number) =>
      db().transaction(ownerActor, (tx) => agreedWindow(tx, { from, to, cells: [inside] }));
    const plans = async () => {
      const from = addDays(test_.services.asAt.date(), -1);
      const reply = await sergeant.get(`/api/plans?from=${from}&days=3`);
      return new Map(
        plansReply.parse(reply.json()).plans.map((plan) => [plan.id, plan.windows[0]]),
      );
    };
    const notices = async () =>
      keepClearNoticesReply.parse((await sergeant.get("/api/keep-clear/notices")).json()).notices;

    test("a running patrol ends now, one to come is gone, police confirm, and the partner reads both times", async () => {
      const now = test_.services.asAt.now();
      const running = await agreed(now - hourMs, now + hourMs);
      const waiting = await agreed(now + 90 * minuteMs, now + 150 * minuteMs);
      const untouched = await agreed(now + 4 * hourMs, now + 5 * hourMs);
      const before = await plans();
      const numbers = (await plansNumbers()).get(running.planId);
      const reply = await partner.send("POST", "/api/outreach/out-now", { placeId });
      const saved = outreachSession.parse(reply.json());
      const after = await plans();
      const done = test_.services.asAt.now();

      expect(after.get(running.planId)?.status).toBe("called_off");
      const end = Date.parse(after.get(running.planId)?.end ?? "");
      expect(end).toBeGreaterThanOrEqual(now - 1_000);
      expect(end).toBeLessThanOrEqual(done);
      expect(after.get(waiting.planId)).toMatchObject({
        status: "unavailable",
        start: before.get(waiting.planId)?.start,
        end: before.get(waiting.planId)?.end,
      });
      expect(stood(after.get(untouched.planId))).toEqual(stood(before.get(untouched.planId)));
      // What it was found clear of before the session came says nothing any more.
      expect(checkedAt(after.get(untouched.planId))).toBeGreaterThanOrEqual(
        Date.parse(saved.told?.toldAt ?? ""),
      );
      const number = await sergeant.get(`/api/plans/numbers/${numbers}`);
      expect(number.json()).toMatchObject({ stands: false });
      const paper = await sergeant.get(`/api/plans/${running.planId}/briefing`);
      expect(paper.statusCode).toBe(409);

      const [open] = await notices();
      expect(open?.windows).toEqual(
        [running, waiting].map(({ planId }) => {
          const lost = after.get(planId);
          const { id: windowId, start, end, place, unit } = lost ?? {};
          return { planId, windowId, start, end, place, unit };
        }),
      );
      expect(JSON.stringify(open)).not.toMatch(/outreach|session|partner|North Van|by the elm/i);
      expect(saved.told?.confirmedAt).toBeNull();
      expect(Math.abs(Date.parse(saved.told?.toldAt ?? "") - now)).toBeLessThan(done - now + 1_000);
      await sergeant.send("POST", `/api/keep-clear/notices/${open?.id}/confirm`);
      const listed = sessionsReply.parse((await partner.get("/api/outreach/sessions")).json());
      const told = listed.sessions.find(({ id }) => id === saved.id)?.told;
      expect(told?.toldAt).toBe(saved.told?.toldAt);
      expect(Date.parse(told?.confirmedAt ?? "")).toBeGreaterThanOrEqual(
        Date.parse(told?.toldAt ?? ""),
      );
    });

    test("an emergency in the midst of it is logged at once, moves nothing, and is no patrol", async () => {
      const now = test_.services.asAt.now();
      const occupied = () =>
        db().transaction(ownerActor, (tx) =>
          tx.query("select kind, count(*)::int as rows from occupancy group by kind order by kind"),
        );
      const [rows, windows, told] = [await occupied(), await plans(), await notices()];
      const reply = await sergeant.send("POST", "/api/police-attended", {
        cell: inside,
        from: formatInstant(london, now),
        to: formatInstant(london, now + 20 * minuteMs),
      });
      expect(reply.statusCode, reply.body).toBe(200);
      expect(await occupied()).toEqual(rows);
      expect([...(await plans()).values()].map(stood)).toEqual([...windows.values()].map(stood));
      expect(await notices()).toEqual(told);
      const own = ownAttendedReply.parse((await partner.get("/api/outreach/attended")).json());
      expect(own.attended).toHaveLength(1);
    });

    async function plansNumbers() {
      const from = addDays(test_.services.asAt.date(), -1);
      const reply = await sergeant.get(`/api/plans?from=${from}&days=3`);
      return new Map(plansReply.parse(reply.json()).plans.map(({ id, number }) => [id, number]));
    }
  },
  fillPlaces,
);
