import { createHash } from "node:crypto";
import { serialize } from "node:v8";
import { beforeAll, describe, expect, test } from "vitest";
import { lookForClusters } from "#core/displacement/watch/look.ts";
import { cellCentre, cellToDecimal, type H3Cell, metresBetween } from "#core/geo/cell.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { createAsAt, silentNotes } from "#server/acts/services.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { assess } from "#server/displacement/assess.ts";
import { createOperation } from "#server/displacement/operations/store.ts";
import { type LookHooks, lookAround } from "#server/displacement/watch/look-around.ts";
import { latestLooks, loadAlertActs, loadAlerts } from "#server/displacement/watch/store.ts";
import { undoBatch } from "#server/records/batches.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { addPatrol, removeOutreachAndPatrols } from "#tests/support/demo.ts";
import { london } from "#tests/support/displacement.ts";
import { edgeWith } from "#tests/support/exchange.ts";
import { storeReports } from "#tests/support/store-reports.ts";
import { comeTogether, fillQuietDemo, pickettsLock } from "#tests/support/watch.ts";

const looks = new Map<string, ReturnType<typeof lookForClusters>>();

/** Counted in this thread: what the thread of its own brings is tried once below. Of the same once: it takes half a second. */
const here: LookHooks = {
  scan: async (input) => {
    const key = createHash("sha256").update(serialize(input)).digest("hex");
    const look = looks.get(key) ?? lookForClusters(input);
    looks.set(key, look);
    return look;
  },
};

function nearestTo(cells: readonly H3Cell[], to: H3Cell): H3Cell {
  const metres = (cell: H3Cell) => metresBetween(cellCentre(cell), cellCentre(to));
  const [nearest] = cells.toSorted((a, b) => metres(a) - metres(b));
  if (nearest === undefined) throw new Error("No cells");
  return nearest;
}

