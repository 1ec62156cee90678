import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addUp, createAreaTree } from "#core/disclosure/area-tree.ts";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { publicAreas } from "#core/places/public-areas.ts";
import {
  type PreviewReply,
  type ReleaseContent,
  releaseContent,
} from "#core/releases/wire/releases.ts";
import { ownerActor, publisherActor, type Transaction } from "#server/db/database.ts";
import { typedQueries } from "#server/db/rows.ts";
import { createOperation, loadOperations } from "#server/displacement/operations/store.ts";
import { placesOf } from "#server/places/places.ts";
import { countByResidents } from "#server/releases/draft.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import {
  addPatrol,
  fillDemo,
  removeOutreachAndPatrols,
  removeReleases,
} from "#tests/support/demo.ts";
import { recovered } from "#tests/support/disclosure.ts";
import { london } from "#tests/support/displacement.ts";

const address = "/api/releases/preview";

onOneEngine(
  "what would be released",
  ({ db }) => {
    let app: TestApp;
    let analyst: TestCaller;
    beforeAll(async () => {
      await removeReleases(db());
      app = await openTestApp(db());
      analyst = await app.as("analyst");
    });
    afterAll(() => app.close());
    const body = async () =>
      JSON.stringify((await analyst.get(address)).json<PreviewReply>().content);
    const content = async () => releaseContent.parse(JSON.parse(await body()));

    test("says that the demonstration is made up, and shows the boroughs month by month", async () => {
      const reply = await content();
      expect(reply.madeUp).toBe(true);
      expect([reply.months[0], reply.months.at(-1)]).toEqual(["2020-09", "2021-09"]);
      const enfield = reply.areas.find((area) => area.name === "Enfield")?.id;
      const shown = reply.values.filter((value) => value.area === enfield);
      expect(shown.length).toBe(13);
      for (const { count } of shown)
        expect(count === null || (count >= 10 && count % 5 === 0)).toBe(true);
      expect(shown.filter(({ count }) => count !== null).length).toBeGreaterThan(10);
    });

    describe("SAFEGUARDS 4: nothing in it is computed from blackouts or patrols", () => {
      test("it is the same, byte for byte, with and without them", async () => {
        await addPatrol(db());
        const withThem = await body();
        expect(JSON.parse(withThem).movedNotes).toHaveLength(1);
        const removed = await removeOutreachAndPatrols(db());
        expect(removed).toBeGreaterThan(1_000);
        expect(await body()).toBe(withThem);
      });

      test("what counts it reads events and nothing else", async () => {
        const seen: string[] = [];
        const range = { timeZone: "Europe/London", from: 0, to: Date.parse("2021-10-01Z") };
        await db().transaction(publisherActor, async (tx) => {
          const listening = listeningTo(tx, seen);
          await countByResidents(listening, "complaint", range);
          await countByResidents(listening, "sighting", range);
        });
        const tables = await db().transaction(ownerActor, tableNames);
        const named = seen.map((sql) =>
          tables.filter((table) => new RegExp(`\\b${table}\\b`).test(sql)).sort(),
        );
        // What was merged into another record counts once.
        expect(named).toEqual([
          ["event", "event_match"],
          ["event", "event_match"],
        ]);
        expect(seen.join()).toContain("kind = 'complaint'");
      });
    });

    test("SAFEGUARDS 7: it is the same, byte for byte, with a street for every event and with none", async () => {
      const without = await body();
      const placed = await db().transaction(ownerActor, (tx) =>
        tx.through("copier", (inside) =>
          inside.query(
            `update event set segment = (id % 900)::int, streets = decode('a1b2c3d4e5f60718', 'hex')
             where placed_by = 'point' returning 1`,
          ),
        ),
      );
      expect(placed.length).toBeGreaterThan(1_000);
      expect(await body()).toBe(without);
      expect(without).not.toMatch(/segment|per100m|a1b2c3/);
    });

    describe("SAFEGUARDS 7: the public figures", () => {
      test("give nothing under 10 back to an intruder's sums and differences", async () => {
        const reply = await content();
        const tree = createAreaTree(reply.areas);
        const truth = await trueCounts(app, reply);
        let blanks = 0;
        for (const month of reply.months) {
          const shown = reply.areas.map(
            ({ id }) =>
              reply.values.find((one) => one.area === id && one.month === month)?.count ?? null,
          );
          const counts = addUp(tree, truth.get(month) ?? tree.ids.map(() => 0));
          shown.forEach((figure, area) => {
            const count = counts[area] ?? 0;
            if (figure === null) blanks += 1;
            else expect([Math.round(count / 5) * 5, count >= 10]).toEqual([figure, true]);
          });
          expect(recovered(tree, shown, counts, tenFiveRule), month).toBe(0);
        }
        expect(blanks).toBeGreaterThan(50);
      });

      test("hold complaints by residents alone, in months that are old enough", async () => {
        const complaints = async () =>
          (await content()).values.filter(({ measure }) => measure === "resident_complaints");
        const [before, figures] = [await body(), await complaints()];
        await db().transaction(ownerActor, addOtherEvents);
        expect(await complaints()).toEqual(figures);
        // Sightings are for the whole command alone.
        const sightings = (await content()).values.filter(({ measure }) => measure === "sightings");
        expect(new Set(sightings.map(({ area }) => area))).toEqual(new Set(["command"]));
        await db().transaction(ownerActor, (tx) =>
          addComplaints(tx, "resident", "2021-09-15 12:00"),
        );
        expect(await body()).not.toBe(before);
      });

      test("count the month of London's wall clock", async () => {
        const edmonton = (reply: ReleaseContent) =>
          reply.values
            .filter((value) => value.area.endsWith("N-angel-edmonton") && value.month > "2021-06")
            .map((value) => value.count);
        const before = edmonton(JSON.parse(await body()));
        // 23:30 UTC on 31 July is 1 August in London.
        await db().transaction(ownerActor, (tx) =>
          addComplaints(tx, "resident", "2021-07-31 23:30"),
        );
        const after = edmonton(JSON.parse(await body()));
        expect(after[0]).toBe(before[0]);
        expect((after[1] ?? 0) - (before[1] ?? 0)).toBeGreaterThanOrEqual(20);
      });
    });
  },
  fillDemo,
);

