import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type PlanReply, planReply } from "#core/patrols/wire/plan.ts";
import { formatInstant } from "#core/time/zone.ts";
import { UsageError } from "#server/cli/command.ts";
import { ownerActor } from "#server/db/database.ts";
import { checkPlanCommand } from "#server/patrols/commands/check-plan.ts";
import { planCommand } from "#server/patrols/commands/plan.ts";
import { insertDuties } from "#server/patrols/staffing.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { addWardens } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { isClear, withoutCheck } from "#tests/support/checks.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { london, weekly } from "#tests/support/outreach.ts";
import { addSession, fillReports, giveCalendar, planFrom } from "#tests/support/plan-database.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

onOneEngine(
  "boxster plan",
  ({ db }) => {
    const test_ = appWith(db);
    const folder = scratchFolder("plan");
    beforeAll(async () => {
      const now = test_.services.asAt.now();
      const { partnerId, place } = await giveCalendar(db(), now);
      const rule = weekly(planFrom, "20:30", "23:00");
      await addSession(db(), now, { partnerId, placeId: place.id, rule });
    });
    const plan = async (values: Record<string, string>) =>
      runCommand(test_.services, planCommand, {
        values: { from: planFrom, days: "2", units: "2", ...values },
      });

    test("prints what the interface promises, with instants that carry their offset", async () => {
      const { json, text } = await plan({});
      const made = planReply.parse(json);
      expect(Object.keys(made)).toEqual(
        expect.arrayContaining(
          "windows objective bound gap greedy seconds stopped refused calendarsAsAt".split(" "),
        ),
      );
      expect(made.windows.length).toBeGreaterThan(8);
      for (const window of made.windows) {
        expect(window.start).toBe(formatInstant(london, Date.parse(window.start)));
        expect(window.why).toBe(`${window.whyHere} ${window.whyNow}`);
        expect(window.stops.length).toBeGreaterThanOrEqual(3);
      }
      expect(text[0]).toMatch(/^\d+ patrols, \d+ stops, [\d.]+% of expected reports/);
      expect(text.join(" ")).not.toMatch(/outreach|protected|partner/i);
    });

    test("equal input and seed give an equal plan, and it passes the independent checker", async () => {
      const bare = ({ json }: { json: unknown }) => {
        const { seconds, windows, ...rest } = planReply.parse(json);
        expect(seconds).toBeGreaterThan(0);
        return {
          ...rest,
          windows: windows.map((window) => ({ ...withoutCheck(window), ok: isClear(window) })),
        };
      };
      const first = await plan({ seed: "7" });
      expect(bare(await plan({ seed: "7" }))).toEqual(bare(first));
      expect(bare(await plan({ seed: "8" }))).not.toEqual(bare(first));
      const file = join(folder, "plan.json");
      await writeFile(file, JSON.stringify(first.json));
      const verdict = await runCommand(test_.services, checkPlanCommand, { positionals: [file] });
      expect(verdict.json).toEqual({ ok: true, overlaps: [] });
    });

    test("tells whose a window is, and the checker takes it: wardens' and police's", async () => {
      await addWardens(db());
      const duty = { date: "2021-12-01", unit: 5, hours: "14:00-02:00", mode: "foot" } as const;
      await db().transaction(ownerActor, (tx) =>
        insertDuties(tx, [duty], { code: "enfield-wardens", number: 1 }),
      );
      const { json, text } = await plan({ from: "2021-12-01", days: "1", units: "1" });
      const { windows } = planReply.parse(json);
      const whose = new Set(windows.map(({ patrolPartner }) => patrolPartner));
      expect(whose).toEqual(new Set([null, "enfield-wardens"]));
      expect(text.join("\n")).toContain("unit 5 of enfield-wardens");
      const file = join(folder, "both.json");
      await writeFile(file, JSON.stringify(json));
      const verdict = await runCommand(test_.services, checkPlanCommand, { positionals: [file] });
      expect(verdict.json).toEqual({ ok: true, overlaps: [] });
      await asOwner(db(), "delete from staffing_duty");
    });

    test("takes shifts of its own", async () => {
      const { json } = await plan({ shifts: "18:00-22:00", days: "2" });
      const made = json as PlanReply;
      expect(made.shifts).toEqual(["18:00-22:00"]);
      expect(made.windows.length).toBeGreaterThan(2);
      for (const window of made.windows) {
        const [start, end] = [window.start.slice(11, 16), window.end.slice(11, 16)];
        expect(start >= "18:00" && end <= "22:00").toBe(true);
      }
    });

    test("another day's knowledge is that day's: no calendar had been given then", async () => {
      const today = test_.services.asAt.date();
      expect((await plan({ "as-at": today, days: "1" })).json).toMatchObject({ asAt: today });
      await expect(plan({ "as-at": "2021-11-01" })).rejects.toThrow(/has not been confirmed yet/);
    });

    test.each([
      [{ from: "29/11/2021" }, "--from"],
      [{ days: "0" }, "--days"],
      [{ units: "many" }, "--units"],
      [{ units: "0" }, "--units"],
      [{ seed: "-3" }, "--seed"],
      [{ "as-at": "soon" }, "--as-at"],
      [{ shifts: "14-22" }, "14:00-22:00"],
      [{ shifts: "14:00-14:00" }, "same time"],
    ])("%j is a wrong call", async (values, words) => {
      const wrong = await plan(values as unknown as Record<string, string>).catch(
        (error: unknown) => error,
      );
      expect(wrong).toBeInstanceOf(UsageError);
      expect((wrong as Error).message).toContain(words);
    });

    test("a missing option is named", async () => {
      await expect(
        runCommand(test_.services, planCommand, { values: { from: planFrom, units: "2" } }),
      ).rejects.toThrow("--days is missing.");
    });

    test("what cannot be planned is refused in one line", async () => {
      await expect(plan({ "as-at": "2022-01-01" })).rejects.toThrow(/has not come yet/);
      await expect(plan({ from: "2022-06-20" })).rejects.toThrow(/26 weeks/);
    });
  },
  fillReports,
);
