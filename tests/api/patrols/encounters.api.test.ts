import { beforeAll, expect, test } from "vitest";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { walkedPart } from "#server/patrols/replies.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { london } from "#tests/support/outreach.ts";
import {
  fillReports,
  giveCalendar,
  planAsAt,
  planFrom,
  suggestThrough,
} from "#tests/support/plan-database.ts";
import { scenarioEvents } from "#tests/support/plan-scenario.ts";
import { storeReports } from "#tests/support/store-reports.ts";

onEachEngine(
  "a plan that goes by encounters",
  ({ db }) => {
    const app = appWith(db);
    const sergeant = app.caller("sergeant");
    beforeAll(() => giveCalendar(db(), app.services.asAt.now()));

    /** Where reports are, an hour later: where patrols would be. */
    const see = (count: number) =>
      storeReports(
        db(),
        scenarioEvents(london, { seed: 7, count, asAt: london.startOfDate(planAsAt) }).map(
          ({ cell, startsAt }) => ({
            cell,
            startsAt: startsAt - 60 * minuteMs,
            endsAt: startsAt - 60 * minuteMs,
            kind: "sighting",
            source: "partner",
            category: "street_sex_work",
          }),
        ),
      );
    const isEnough = async () => (await sergeant.get("/api/plans/encounters")).json();
    const visitsOf = ({ windows }: PlanReply) => {
      const visits = new Map<string, number>();
      for (const { cell } of windows.flatMap(({ stops }) => stops)) {
        visits.set(cell, (visits.get(cell) ?? 0) + 1);
      }
      return visits;
    };

    test("is refused where fewer than 30 sightings are on record of the last year, and nothing is kept", async () => {
      await see(29);
      expect(await isEnough()).toEqual({ isEnough: false });
      const body = { from: planFrom, days: 2, encounters: "some" };
      const reply = await sergeant.send("POST", "/api/plans/suggest", body);
      expect(reply.statusCode).toBe(422);
      expect(reply.body).toContain("fewer than 30 sightings");
    });

    test("SAFEGUARDS 9: it visits no cell more often than the plan without, and says what it gave up", async () => {
      await see(400);
      expect(await isEnough()).toEqual({ isEnough: true });
      const { plan: before } = await suggestThrough(sergeant);
      expect(before.options).not.toHaveProperty("encounters");
      const { plan } = await suggestThrough(sergeant, { encounters: "strong" });
      const had = visitsOf(before);
      for (const [cell, visits] of visitsOf(plan)) {
        expect(visits, cell).toBeLessThanOrEqual(had.get(cell) ?? 0);
      }
      const { weight, places = [] } = plan.options?.encounters ?? {};
      expect(weight).toBe("strong");
      expect(places.map((place) => place.weight)).toEqual(["none", "some", "strong"]);
      const strong = places.at(-1);
      expect(strong?.encounters).toBeLessThan(100);
      expect(Math.round((100 * plan.objective) / before.objective)).toBe(strong?.coverage);
      expect(JSON.stringify(plan)).not.toContain("rates");
    });

    test("weight and figures stay with what was approved and in the log, and neither paper nor auditors read them", async () => {
      const from = await lastId(db());
      const { plan } = await suggestThrough(sergeant, { encounters: "some" });
      const { id, options } = plan;
      const [first] = plan.windows;
      const agree = (windowIds: string[]) =>
        sergeant.send("POST", `/api/plans/${id}/agree`, { windowIds });
      expect((await agree([first?.id ?? ""])).statusCode).toBe(200);
      for (const paper of ["briefing", "calendar.ics", "plan.csv"]) {
        const { statusCode, body } = await sergeant.get(`/api/plans/${id}/${paper}`);
        expect([paper, statusCode, /encounter|sex work/i.test(body)]).toEqual([paper, 200, false]);
      }
      const lines = await linesAfter(db(), from);
      const told = lines.filter((line) => JSON.parse(line.detail).encounters === "some");
      expect(told.map(({ act }) => act)).toEqual(["suggest patrols", "approve patrols"]);
      // Without weight it is another plan; with the same, it joins, and what was told stays.
      const { plan: other } = await suggestThrough(sergeant);
      expect(other.id).not.toBe(id);
      const { plan: more } = await suggestThrough(sergeant, { encounters: "some", units: 3 });
      expect(more.id).toBe(id);
      expect(more.options?.encounters).toEqual(options?.encounters);
      // What auditors may read of it, once it is over.
      const walked = walkedPart(more, Date.parse("2022-01-01T00:00:00Z"));
      expect(walked.windows.length).toBeGreaterThan(0);
      expect(JSON.stringify(walked)).not.toContain("encounters");
    });

    test("SAFEGUARDS 18: the database keeps the weight of an approved plan, and knows no other words", async () => {
      const { plan } = await suggestThrough(sergeant, { days: 1, encounters: "some" });
      const change = (options: string) =>
        db().transaction(ownerActor, (tx) =>
          tx.run(sql`update patrol_plan set options = ${options}::jsonb where id = ${plan.id}`),
        );
      const withWeight = (weight: string) =>
        JSON.stringify({ ...plan.options, encounters: { weight, places: [] } });
      await expect(change(withWeight("most"))).rejects.toThrow("patrol_plan_encounters_known");
      await change(withWeight("strong"));
      const agreed = await sergeant.send("POST", `/api/plans/${plan.id}/agree`, {});
      expect(agreed.statusCode, agreed.body).toBe(200);
      await expect(change(withWeight("some"))).rejects.toThrow("weight of encounters");
      await expect(change("{}")).rejects.toThrow("weight of encounters");
    });
  },
  fillReports,
);