onOneEngine(
  "SAFEGUARDS 7 and 11: the note on a fall with a rise at a line",
  ({ db }) => {
    let app: TestApp;
    let analyst: TestCaller;
    beforeAll(async () => {
      // What a release said of an operation and these dates would be said again.
      await removeReleases(db());
      app = await openTestApp(db());
      analyst = await app.as("analyst");
    });
    afterAll(() => app.close());
    const note = async () =>
      (await analyst.get(address)).json<PreviewReply>().content?.movedNotes ?? [];

    test("says its dates", async () => {
      expect(JSON.stringify(await note())).toContain("1 August to 30 September 2021");
    });

    test("nothing after the last public month is read for it, and all of that month is", async () => {
      const told = await note();
      expect(told).toHaveLength(1);
      // So many that the fall would be gone if they were counted.
      await db().transaction(ownerActor, (tx) => addManyComplaints(tx, "2021-10-01 12:00"));
      expect(await note()).toEqual(told);
      await db().transaction(ownerActor, (tx) => addManyComplaints(tx, "2021-09-30 12:00"));
      expect(await note()).toEqual([]);
      await db().transaction(ownerActor, removeManyComplaints);
      expect(await note()).toEqual(told);
    });

    test("an operation that began after the last public month gives none", async () => {
      const told = await note();
      const treated = await db().transaction(ownerActor, (tx) => loadOperations(tx, "2021-11-26"));
      await db().transaction(ownerActor, (tx) =>
        createOperation(tx, {
          name: "october",
          cells: treated[0]?.cells ?? [],
          startsOn: "2021-10-01",
          endsOn: null,
          control: null,
          phases: [],
        }),
      );
      expect(await note()).toEqual(told);
    });
  },
  fillDemo,
);

function listeningTo(tx: Transaction, seen: string[]): Transaction {
  const query: Transaction["query"] = (sql, params) => {
    seen.push(sql);
    return tx.query(sql, params);
  };
  return { ...tx, ...typedQueries(({ sql, params }) => query(sql, params), london), query };
}

async function tableNames(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select table_name::text as "name" from information_schema.tables where table_schema = 'public'`,
  );
  return rows.map((row) => row.name);
}

/** Counted again from single rows, by month, in the order of the reply's areas. */
async function trueCounts(app: TestApp, reply: ReleaseContent): Promise<Map<string, number[]>> {
  const { zone, db } = app.services;
  const places = (await placesOf(app.services)).reply;
  const { areaOf } = publicAreas(places.areas, places.gazetteer.neighbourhoods);
  const rows = await db.transaction(ownerActor, (tx) =>
    tx.query<{ cell: H3Cell; starts: number; ends: number }>(
      `select to_hex(cell) as "cell", (extract(epoch from starts_at) * 1000)::float8 as "starts",
              (extract(epoch from ends_at) * 1000)::float8 as "ends"
       from event where kind = 'complaint' and source = 'resident'`,
    ),
  );
  const counts = new Map<string, number[]>();
  for (const { cell, starts, ends } of rows) {
    const month = zone.dateOf((starts + ends) / 2).slice(0, 7);
    const index = reply.areas.findIndex((area) => area.id === areaOf(cell, null));
    const row = counts.get(month) ?? reply.areas.map(() => 0);
    counts.set(month, row);
    if (index >= 0) row[index] = (row[index] ?? 0) + 1;
  }
  return counts;
}

/** Police and partner complaints, sightings, and complaints of months that are too recent. */
async function addOtherEvents(tx: Transaction): Promise<void> {
  await addComplaints(tx, "police", "2021-09-15 12:00");
  await addComplaints(tx, "partner", "2021-09-15 12:00");
  await addComplaints(tx, "resident", "2021-10-15 12:00");
  await addComplaints(tx, "resident", "2020-08-15 12:00");
  await addComplaints(tx, "resident", "2021-09-15 12:00", "sighting");
}

/** In the streets of the operation, UTC. */
async function addManyComplaints(tx: Transaction, at: string): Promise<void> {
  await tx.query(
    `insert into event (batch_id, cell, kind, source, category, starts_at, ends_at)
     select (select min(id) from batch), cell, 'complaint', 'resident',
            'kerb_crawling', $1::timestamptz, $1::timestamptz
     from operation_cell, generate_series(1, 20)`,
    [`${at}+00`],
  );
}

async function removeManyComplaints(tx: Transaction): Promise<void> {
  await tx.query(
    `delete from event
     where starts_at = ends_at
       and starts_at in ('2021-10-01 12:00+00'::timestamptz, '2021-09-30 12:00+00'::timestamptz)`,
  );
}

/** Twenty-five at Brettenham Road, UTC. */
async function addComplaints(tx: Transaction, source: string, at: string, kind = "complaint") {
  await tx.query(
    `insert into event (batch_id, cell, kind, source, category, starts_at, ends_at)
     select (select min(id) from batch), x'8a194e696367fff'::bigint, $1::text, $2::text,
            'kerb_crawling', $3::timestamptz, $3::timestamptz
     from generate_series(1, 25)`,
    [kind, source, `${at}+00`],
  );
}