onEachEngine(
  "watching",
  ({ db }) => {
    let services: { db: Database; zone: typeof london; asAt: ReturnType<typeof createAsAt> };
    beforeAll(async () => {
      const asAt = createAsAt(london, () => Date.now());
      await asAt.refresh(db());
      services = { db: db(), zone: london, asAt };
    });
    const read = () =>
      db().transaction(ownerActor, async (tx) => {
        const alerts = await loadAlerts(tx, "2021-11-26");
        const actsOf = await loadAlertActs(tx, "2021-11-26");
        const acts = alerts.toReversed().flatMap(({ id }) => actsOf(id));
        return { alerts, acts, looks: [...(await latestLooks(tx, "2021-11-26")).values()] };
      });
    const forget = () =>
      db().transaction(ownerActor, async (tx) => {
        await tx.query("delete from alert");
        await tx.query("delete from watch_look");
      });
    const undo = (batch: number) =>
      undoBatch({ ...silentNotes, db: db(), actor: ownerActor }, batch);
    /** What is left of the looks and alerts but for when they were made and their numbers. */
    const bytes = async () => {
      const { alerts, acts, looks } = await read();
      return JSON.stringify([
        alerts.map(({ id: _, seenAt: __, ...alert }) => alert),
        acts.map(({ at: _, ...act }) => act),
        looks.map(({ at: _, eventsVersion: __, ...look }) => look),
      ]);
    };
    const planted = async (events: readonly PoliceEvent[]) => {
      await forget();
      const batch = await storeReports(db(), events);
      const kept = await lookAround(services, here);
      return { batch, kept };
    };

    test("reports that come together beside a line are an alert, in a thread of its own too", async () => {
      await forget();
      const batch = await storeReports(db(), comeTogether(pickettsLock, 12));
      const [kept] = await lookAround(services);
      expect(kept?.raised.length).toBe(1);
      const { alerts, acts } = await read();
      const [alert] = alerts;
      expect(alert).toMatchObject({
        state: "open",
        neighbour: "Waltham Forest",
        beyond: 0,
        lastDay: "2021-11-26",
        raisedOn: "2021-11-26",
        seed: 20_211_126,
        replicates: 999,
      });
      expect(alert?.observed).toBeGreaterThanOrEqual(12);
      expect(alert?.expected).toBeLessThan(6);
      expect(alert?.cellReports.reduce((sum, count) => sum + count, 0)).toBe(alert?.observed);
      expect(acts.map(({ act, by }) => `${act} ${by}`)).toEqual(["raised system"]);
      const first = await bytes();
      await forget();
      await lookAround(services, here);
      expect(await bytes()).toBe(first);
      await undo(batch);
    });

    test("the same is not looked at twice, and the cluster that goes on is brought up to date", async () => {
      const { batch } = await planted(comeTogether(pickettsLock, 12));
      expect(await lookAround(services, here)).toEqual([]);
      const more = await storeReports(db(), comeTogether(pickettsLock, 3, {}, 12));
      const [again] = await lookAround(services, here);
      const { alerts, acts } = await read();
      expect(alerts.length).toBe(1);
      expect(again).toMatchObject({ raised: [], updated: [alerts[0]?.id] });
      expect(acts.map(({ act }) => act)).toEqual(["raised", "seen_again"]);
      await undo(batch);
      await undo(more);
    });

    test("after an undo it is not seen any more, and stays for somebody to close", async () => {
      const { batch } = await planted(comeTogether(pickettsLock, 12));
      await undo(batch);
      const [kept] = await lookAround(services, here);
      expect(kept?.look.answer).toBe("nothing");
      const { alerts, looks } = await read();
      expect(alerts[0]?.state).toBe("open");
      expect(alerts[0]?.seenAt).toBeLessThan(looks[0]?.at ?? 0);
    });

    test("what somebody closed is not raised again for the same reports", async () => {
      const { batch } = await planted(comeTogether(pickettsLock, 12));
      await db().transaction(ownerActor, (tx) => tx.query("update alert set state = 'closed'"));
      const one = await storeReports(db(), comeTogether(pickettsLock, 1, {}, 12));
      expect((await lookAround(services, here))[0]).toMatchObject({ raised: [], updated: [] });
      const many = await storeReports(db(), comeTogether(pickettsLock, 10, {}, 13));
      expect((await lookAround(services, here))[0]?.raised.length).toBe(1);
      await undo(batch);
      await undo(one);
      await undo(many);
    });

    test("SAFEGUARDS 4: alerts are the same, byte for byte, with and without outreach and patrols", async () => {
      const { batch } = await planted(comeTogether(pickettsLock, 12));
      await addPatrol(db());
      await forget();
      await lookAround(services, here);
      const before = await bytes();
      expect(before).toContain("Waltham Forest");
      expect(await removeOutreachAndPatrols(db())).toBeGreaterThan(1_000);
      await forget();
      await lookAround(services, here);
      expect(await bytes()).toBe(before);
      await undo(batch);
    });

    test("SAFEGUARDS 9: discovered events and reported street sex work raise no alert and change none", async () => {
      const none = await planted([
        ...comeTogether(pickettsLock, 20, { source: "police" }),
        ...comeTogether(pickettsLock, 20, { kind: "sighting", category: "street_sex_work" }),
        ...comeTogether(pickettsLock, 20, { category: "street_sex_work", source: "partner" }),
      ]);
      expect(none.kept[0]).toMatchObject({ raised: [], look: { answer: "nothing" } });
      const { batch } = await planted(comeTogether(pickettsLock, 12));
      const withThem = await bytes();
      await undo(none.batch);
      await forget();
      await lookAround(services, here);
      expect(await bytes()).toBe(withThem);
      await undo(batch);
    });

    test("nothing after the as-at date is looked at, and one caller is no cluster", async () => {
      const later = comeTogether(pickettsLock, 20).map((event) => {
        const startsAt = event.startsAt + 20 * 86_400_000;
        return { ...event, startsAt, endsAt: startsAt };
      });
      const one = comeTogether(pickettsLock, 20).map((event, _, [first = event]) => ({
        ...first,
        startsAt: first.startsAt + 86_400_000 * 9,
        endsAt: first.endsAt + 86_400_000 * 9,
      }));
      const { batch, kept } = await planted([...later, ...one]);
      expect(kept[0]?.raised).toEqual([]);
      await undo(batch);
    });

    test("a look that is stopped leaves nothing, and the next one makes up for it", async () => {
      await forget();
      const batch = await storeReports(db(), comeTogether(pickettsLock, 12));
      const stopping = new AbortController();
      const stopped = lookAround(services, {
        signal: stopping.signal,
        scan: async (_, signal) => {
          stopping.abort(new Error("Killed"));
          signal?.throwIfAborted();
          throw new Error("not reached");
        },
      });
      await expect(stopped).rejects.toThrow("Killed");
      expect(await read()).toEqual({ alerts: [], acts: [], looks: [] });
      expect((await lookAround(services, here))[0]?.raised.length).toBe(1);
      await undo(batch);
    });

    test("two that look at once keep one look and one alert", async () => {
      await forget();
      const batch = await storeReports(db(), comeTogether(pickettsLock, 12));
      await Promise.all([lookAround(services, here), lookAround(services, here)]);
      const { alerts, looks, acts } = await read();
      expect([alerts.length, looks.length, acts.length]).toEqual([1, 1, 1]);
      await undo(batch);
    });

    test("a look keeps what has risen by the same reports that an analyst reads, and once", async () => {
      await forget();
      const rows = (statement: string) =>
        db().transaction(ownerActor, (tx) => tx.query<Record<string, unknown>>(statement));
      await rows("delete from operation_rise");
      await lookAround(services, here);
      const kept = "select operation_id, neighbour, shown_on::text, kept_at from operation_rise";
      const seen = await rows(kept);
      const analyst = { person: "an analyst", role: "analyst", partner: null } as const;
      const act = { ...services, actor: analyst, addDetail: () => undefined };
      const { reply } = await assess(act, { operation: "boxster-2021" });
      const risen = reply.edges.filter(({ evidence }) => evidence?.movedOn != null);
      expect(seen.map(({ neighbour, shown_on }) => [neighbour, shown_on])).toEqual(
        risen.map(({ neighbour, evidence }) => [neighbour, evidence?.movedOn]),
      );
      expect(seen).toHaveLength(1);
      expect(await rows(kept)).toEqual(seen);
    });

    test("SAFEGUARDS 12: a look is a line of the tool's own, with numbers and dates alone", async () => {
      await forget();
      const batch = await storeReports(db(), comeTogether(pickettsLock, 12));
      const before = await lastId(db());
      await lookAround(services, here);
      const lines = await linesAfter(db(), before);
      expect(lines.map(({ role, verb, act }) => `${role} ${verb} ${act}`)).toEqual([
        "system consultation look for displacement",
        "system consultation assess displacement",
        "system alteration raise an alert",
      ]);
      const [looked, assessed, raised] = lines.map(({ detail }) => JSON.parse(detail) as object);
      expect(Object.keys(looked ?? {}).sort()).toEqual(["events", "from", "operation", "to"]);
      expect(Object.keys(assessed ?? {}).sort()).toEqual(["events", "from", "operation", "to"]);
      expect(Object.keys(raised ?? {}).sort()).toEqual(["alert", "events", "operation"]);
      await undo(batch);
    });

    describe("operations", () => {
      test("one that has ended or has too little around it is not looked at, or cannot be told of", async () => {
        await forget();
        await db().transaction(ownerActor, async (tx) => {
          const cells = [pickettsLock];
          await createOperation(tx, {
            name: "over",
            cells,
            startsOn: "2021-09-01",
            endsOn: "2021-10-31",
            control: null,
            phases: [],
          });
          await createOperation(tx, {
            name: "far north",
            cells: ["8a195da73107fff" as never],
            startsOn: "2021-09-01",
            endsOn: null,
            control: null,
            phases: [],
          });
        });
        const kept = await lookAround(services, here);
        expect(kept.map(({ operation }) => operation).sort()).toEqual([
          "boxster-2021",
          "far north",
        ]);
        const north = kept.find(({ operation }) => operation === "far north");
        expect(north?.look).toMatchObject({ answer: "too_few", strongestP: null });
      });
    });

    test("records beyond a line that begin within the days looked at raise no alert there, and that is said", async () => {
      const { outer } = await edgeWith(db(), "Waltham Forest");
      const far = nearestTo(outer, pickettsLock);
      const without = (from: string) =>
        db().transaction(ownerActor, (tx) =>
          tx.query(
            "delete from event where cell = any($1::bigint[]) and starts_at < $2::timestamptz",
            [outer.map(cellToDecimal), from],
          ),
        );
      const all = await planted(comeTogether(far, 14));
      expect(all.kept.find(({ operation }) => operation === "boxster-2021")?.raised.length).toBe(1);
      await undo(all.batch);
      // As if the file held the last two weeks alone.
      await without("2021-11-12");
      const late = await planted(comeTogether(far, 14));
      const look = late.kept.find(({ operation }) => operation === "boxster-2021");
      expect(look?.raised).toEqual([]);
      expect(look?.look.unseen).toContain("Waltham Forest");
      await undo(late.batch);
    });
  },
  fillQuietDemo,
);
