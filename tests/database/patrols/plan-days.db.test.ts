import { expect, test } from "vitest";
import { checkNumber } from "#server/patrols/issue.ts";
import { listPlans } from "#server/patrols/stored.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at } from "#tests/support/outreach.ts";
import { fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk } from "#tests/support/plan-desk.ts";

onEachEngine(
  "a plan's days and the way back",
  ({ db }) => {
    const desk = planDesk(db);

    test("a plan belongs to its own days, not to the day on which its last night ends", async () => {
      const plan = await desk.suggest({ from: "2021-12-01" });
      const lastEnd = Math.max(...plan.windows.map((window) => Date.parse(window.end)));
      expect(lastEnd).toBeGreaterThan(at("2021-12-02T00:00"));
      const listed = async (from: string, days: number) =>
        (await listPlans(desk.services(), { from, days })).map(({ id }) => id);
      expect(await listed("2021-12-02", 7)).not.toContain(plan.id);
      expect(await listed("2021-11-25", 6)).not.toContain(plan.id);
      for (const [from, days] of [
        ["2021-12-01", 1],
        ["2021-11-29", 3],
        ["2021-11-29", 28],
      ] as const) {
        expect(await listed(from, days)).toContain(plan.id);
      }
    });

    test("taking back makes agreed windows suggestions again, and no sheet of them stands", async () => {
      const plan = await desk.agree(await desk.suggest({ from: "2021-12-09" }));
      const number = plan.number ?? "";
      const part = await desk.takeBack(plan, ["w1"]);
      expect(part.status).toBe("agreed");
      expect(part.windows.find((window) => window.id === "w1")?.status).toBe("suggested");
      expect(await checkNumber(desk.services(), number)).toMatchObject({ stands: false });
      const back = await desk.takeBack(plan);
      expect(back).toMatchObject({ status: "suggested", agreedAt: null });
      expect(back.windows.every((window) => window.status === "suggested")).toBe(true);
      expect(await desk.occupied(plan)).toBe(0);
      await expect(desk.takeBack(plan)).rejects.toMatchObject({ status: 409 });
      const again = await desk.agree(plan);
      expect(again.status).toBe("agreed");
      expect(again.number).not.toBe(number);
      await desk.withdraw(again);
    });
  },
  fillManyReports,
);
