import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { cellAt, cellCentre, type H3Cell, neighboursOf, parentCell } from "#core/geo/cell.ts";
import { type HotspotsReply, hotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { circleAround, formatDrawn } from "#core/places/drawn-area.ts";
import { decodeColumns } from "#core/records/column-file.ts";
import { isReported, type PoliceEvent } from "#core/records/event.ts";
import { silentNotes } from "#server/acts/services.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { hotspotsCommand } from "#server/hotspots/commands/hotspots.ts";
import { fillPlaces } from "#server/places/load.ts";
import { placesOf } from "#server/places/places.ts";
import { undoBatch } from "#server/records/batches.ts";
import { auditOf } from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { complaintAt } from "#tests/support/reports.ts";
import { storeReports } from "#tests/support/store-reports.ts";

/** Brettenham Road, in Enfield; Bruce Grove, in Haringey; a place in Hackney. */
const north = cellAt([-0.0631, 51.6179], 10);
const south = cellAt([-0.0693, 51.5941], 10);
const hackney = cellAt([-0.0563, 51.5452], 10);

function event(
  cell: H3Cell,
  from: string,
  more: Partial<PoliceEvent> & { readonly hours?: number } = {},
): PoliceEvent {
  const { hours = 0, ...rest } = more;
  const startsAt = Date.parse(from);
  return complaintAt(cell, startsAt, { endsAt: startsAt + hours * 3_600_000, ...rest });
}

const repeated = (count: number, one: PoliceEvent) => Array.from({ length: count }, () => one);
const [beside = north] = neighboursOf(north);

/** Friday is 5 November 2021. */
const events: readonly PoliceEvent[] = [
  ...repeated(9, event(north, "2021-11-05T22:30Z")),
  ...repeated(6, event(beside, "2021-11-06T01:30Z", { kind: "sighting", source: "partner" })),
  ...repeated(2, event(north, "2021-11-05T19:00Z", { hours: 4 })),
  ...repeated(5, event(south, "2021-11-09T12:00Z", { category: "kerb_crawling" })),
  event(south, "2021-11-01T00:00Z", { hours: 24 * 20 }),
  ...repeated(3, event(hackney, "2021-11-05T22:30Z")),
  ...repeated(4, event(south, "2021-10-08T12:00Z")),
  ...repeated(7, event(south, "2021-11-10T12:00Z", { kind: "arrest", source: "police" })),
  ...repeated(2, event(south, "2021-11-10T12:00Z", { kind: "sighting", source: "police" })),
  event(north, "2021-11-27T12:00Z"),
];

const november = "from=2021-11-01&to=2021-11-26";

async function fill(db: Database, all: readonly PoliceEvent[]): Promise<void> {
  await fillPlaces(db);
  await storeReports(db, all);
}

onOneEngine("hotspots and events over HTTP", ({ db }) => {
  const test_ = appWith(db);
  const sergeant = test_.caller("sergeant");
  beforeAll(async () => {
    await fill(db(), events);
  });

  const ask = async (query: string): Promise<HotspotsReply> => {
    const reply = await sergeant.get(`/api/hotspots?${query}`);
    expect(reply.statusCode, reply.body).toBe(200);
    return hotspotsReply.parse(reply.json());
  };
  const refusal = async (query: string) => {
    const reply = await sergeant.get(`/api/hotspots?${query}`);
    return [reply.statusCode, reply.body] as const;
  };
  const columnsOf = ({ rawPayload }: { readonly rawPayload: Buffer }) =>
    decodeColumns(new Uint8Array(rawPayload).buffer);
  const addBatch = (added: readonly PoliceEvent[]) => storeReports(db(), added);
  const countIn = (reply: HotspotsReply, cell: H3Cell) =>
    reply.rows.find((row) => row.cell === cell)?.count ?? 0;

  test("all known events leave as one binary reply that no cache keeps", async () => {
    const reply = await sergeant.get("/api/events");
    expect(reply.headers["content-type"]).toBe("application/octet-stream");
    expect(reply.headers["cache-control"]).toBe("no-store");
    const columns = columnsOf(reply);
    // All but the one of the day after the as-at date.
    expect(columns.length).toBe(events.length - 1);
    expect(new Set(columns.cells)).toEqual(new Set([north, beside, south, hackney]));
    expect([...columns.start]).toEqual([...columns.start].sort((a, b) => a - b));
  });

  test("the file of events is made once for all, tells its tag, and does not come again unchanged", async () => {
    const replies = await Promise.all(Array.from({ length: 5 }, () => sergeant.get("/api/events")));
    expect(new Set(replies.map(({ headers }) => headers["etag"])).size).toBe(1);
    const tag = String(replies[0]?.headers["etag"]);
    const again = await sergeant.inject({ url: "/api/events", headers: { "if-none-match": tag } });
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
    const lines = await auditOf(db(), "read events");
    expect(lines.slice(-6).map(({ outcome }) => outcome)).toEqual(Array(6).fill("done"));
    for (const [accepted, unpack] of [
      ["br, gzip", brotliDecompressSync],
      ["gzip;q=0.5, br;q=0", gunzipSync],
    ] as const) {
      const packed = await sergeant.inject({
        url: "/api/events",
        headers: { "accept-encoding": accepted },
      });
      expect(unpack(packed.rawPayload).equals(replies[0]?.rawPayload ?? Buffer.alloc(0))).toBe(
        true,
      );
    }
  });

  test("what is older than two years is another file, and their rows are told beside the first", async () => {
    const id = await addBatch([
      event(north, "2016-05-04T12:00Z"),
      event(south, "2019-10-31T12:00Z"),
    ]);
    const recent = await sergeant.get("/api/events?part=recent");
    expect(recent.headers["boxster-older-events"]).toBe("2");
    const older = await sergeant.get("/api/events?part=older");
    expect(columnsOf(older).cells).toEqual([north, south]);
    const pairOf = (reply: typeof older) => reply.headers["boxster-events-pair"];
    expect(pairOf(older)).toBe(pairOf(recent));
    expect(columnsOf(recent).length).toBe(events.length - 1);
    await undoBatch({ ...silentNotes, db: db(), actor: ownerActor }, id);
    const left = await sergeant.get("/api/events");
    expect(pairOf(left)).not.toBe(pairOf(recent));
    expect([left.headers["boxster-older-events"], left.headers["etag"]]).toEqual([
      "0",
      recent.headers["etag"],
    ]);
    expect((await sergeant.get("/api/events?part=newest")).statusCode).toBe(400);
  });

  test("what is kept for a question is gone with the next import or undo", async () => {
    const one = event(north, "2021-11-04T12:00Z");
    const [before] = await Promise.all([ask(november), ask(november), ask(november)]);
    const id = await addBatch([one]);
    const during = await ask(november);
    expect(during.total).toBe(before.total + 1);
    expect(countIn(during, north)).toBe(countIn(before, north) + 1);
    await undoBatch({ ...silentNotes, db: db(), actor: ownerActor }, id);
    expect(await ask(november)).toEqual(before);
  });

  test("a limit cuts the list and nothing else", async () => {
    const all = await ask(november);
    expect(await ask(`${november}&limit=2`)).toEqual({ ...all, rows: all.rows.slice(0, 2) });
    expect((await refusal(`${november}&limit=0`))[0]).toBe(400);
  });

  test("reports are ranked, with their place, in the named study area", async () => {
    const reply = await ask(november);
    const { command } = await placesOf(test_.services);
    expect(reply).toMatchObject({
      studyArea: "Enfield and Haringey",
      cells: command.cells.length,
      resolution: 10,
      total: 23,
      reported: 23,
      discovered: 0,
      outside: 3,
      hourUnknown: 1,
    });
    expect(reply.test).toContain(`${command.cells.length} cells of Enfield and Haringey`);
    const [first] = reply.rows;
    expect(first).toMatchObject({ cell: north, count: 11, near: 17, hot: true, by: "area" });
    expect(first?.expectedOwn).toBeCloseTo(23 / command.cells.length, 12);
    expect(first?.place).toMatch(/Fore Street|Brettenham/);
    expect(reply.rows.find((row) => row.cell === beside)).toMatchObject({
      count: 6,
      near: 17,
      hot: true,
      // By itself: what it has with its neighbours is mostly the first one's.
      by: "own",
    });
    expect(countIn(reply, south)).toBe(6);
    const hot = reply.rows.filter((row) => row.hot).length;
    expect(reply.sentence).toBe(
      `23 reports in 3.7 weeks; ${hot} hotspots, most on Friday 22:00 to 02:00.`,
    );
  });

  test("hours name the day they start on; a span gives its share, and counts by its middle", async () => {
    const late = await ask(`${november}&days=fri&hours=22-02`);
    // Nine at 22:30, six at 01:30 on Saturday; the 19:00 to 23:00 spans have their middle at 21:00.
    expect([countIn(late, north), countIn(late, beside)]).toEqual([9, 6]);
    expect(late.rows.find((row) => row.cell === north)?.weight).toBeCloseTo(9.5, 9);
    const early = await ask(`${november}&days=fri&hours=20-22`);
    expect(early.total).toBe(2);
    expect(early.rows[0]?.weight).toBeCloseTo(1, 9);
    // The twenty days' span joins no hour filter.
    expect(early.hourUnknown).toBe(1);
    expect((await ask(`${november}&days=sat&hours=22-02`)).total).toBe(0);
  });

  test("dates are inclusive and local", async () => {
    expect((await ask("from=2021-11-06&to=2021-11-06")).total).toBe(6);
    expect((await ask("from=2021-11-05&to=2021-11-05")).total).toBe(11);
    expect((await ask("from=2021-11-27&to=2021-11-30")).total).toBe(0);
  });

  test("reported and discovered are two layers", async () => {
    expect(await ask(`${november}&kinds=arrest`)).toMatchObject({
      total: 7,
      reported: 0,
      discovered: 7,
      sources: ["police"],
      sentence: expect.stringMatching(/^7 arrests in 3.7 weeks/),
    });
    expect((await ask(`${november}&kinds=sighting`)).total).toBe(6);
    expect((await ask(`${november}&kinds=sighting&sources=police`)).total).toBe(2);
    expect(await refusal(`${november}&kinds=sighting,arrest`)).toEqual([
      400,
      expect.stringContaining("separate layers"),
    ]);
    const both = `${november}&kinds=sighting,arrest&sources=resident,partner,police`;
    expect(await ask(both)).toMatchObject({ total: 15, reported: 6, discovered: 9 });
  });

  test("categories, areas and coarser cells narrow and gather", async () => {
    expect((await ask(`${november}&categories=kerb_crawling`)).total).toBe(5);
    const haringey = await ask(`${november}&area=Haringey`);
    expect(haringey).toMatchObject({ studyArea: "Haringey", total: 6, outside: 20 });
    const whole = await ask(november);
    expect(haringey.cells).toBeLessThan(whole.cells / 2);
    const coarse = await ask(`${november}&resolution=9`);
    expect(coarse.total).toBe(23);
    const parent = parentCell(north, 9);
    const inside = [north, beside].filter((cell) => parentCell(cell, 9) === parent);
    expect(countIn(coarse, parent)).toBe(
      inside.reduce((sum, cell) => sum + countIn(whole, cell), 0),
    );
  });

  test("a drawn area is tested by itself", async () => {
    const area = encodeURIComponent(formatDrawn(circleAround(cellCentre(north), 250)));
    const inside = await ask(`${november}&area=${area}`);
    expect(inside).toMatchObject({ studyArea: "Drawn area", total: 17 });
    expect(inside.cells).toBeLessThan(30);
    expect(inside.test).toContain(`over ${inside.cells} cells of Drawn area`);
  });

  test("measures rank the same rows by what they are named for", async () => {
    const reply = await ask(november);
    const weeks = 26 / 7;
    for (const row of reply.rows) expect(row.rate).toBeCloseTo(row.weight / weeks, 9);
    const byTest = await ask(`${november}&measure=gi`);
    expect(byTest.rows.map((row) => row.p)).toEqual(
      byTest.rows.map((row) => row.p).toSorted((a, b) => a - b),
    );
    expect(new Set(byTest.rows.map((row) => row.cell))).toEqual(
      new Set(reply.rows.map((row) => row.cell)),
    );
    const emerging = await ask("from=2021-10-01&to=2021-11-26&measure=emerging");
    expect(emerging.test).toContain(
      "emerging categories over 8 steps from 2021-10-02 to 2021-11-26",
    );
    expect(emerging.rows.every(({ category }) => typeof category === "string")).toBe(true);
    const change = await ask(`${november}&measure=change`);
    expect(change.rows[0]).toMatchObject({ cell: north, before: 0, change: 11 });
  });

  test("a change is against dates of which there are records, brought to the period's length", async () => {
    const change = await ask(`${november}&measure=change`);
    // Not from 6 October on: the first record is of the 8th.
    expect(change.test).toContain("change from 2021-10-08 to 2021-10-31");
    const row = change.rows.find(({ cell }) => cell === south);
    expect(row?.before).toBe(4);
    expect(row?.change).toBeCloseTo(6 - 4 * (26 / 24), 9);
    const [status, detail] = await refusal("from=2021-10-10&to=2021-10-31&measure=change");
    expect(status).toBe(422);
    expect(detail).toContain("records start on 2021-10-08");
  });

  test("the ranking is unchanged when all discovered events are removed", async () => {
    const before = await ask(november);
    const discovered = events.filter((one) => !isReported(one)).length;
    const removed = await db().transaction(ownerActor, async (tx) => {
      const rows = await tx.query("delete from event where source = 'police' returning 1");
      return rows.length;
    });
    expect(removed).toBe(discovered);
    expect(await ask(november)).toEqual(before);
  });

  test.each([
    ["from=2021-11-01", 400, "to"],
    ["from=2021-11-31&to=2021-12-01", 400, "from"],
    ["from=2021-11-02&to=2021-11-01", 400, "end before they start: 2021-11-02 to 2021-11-01"],
    [`${november}&kinds=robbery`, 400, "robbery"],
    [`${november}&days=someday`, 400, "someday"],
    [`${november}&hours=20-20`, 400, "leave it out to mean all hours"],
    [`${november}&resolution=7`, 400, "resolution"],
    ["from=2021-11-05&to=2021-11-30&measure=emerging", 422, "there are 3 weeks"],
    [`${november}&colour=red`, 400, "colour"],
    [`${november}&area=${formatDrawn(circleAround([2, 48], 200))}`, 422, "Draw it larger"],
    [`${november}&area=Atlantis`, 404, "There is no area"],
    [`${november}&area=ward:Nowhere`, 404, "There is no area"],
    [`${november}&area=drawn:1,2,x`, 404, "There is no area"],
  ])("%s is refused with %i and its reason", async (query, status, reason) => {
    expect(await refusal(query)).toEqual([status, expect.stringContaining(reason)]);
  });

  test("the command answers what the interface answers, and says it in lines", async () => {
    const values = { from: "2021-11-01", to: "2021-11-26" };
    const { json, text } = await runCommand(test_.services, hotspotsCommand, { values });
    expect(json).toEqual(await ask(november));
    expect(text[0]).toMatch(/^23 reports in 3.7 weeks; /);
    expect(text[3]).toMatch(/^1 +11 +11\.0 +hotspot \(with neighbouring cells\) +\S/);
    await expect(
      runCommand(test_.services, hotspotsCommand, { values: { from: "2021-11-01" } }),
    ).rejects.toThrow("--to is missing.");
    await expect(
      runCommand(test_.services, hotspotsCommand, { values: { ...values, kinds: "robbery" } }),
    ).rejects.toThrow('--kinds robbery: "robbery" is not a kind; there are sighting, complaint');
  });
});
