import { expect, test } from "vitest";
import { minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { london } from "#tests/support/outreach.ts";
import { fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk, routeOf } from "#tests/support/plan-desk.ts";

onEachEngine(
  "a plan agreed while sessions are saved",
  ({ db, engine }) => {
    // Only a server lets two transactions run side by side: embedded they queue, and two days show that.
    const all = ["2021-12-01", "2021-12-02", "2021-12-03", "2021-12-04"];
    const days = engine === "postgres" ? all : all.slice(0, 2);
    const desk = planDesk(db);

    /** Pairs of a patrol and a session that hold one cell at one time. */
    const overlaps = async () => {
      const rows = await db().transaction(ownerActor, (tx) =>
        tx.query<{ count: number }>(
          `select count(*)::int as "count"
         from occupancy patrol
         join occupancy closed
           on closed.cell = patrol.cell and closed.during && patrol.during
         where patrol.kind = 'patrol' and closed.kind = 'protected'
           and patrol.active and closed.active`,
        ),
      );
      return rows[0]?.count ?? -1;
    };

    test("the session always saves, and never is a patrol inside it", async () => {
      const cells = new Set<string>(desk.partner().place.cells);
      let lost = 0;
      for (const day of days) {
        const plan = await desk.suggest({ from: day, units: 3 });
        const rows = await desk.windowsOf(plan);
        const meeting = rows
          .filter((row) => routeOf(row).some((cell) => cells.has(cell)))
          .slice(0, 4);
        for (const row of meeting) {
          const local = (instant: number) =>
            new Date(london.toLocal(instant)).toISOString().slice(0, 16);
          const session = desk.closeDuring(local(row.start), local(row.start + 30 * minuteMs));
          const [saved, agreed] = await Promise.allSettled([
            session,
            desk.agree(plan, [row.label]),
          ]);
          expect(saved.status).toBe("fulfilled");
          if (agreed.status === "rejected") expect(agreed.reason).toBeInstanceOf(Problem);
          const status = (await desk.windowsOf(plan)).find((one) => one.id === row.id)?.status;
          expect(status).not.toBe("agreed");
          expect(await overlaps()).toBe(0);
          lost += 1;
        }
      }
      expect(lost).toBeGreaterThan(4);
    });
  },
  fillManyReports,
);
