import { beforeEach, expect, test } from "vitest";
import {
  type FootprintViewsReply,
  footprintViewsReply,
} from "#core/protected-time/wire/calendar.ts";
import { addDays } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { planCommand } from "#server/patrols/commands/plan.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { once, sessionBy } from "#tests/support/partner-care.ts";
import { planFrom, suggestThrough } from "#tests/support/plan-database.ts";

onOneEngine(
  "who looked at a partner's times",
  ({ db }) => {
    const app = appWith(db);
    const sergeant = app.caller("sergeant");
    beforeEach(() =>
      db().transaction(ownerActor, async (tx) => {
        await tx.query("delete from footprint_view");
        await tx.query("delete from footprint_viewer");
      }),
    );

    const viewsOf = async (
      partner: "a" | "b" | "c",
      today = "2021-11-27",
    ): Promise<FootprintViewsReply> => {
      const { asAt } = app.services;
      const date = asAt.date;
      const caller = await app.as("partner", partner);
      Object.assign(asAt, { date: () => today });
      const reply = await caller.get("/api/outreach/views");
      Object.assign(asAt, { date });
      return footprintViewsReply.parse(reply.json());
    };

    test("each request that shows a footprint counts once, by London day and role", async () => {
      expect((await viewsOf("a")).views).toEqual([]);
      for (let time = 0; time < 3; time += 1) await sergeant.get("/api/keep-clear");
      const { views } = await viewsOf("a");
      expect(views).toMatchObject([{ day: "2021-11-26", role: "sergeant", times: 3 }]);
    });

    test("SAFEGUARDS 13: of the day that goes on a partner is told nothing, or a look would tell it of somebody else's change", async () => {
      await sergeant.get("/api/keep-clear");
      const before = await viewsOf("a", "2021-11-26");
      const second = await app.as("partner", "b");
      const { places } = (await second.get("/api/outreach/places")).json<{
        places: { id: string }[];
      }>();
      await sessionBy(second, {
        placeId: places[0]?.id,
        rule: once("2021-11-27", "02:10", "03:40"),
      });
      // As each open screen does.
      await sergeant.get("/api/keep-clear");
      expect(await viewsOf("a", "2021-11-26")).toEqual(before);
      expect((await viewsOf("a")).views).toMatchObject([{ times: 2 }]);
    });

    test("a plan that is made around it counts, and so does a change and the command line", async () => {
      const { plan } = await suggestThrough(sergeant, { days: 2 });
      expect((await viewsOf("a")).views).toMatchObject([{ role: "sergeant", times: 1 }]);
      const [window] = plan.windows;
      await sergeant.send("PATCH", `/api/plans/${plan.id}/windows/${window?.id}`, {});
      expect((await viewsOf("a")).views).toMatchObject([{ role: "sergeant", times: 2 }]);
      const values = { from: planFrom, days: "2", units: "1" };
      await runCommand(app.services, planCommand, { values });
      expect((await viewsOf("a")).views.map(({ role, times }) => [role, times])).toEqual([
        ["operator", 1],
        ["sergeant", 2],
      ]);
    });

    test("what shows nothing of a partner is no look at it", async () => {
      const day = "2021-11-27";
      const reply = await sergeant.get(
        `/api/keep-clear?from=${encodeURIComponent("2021-11-26T05:00:00+00:00")}&to=${encodeURIComponent("2021-11-26T05:30:00+00:00")}`,
      );
      expect(reply.json()).toMatchObject({ stretches: [] });
      await sergeant.get("/api/plans?from=2021-11-29&days=7");
      await sergeant.get("/api/events");
      for (const partner of ["a", "b", "c"] as const) {
        expect((await viewsOf(partner)).views, `${partner} after ${day}`).toEqual([]);
      }
    });

    test("a viewer is eight digits that say nothing, the same next time, another for each partner", async () => {
      await sergeant.get("/api/keep-clear");
      const [atA] = (await viewsOf("a")).views;
      const [atB] = (await viewsOf("b")).views;
      expect(atA?.viewer).toMatch(/^[0-9a-f]{8}$/);
      expect(atB?.viewer).not.toBe(atA?.viewer);
      await sergeant.get("/api/keep-clear");
      expect((await viewsOf("a")).views).toMatchObject([{ viewer: atA?.viewer, times: 2 }]);
      const body = JSON.stringify(await viewsOf("a"));
      expect(body).not.toMatch(/demonstration|partner/i);
    });

    test("a partner reads the same whether or not another exists", async () => {
      await sergeant.get("/api/keep-clear");
      const withOthers = (await viewsOf("a")).views.map(({ viewer: _, ...view }) => view);
      await db().transaction(ownerActor, async (tx) => {
        await tx.query("delete from footprint_view");
        await tx.query("delete from footprint_viewer");
        await tx.query(
          "update outreach_session set ended_at = created_at where partner_id <> (select id from partner where code = 'a')",
        );
      });
      await sergeant.get("/api/keep-clear");
      expect((await viewsOf("a")).views.map(({ viewer: _, ...view }) => view)).toEqual(withOthers);
      await db().transaction(ownerActor, (tx) =>
        tx.query("update outreach_session set ended_at = null"),
      );
    });

    test("a look that fails is not counted, and many at once lose none", async () => {
      await Promise.all(Array.from({ length: 12 }, () => sergeant.get("/api/keep-clear")));
      expect((await viewsOf("b")).views).toMatchObject([{ times: 12 }]);
      const refused = await sergeant.send("POST", "/api/plans/suggest", {
        from: addDays("2021-11-26", 60),
        days: 1,
        units: 1,
      });
      expect(refused.statusCode).toBe(422);
      expect((await viewsOf("b")).views).toMatchObject([{ times: 12 }]);
    });

    test("a partner reads its own", async () => {
      await sergeant.get("/api/keep-clear");
      const partner = { person: "x", role: "partner", partner: "a" } as const;
      const seen = await db().transaction(partner, (tx) =>
        tx.query("select distinct partner_id from footprint_view"),
      );
      expect(seen).toHaveLength(1);
    });
  },
  fillDemo,
);
