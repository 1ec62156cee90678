import { expect, test } from "vitest";
import { type Act, silentNotes } from "#server/acts/services.ts";
import { ownerActor, systemActor } from "#server/db/database.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import { readTonight } from "#server/patrols/tonight.ts";
import { approveWalk } from "#server/upkeep/demo/walk.ts";
import { auditOf } from "#tests/support/accounts.ts";
import { testServices } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { at } from "#tests/support/outreach.ts";

const date = "2021-11-26";

onOneEngine(
  "tonight in the demonstration",
  ({ db }) => {
    test("at whatever hour it is started there is a walk, by a sergeant's own acts, clear of all that is closed", async () => {
      const opened = await testServices(db());
      let now = 0;
      const asAt = { ...opened.asAt, now: () => now, date: () => date, demo: true };
      const services = { ...opened, asAt };
      const actor = { person: "an officer", role: "sergeant", partner: null } as const;
      const act: Act = { ...services, ...silentNotes, actor };
      // Backwards at last, as its clock goes at midnight.
      for (const time of ["04:10", "12:00", "19:40", "23:50", "23:58", "00:02"]) {
        now = at(`${date}T${time}`);
        expect(await approveWalk(services), time).toBe(true);
        const on = (await readTonight(act)).windows.filter(
          ({ start, end, status }) =>
            status === "agreed" && Date.parse(start) < now + 31 * 60_000 && Date.parse(end) > now,
        );
        expect(on.length, time).toBeGreaterThanOrEqual(1);
        const verdict = await db().transaction(systemActor, (tx) =>
          tx.through("keeper", (keeper) =>
            checkPlan(keeper, "Europe/London", {
              windows: on.map(({ id, start, end, stops }) => ({ id, start, end, stops })),
            }),
          ),
        );
        expect(verdict, time).toMatchObject({ ok: true });
      }
      const count = () =>
        db().transaction(ownerActor, (tx) => tx.query("select id from patrol_window"));
      const before = await count();
      expect(await approveWalk(services)).toBe(true);
      expect(await count()).toEqual(before);
      const lines = await auditOf(db(), "approve patrols");
      expect(new Set(lines.map(({ person }) => person))).toEqual(
        new Set(["demonstration sergeant"]),
      );
    }, 240_000);
  },
  fillDemo,
);
