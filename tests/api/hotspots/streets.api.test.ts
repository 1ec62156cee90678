import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { type StreetsReply, streetsReply } from "#core/hotspots/wire/streets.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { roles } from "#core/role.ts";
import { ownerActor } from "#server/db/database.ts";
import { hotspotsCommand } from "#server/hotspots/commands/hotspots.ts";
import { fillPlaces } from "#server/places/load.ts";
import { createStreetLookup } from "#server/records/import/street-of-point.ts";
import { createBatch, finishBatch } from "#server/records/queries/batches.ts";
import type { NewEvent } from "#server/records/queries/event-arrays.ts";
import { codesOfTypes } from "#server/records/queries/event-types.ts";
import { insertEvents } from "#server/records/queries/events.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { keepStreets, removeStreets } from "#tests/support/kept-graph.ts";
import { blockOf, place, street } from "#tests/support/streets.ts";

const source = {
  name: "edmonton.geojson",
  attribution: "© OpenStreetMap contributors",
} as const;

const lines: readonly StreetLine[] = [...blockOf(6), street("9 0, 9 1", { class: "path" })];
const november = "from=2021-11-01&to=2021-11-26";

onOneEngine("hotspots by street", ({ db }) => {
  const test_ = appWith(db);
  const sergeant = test_.caller("sergeant");
  const folder = () => test_.services.config.dataFolder;
  const keep = (of: readonly StreetLine[]) => keepStreets(folder(), buildGraph(of), source);

  beforeAll(async () => {
    await fillPlaces(db());
    await keep(lines);
    const { streetOf } = createStreetLookup(await test_.services.streets.now());
    const at = (
      [east, north]: readonly [number, number],
      times: number,
      {
        when = "2021-11-05T22:30Z",
        ...more
      }: Partial<PoliceEvent> & { readonly when?: string } = {},
    ): NewEvent[] => {
      const position = place(east, north);
      const startsAt = Date.parse(when);
      const own = streetOf({ position, placedBy: "point" });
      const event: NewEvent = {
        cell: cellAt(position, 10),
        kind: "complaint",
        source: "resident",
        category: "asb",
        startsAt,
        endsAt: startsAt,
        ...(own ? { street: own } : {}),
        ...more,
      };
      return Array.from({ length: times }, () => event);
    };
    const events = [
      ...at([2, 2.5], 9),
      ...at([2, 3.5], 2, { when: "2021-11-09T12:00Z", type: "Noise" }),
      ...at([0.5, 0], 3, { kind: "sighting", source: "partner" }),
      ...at([3.5, 1], 1, { category: "kerb_crawling" }),
      ...at([9, 0.5], 1),
      ...at([2.5, 2.5], 2),
      ...at([2, 2.5], 4, { kind: "arrest", source: "police" }),
      ...at([2, 2.5], 3, { when: "2021-10-08T12:00Z" }),
      { ...at([2, 2.5], 1)[0], street: { segment: 0, network: "00".repeat(8) } } as NewEvent,
    ];
    await db().transaction(ownerActor, async (tx) => {
      const id = await createBatch(tx, { person: "test", fileName: "made-up", profile: "made-up" });
      const [code] = (await codesOfTypes(tx, "plain", ["Noise"])).values();
      const typed = events.map((event) =>
        event.type && code !== undefined ? { ...event, typeCode: code } : event,
      );
      await insertEvents(tx, id, typed);
      const rows = events.length;
      const counts = { rows, accepted: rows, rejected: 0, duplicates: 0 };
      await finishBatch(tx, id, counts);
    });
  });
  afterEach(() => keep(lines));
  afterAll(async () => {
    await removeStreets(folder());
  });

  const ask = async (query: string): Promise<StreetsReply> => {
    const reply = await sergeant.get(`/api/hotspots/streets?${query}`);
    expect(reply.statusCode, reply.body).toBe(200);
    return streetsReply.parse(reply.json());
  };
  const command = (values: Record<string, string>) =>
    runCommand(test_.services, hotspotsCommand, {
      values: { from: "2021-11-01", to: "2021-11-26", by: "street", ...values },
    });

  test("stretches are ranked with counts, per 100 m, the test by length and their line", async () => {
    const reply = await ask(november);
    expect(reply).toMatchObject({ total: 19, placed: 16, elsewhere: 1, segments: 61 });
    expect(reply.km).toBeCloseTo(6.1, 1);
    expect(reply.attribution).toBe("© OpenStreetMap contributors");
    const [first] = reply.rows;
    expect(first).toMatchObject({
      place: "Column 2 between Row 2 and Row 3",
      street: "Column 2",
      class: "street",
      count: 9,
      near: 11,
      hot: true,
      by: "own",
    });
    expect(first?.metres).toBeCloseTo(100, 0);
    expect(first?.per100m).toBeCloseTo(9, 1);
    expect(first?.line).toEqual([
      expect.arrayContaining([expect.closeTo(place(2, 2)[0], 4)]),
      expect.arrayContaining([expect.closeTo(place(2, 3)[1], 4)]),
    ]);
    expect(reply.rows.map(({ place: name, count }) => [name, count]).slice(1)).toEqual([
      ["Row 0 between Column 0 and Column 1", 3],
      ["Column 2 between Row 3 and Row 4", 2],
      ["Row 1 between Column 3 and Column 4", 1],
      [expect.stringMatching(/ \(unnamed path\)$/), 1],
    ]);
    // Its two have company only in the nine of the stretch that meets it.
    expect(reply.rows[2]).toMatchObject({ near: 11, hot: false, beside: true, by: null });
    expect(reply.streets.map((one) => [one.street, one.count, one.segments])).toEqual([
      ["Column 2", 11, 5],
      ["Row 0", 3, 5],
      ["Row 1", 1, 5],
    ]);
    expect(reply.sentence).toBe(
      "19 reports in 3.7 weeks, 16 of them on a street; 2 stretches of street are hotspots, most on Friday 20:00 to midnight.",
    );
    expect(reply.note).toMatch(/^16 of 19 reports have a street\. Of the rest 2 came in before/);
    expect(reply.test).toContain("16 events along 6 km of street in 61 segments of Enfield");
  });

  test("dates, kinds, sources, categories, days, hours, area and limit are those of cells", async () => {
    expect((await ask(`${november}&kinds=arrest`)).rows).toMatchObject([{ count: 4 }]);
    expect((await ask(`${november}&days=tue`)).rows).toMatchObject([{ count: 2 }]);
    expect((await ask(`${november}&hours=11-13`)).total).toBe(2);
    expect((await ask(`${november}&categories=kerb_crawling`)).total).toBe(1);
    expect((await ask(`${november}&sources=partner`)).total).toBe(3);
    expect((await ask("from=2021-10-01&to=2021-10-31")).rows).toMatchObject([{ count: 3 }]);
    expect((await ask(`${november}&limit=2`)).rows).toHaveLength(2);
    const haringey = await ask(`${november}&area=Haringey`);
    expect(haringey).toMatchObject({ total: 0, segments: 0, rows: [], streets: [] });
    expect((await ask(`${november}&area=Enfield`)).placed).toBe(16);
  });

  test("by significance the least chance comes first, per 100 m the densest", async () => {
    const byChance = await ask(`${november}&measure=gi`);
    expect(byChance.rows.map(({ p }) => p)).toEqual(
      byChance.rows.map(({ p }) => p).toSorted((a, b) => a - b),
    );
    const dense = (await ask(`${november}&measure=density`)).rows.map(({ per100m }) => per100m);
    expect(dense).toEqual(dense.toSorted((a, b) => b - a));
  });

  test("other streets take the place of these without a report that is read as theirs", async () => {
    await ask(november);
    await keep(blockOf(5));
    const reply = await ask(november);
    expect(reply).toMatchObject({ total: 19, placed: 0, elsewhere: 17, rows: [] });
    expect(reply.note).toContain("17 were placed on streets that have been replaced since");
    await keep(lines);
    expect((await ask(november)).placed).toBe(16);
  });

  test("without streets the answer is one line on whom to ask, and the command's on how to get them", async () => {
    await removeStreets(folder());
    const reply = await sergeant.get(`/api/hotspots/streets?${november}`);
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toEqual({
      noStreets: "No street data yet. Ask your administrator.",
    });
    await expect(command({})).rejects.toThrow("boxster streets add FILE.geojson");
  });

  test("SAFEGUARDS 7: only those who read reports by cell read them by street", async () => {
    for (const role of roles) {
      const caller = await test_.as(role, ...(role === "partner" ? (["a"] as const) : []));
      const byCell = await caller.get(`/api/hotspots?${november}`);
      const byStreet = await caller.get(`/api/hotspots/streets?${november}`);
      expect(byStreet.statusCode, role).toBe(byCell.statusCode);
      expect(byStreet.statusCode === 200, role).toBe(role === "sergeant" || role === "analyst");
    }
    const stranger = await test_.stranger.get(`/api/hotspots/streets?${november}`);
    expect(stranger.statusCode).toBe(401);
  });

  test("the command says the same, and its line in the audit chain names no street", async () => {
    const before = await lastId(db());
    const { json, text } = await command({});
    expect(json).toEqual(await ask(november));
    expect(text[0]).toBe((json as StreetsReply).sentence);
    expect(text.find((line) => line.includes("Column 2 between"))).toMatch(
      /^1 {6}9 {8}9\.0 {5}100 .* hotspot \(this stretch\) +Column 2 between Row 2 and Row 3$/,
    );
    expect(text.find((line) => line.includes("Column 2 between Row 3"))).toContain(
      "beside a hotspot",
    );
    const [line] = await linesAfter(db(), before);
    expect(line).toMatchObject({ act: "read hotspots", outcome: "done" });
    expect(Object.keys(JSON.parse(line?.detail ?? "{}")).sort()).toEqual([
      "by",
      "events",
      "from",
      "kinds",
      "measure",
      "to",
    ]);
    expect(line?.detail).not.toContain("Column");
  });

  test.each([
    [{ by: "road" }, "--by road: it is cell or street."],
    [{ resolution: "9" }, "--resolution 9: streets have none."],
    [{ measure: "change" }, "--measure change:"],
    [{ from: "soon" }, "--from soon:"],
  ])("asked for with %j it is refused in words", async (values, fault) => {
    await expect(command(values as Record<string, string>)).rejects.toThrow(fault);
  });
});
