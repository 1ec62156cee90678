import { beforeAll, expect, test } from "vitest";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { ownerActor } from "#server/db/database.ts";
import { lookAround } from "#server/displacement/watch/look-around.ts";
import { watchedEdges } from "#server/displacement/watched-edges.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import { placesOf } from "#server/places/places.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { suggestThrough } from "#tests/support/plan-database.ts";
import { storeReports } from "#tests/support/store-reports.ts";
import { comeTogether, pickettsLock } from "#tests/support/watch.ts";

onOneEngine(
  "watch stops of an alert",
  ({ db }) => {
    const app = appWith(db);
    const sergeant = app.caller("sergeant");
    beforeAll(async () => {
      await lookAround(app.services);
    });
    const watched = ({ windows }: PlanReply) =>
      windows.filter(({ purpose }) => purpose === "watch");
    const told = "Watch stop: boundary with Waltham Forest under alert since 26 November.";
    const setState = (state: string) =>
      db().transaction(ownerActor, (tx) => tx.query(`update alert set state = $1::text`, [state]));

    test("lie around it, say since when, and are clear of protected time by the independent checker", async () => {
      const { plan } = await suggestThrough(sergeant, { days: 2, units: 2 });
      const windows = watched(plan);
      expect(windows.length).toBeGreaterThan(0);
      const { edgeZones: zones, nameOf } = await placesOf(app.services);
      const inner = new Set(zones.find(({ neighbour }) => neighbour === "Waltham Forest")?.inner);
      for (const { whyHere, stops } of windows) {
        expect(whyHere).toContain(told);
        for (const { cell } of stops) {
          expect(inner.has(cell as never)).toBe(true);
          expect(nameOf(cell as never)).toMatch(/Northumberland Park|Road|Street|station/);
        }
      }
      const verdict = await db().transaction(ownerActor, (tx) =>
        checkPlan(tx, "Europe/London", plan),
      );
      expect(verdict).toMatchObject({ ok: true, overlaps: [] });
    });

    test("are switched off by the option, and fall back to the assessment once the alert is closed or handed over", async () => {
      const off = await suggestThrough(sergeant, { days: 1, units: 1, watch: false });
      expect(watched(off.plan)).toEqual([]);
      for (const state of ["closed", "open"]) {
        await setState(state);
        const { plan } = await suggestThrough(sergeant, { days: 1, units: 1 });
        for (const { whyHere } of watched(plan)) {
          expect(whyHere.includes(told), state).toBe(state === "open");
        }
      }
      await db().transaction(ownerActor, (tx) =>
        tx.query(
          `update alert set state = 'handed_over', handed_neighbour = neighbour, handed_role = 'outreach'`,
        ),
      );
      const { plan } = await suggestThrough(sergeant, { days: 1, units: 1 });
      for (const { whyHere } of watched(plan)) expect(whyHere).not.toContain(told);
      await setState("open");
    });

    test("an edge that rose is looked at until four weeks after the operation has ended", async () => {
      const edgesAfter = async (endsOn: string | null) => {
        await db().transaction(ownerActor, (tx) =>
          tx.query(
            `update operation set ends_on = $1::date, revision = revision + 1
             where name = 'boxster-2021'`,
            [endsOn],
          ),
        );
        const silent = { ...app.services, addDetail: () => undefined };
        const edges = await watchedEdges(silent, { person: "x", role: "sergeant", partner: null });
        return edges.map(({ neighbour }) => neighbour);
      };
      await setState("closed");
      const running = await edgesAfter(null);
      expect(running).not.toEqual([]);
      expect(await edgesAfter("2021-10-29")).toEqual(running);
      expect(await edgesAfter("2021-10-28")).toEqual([]);
      expect(await edgesAfter(null)).toEqual(running);
      await setState("open");
    });

    test("SAFEGUARDS 9: neither discovered events nor reported street sex work make one or move one", async () => {
      const before = watched((await suggestThrough(sergeant, { days: 1, units: 2 })).plan);
      await storeReports(db(), [
        ...comeTogether(pickettsLock, 40, { source: "police" }),
        ...comeTogether(pickettsLock, 40, { kind: "sighting", category: "street_sex_work" }),
      ]);
      await lookAround(app.services);
      const after = watched((await suggestThrough(sergeant, { days: 1, units: 2 })).plan);
      const placesIn = (windows: typeof before) =>
        windows.map(({ start, end, stops, whyHere }) => ({ start, end, stops, whyHere }));
      expect(placesIn(after)).toEqual(placesIn(before));
    });
  },
  fillDemo,
);
