import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cellCentre, disk, type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import { comparisonTimes } from "#core/neighbours/comparison-times.ts";
import { type PatrolCheckReply, patrolCheckReply } from "#core/neighbours/wire.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { formatInstant, hourMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { namedZones } from "#server/neighbours/agreed-area.ts";
import { agree } from "#server/neighbours/agreements.ts";
import { drawWith, questionsADay } from "#server/neighbours/patrol-check.ts";
import { fillPlaces } from "#server/places/load.ts";
import { placesOf } from "#server/places/places.ts";
import { createPartner } from "#server/protected-time/partners.ts";
import { addTestAccount, sessionOf } from "#tests/support/accounts.ts";
import { openTestApp, type TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { barnetAgreement, edgeWith } from "#tests/support/exchange.ts";
import { at, circleAt, london } from "#tests/support/outreach.ts";

const forest = "Waltham Forest";
const key = new Uint8Array(32).fill(7);
const drawn = new Map<string, number>();
/** What is drawn from this key is known here; that of a server is known to nobody. Each once: places are near many others. */
const draw = (words: string) => {
  const known = drawn.get(words) ?? drawWith(key)(words);
  drawn.set(words, known);
  return known;
};

onOneEngine(
  "a neighbour asks whether its patrol fits",
  ({ db }) => {
    const app = appWith(db, { limits: { probes: 10_000, refusals: 10_000 } });
    const liaison = app.caller("liaison");
    const sergeant = app.caller("sergeant");
    const partner = app.caller("partner", "a");
    let zones: { zone: H3Cell; name: string; cells: H3Cell[] }[] = [];
    /** Footprint of a visit that reaches over the line. */
    let closed: H3Cell[] = [];

    beforeAll(async () => {
      const now = app.services.asAt.now();
      const places = await placesOf({ db: db() });
      const edge = await edgeWith(db(), forest);
      const body = { ...barnetAgreement, neighbour: forest };
      await db().transaction(ownerActor, async (tx) => {
        await createPartner(tx, { code: "a", name: "North Van", now });
        await agree(tx, places, body, { at: now, by: "test" });
        await agree(tx, places, { ...body, neighbour: "Hackney" }, { at: now, by: "test" });
        await tx.query("insert into comparison_key (key) values ($1::bytea)", [key]);
      });
      const outer = new Set<H3Cell>(edge.outer);
      zones = namedZones(places, { cells: edge.outer }).map(({ zone, name }) => ({
        zone,
        name,
        cells: edge.outer.filter((cell) => parentCell(cell, zoneResolution) === zone),
      }));
      const middle = edge.inner.find(
        (cell) => disk(cell, 2).filter((one) => outer.has(one)).length > 6,
      );
      const spot = circleAt(cellCentre(middle as H3Cell));
      closed = footprintOf(spot);
      expect(closed.some((cell) => outer.has(cell))).toBe(true);
      const place = { label: "By the tree", ...spot };
      const saved = await partner.send("POST", "/api/outreach/places", place);
      await partner.send("POST", "/api/outreach/calendar/confirm", {});
      const placeId = saved.json<{ id: string }>().id;
      const visit = await partner.send("POST", "/api/outreach/sessions", {
        placeId,
        rule: { repeats: "once", firstDate: "2021-12-01", start: "20:10", end: "21:50" },
      });
      expect(visit.statusCode, visit.body).toBe(200);
    });
    beforeEach(() =>
      db().transaction(ownerActor, (tx) => tx.query("delete from neighbour_question")),
    );

    const iso = (local: string) => formatInstant(london, at(local));
    const send = (body: object, caller: TestCaller = liaison) =>
      caller.send("POST", "/api/exchange/patrol-check", body);
    const ask = async (names: readonly string[], from: string, to: string) =>
      patrolCheckReply.parse((await send({ zones: names, from: iso(from), to: iso(to) })).json());
    const zonesOver = (cells: readonly H3Cell[]) =>
      zones.filter((zone) => zone.cells.some((cell) => cells.includes(cell)));
    const isCompared = (cells: readonly H3Cell[], from: string, to: string) => {
      const span = { from: at(from), to: at(to) };
      return comparisonTimes({ zone: london, draw, cells, ...span }).some((time) =>
        cells.some((cell) => time.cells.includes(cell)),
      );
    };

    test("the answer is yes exactly where neither the hatch of police nor a time for comparison says no", async () => {
      const shown = keepClearReply.parse((await sergeant.get("/api/keep-clear")).json());
      const isHatched = (cells: readonly H3Cell[], from: string, to: string) =>
        shown.stretches.some(
          (stretch) =>
            // An hour wider on each side, always: no answer changes with the age of a calendar.
            Date.parse(stretch.from) < at(to) + hourMs &&
            Date.parse(stretch.to) > at(from) - hourMs &&
            cells.some((cell) => stretch.cells.includes(cell)),
        );
      const [over] = [zonesOver(closed)];
      expect(over.length).toBeGreaterThan(0);
      const seen = new Set<string>();
      for (const { name, cells } of [...over, ...zones.slice(0, 8)]) {
        for (const [from, to] of [
          ["2021-12-01T18:00", "2021-12-01T19:30"],
          ["2021-12-01T19:00", "2021-12-01T20:00"],
          ["2021-12-01T22:30", "2021-12-01T23:30"],
        ] as const) {
          const no = isHatched(cells, from, to) || isCompared(cells, from, to);
          const reply = await ask([name], from, to);
          expect(reply.answer, `${name} ${from}`).toBe(no ? "choose another time" : "fits");
          seen.add(reply.answer);
        }
        await db().transaction(ownerActor, (tx) => tx.query("delete from neighbour_question"));
      }
      expect(seen.size).toBe(2);
    });

    test("no has one set of words: for outreach, a time for comparison and what is too far ahead", async () => {
      const [over] = zonesOver(closed);
      const free = zones.filter(({ cells }) => !cells.some((cell) => closed.includes(cell)));
      const evenings = [26, 27, 28, 29, 30].map((day) => `2021-11-${day}`);
      const [compared] = evenings.flatMap((day) =>
        free
          .filter(({ cells }) => isCompared(cells, `${day}T20:00`, `${day}T22:00`))
          .map(({ name }) => ({ name, day })),
      );
      const words = ({ sentence }: PatrolCheckReply) =>
        sentence.replace(/\w+ \d+ \w+, [\d:]+ to [\d:]+/, "");
      const outreach = await ask([over?.name ?? ""], "2021-12-01T20:00", "2021-12-01T21:00");
      const others = [
        await ask([compared?.name ?? ""], `${compared?.day}T20:00`, `${compared?.day}T22:00`),
        // A week ahead: a weekday is never seen twice. And further than police are shown.
        await ask([over?.name ?? ""], "2021-12-03T07:00", "2021-12-03T07:30"),
        await ask([over?.name ?? ""], "2021-12-20T07:00", "2021-12-20T07:30"),
      ];
      for (const other of others) {
        expect(other.answer).toBe("choose another time");
        expect(words(other)).toBe(words(outreach));
        expect(Object.keys(other)).toEqual(Object.keys(outreach));
      }
      expect(words(outreach)).toBe("Choose a time other than .");
      // The same whether one minute of it or all of it is closed.
      const part = await ask([over?.name ?? ""], "2021-12-01T19:29", "2021-12-01T20:31");
      expect(words(part)).toBe(words(outreach));
    });

    test("no says nothing of outreach: without any partner's visit there is as often a no", async () => {
      const evening = zones.flatMap(({ cells }) =>
        [26, 27, 28, 29, 30].map((day) =>
          isCompared(cells, `2021-11-${day}T19:00`, `2021-11-${day}T22:00`),
        ),
      );
      const share = evening.filter(Boolean).length / evening.length;
      expect(share).toBeGreaterThan(0.05);
      expect(share).toBeLessThan(0.4);
    });

    describe("is refused in words", () => {
      const corners = (cells: readonly H3Cell[], by: number) => {
        const points = cells.map(cellCentre);
        const lngs = points.map(([lng]) => lng);
        const lats = points.map(([, lat]) => lat);
        const [west, east] = [Math.min(...lngs) - by, Math.max(...lngs) + by];
        const [south, north] = [Math.min(...lats) - by, Math.max(...lats) + by];
        return [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
        ];
      };
      const time = { from: "2021-11-27T07:00:00Z", to: "2021-11-27T07:30:00Z" };

      test("outside the own zone: this side of the line, another neighbour's, and half a borough", async () => {
        const edge = await edgeWith(db(), forest);
        const other = await edgeWith(db(), "Hackney");
        const places = await placesOf({ db: db() });
        const [theirs] = namedZones(places, { cells: other.outer }).filter(
          ({ name }) => !zones.some((zone) => zone.name === name),
        );
        const bodies = [
          { corners: corners(edge.inner.slice(0, 3), 0.001) },
          { corners: corners(other.outer.slice(0, 3), 0.001) },
          { corners: corners([...closed], 0.001) },
          { corners: corners(edge.outer, 0.05) },
          {
            corners: [
              [-180, -90],
              [180, -90],
              [180, 90],
            ],
          },
          { zones: [theirs?.name] },
          { zones: ["8a194ad3056ffff"] },
        ];
        for (const body of bodies) {
          const reply = await send({ ...body, ...time });
          expect(reply.statusCode, JSON.stringify(body).slice(0, 80)).toBe(422);
          expect(reply.json<{ title: string }>().title).toBe("Not checked");
        }
        const deep = edge.outer.filter((cell) =>
          disk(cell, 2).every((one) => edge.outer.includes(one)),
        );
        const drawn = await send({ corners: corners(deep.slice(0, 1), 0.0008), ...time });
        expect(drawn.statusCode, drawn.body).toBe(200);
      });

      test("what is over, too long or the wrong way round, and what is no question", async () => {
        const [{ name } = { name: "" }] = zones;
        for (const [from, to] of [
          ["2021-11-25T07:00", "2021-11-25T08:00"],
          ["2021-11-27T07:00", "2021-11-28T07:00"],
          ["2021-11-27T08:00", "2021-11-27T07:00"],
        ] as const) {
          expect((await send({ zones: [name], from: iso(from), to: iso(to) })).statusCode).toBe(
            422,
          );
        }
        for (const body of [
          {},
          { zones: [name] },
          { ...time },
          { zones: [], ...time },
          {
            zones: [name],
            corners: [
              [0, 0],
              [0, 1],
              [1, 1],
            ],
            ...time,
          },
          {
            corners: [
              [0, 0],
              [1, Number.NaN],
              [1, 1],
            ],
            ...time,
          },
          { zones: [name], from: "tomorrow", to: "later" },
        ]) {
          expect((await send(body)).statusCode).toBe(400);
        }
      });
    });

    describe("somebody who searches", () => {
      const [name, time] = ["", { from: "2021-11-27T07:00:00Z", to: "2021-11-27T07:30:00Z" }];

      test("has few questions a day, however many accounts the neighbour has; another neighbour has its own", async () => {
        await addTestAccount(db(), { name: "second.one", role: "liaison", neighbour: forest });
        const second = await sessionOf(app, "second.one");
        const body = { zones: [zones[20]?.name ?? name], ...time };
        for (let asked = 0; asked < questionsADay; asked += 1) {
          const reply = await send(body, asked % 2 === 0 ? liaison : second);
          expect(reply.statusCode, reply.body).toBe(200);
        }
        for (const caller of [liaison, second]) {
          const reply = await send(body, caller);
          expect(reply.statusCode).toBe(429);
          expect(reply.json()).toMatchObject({ title: "Daily limit reached" });
        }
        await addTestAccount(db(), { name: "other.one", role: "liaison", neighbour: "Hackney" });
        const places = await placesOf({ db: db() });
        const [theirs] = namedZones(places, { cells: (await edgeWith(db(), "Hackney")).outer });
        const other = { zones: [theirs?.name], ...time };
        expect((await send(other, await sessionOf(app, "other.one"))).statusCode).toBe(200);
      });

      test("waits after as many a minute as a sergeant does", async () => {
        const limited = await openTestApp(db(), { limits: { probes: 1_000, refusals: 5 } });
        const caller = await limited.as("liaison");
        const [over] = zonesOver(closed);
        const body = {
          zones: [over?.name],
          from: iso("2021-12-01T20:00"),
          to: iso("2021-12-01T21:00"),
        };
        const codes: number[] = [];
        for (let asked = 0; asked < 8; asked += 1)
          codes.push((await send(body, caller)).statusCode);
        expect(codes.filter((code) => code === 200).length).toBe(5);
        expect(codes.at(-1)).toBe(429);
        await limited.close();
      });

      test("leaves a line each time that says neither where nor when, and a look that its partner can count", async () => {
        const before = await lastId(db());
        const views = async () => (await partner.get("/api/outreach/views")).body;
        const [over] = zonesOver(closed);
        await ask([over?.name ?? ""], "2021-12-01T20:00", "2021-12-01T21:00");
        const [line, ...more] = await linesAfter(db(), before);
        expect(more).toEqual([]);
        expect(line).toMatchObject({
          role: "liaison",
          act: "ask whether a patrol fits",
          outcome: "refused",
          detail: "{}",
        });
        await db().transaction(ownerActor, (tx) =>
          tx.query("update footprint_view set day = day - 1"),
        );
        expect(await views()).toContain('"role":"liaison"');
      });
    });

    test("with a calendar that is not known, nothing fits", async () => {
      await db().transaction(ownerActor, (tx) => tx.query("delete from calendar_report"));
      const far = zones.find(({ cells }) => !cells.some((cell) => closed.includes(cell)));
      const reply = await ask([far?.name ?? ""], "2021-11-27T07:00", "2021-11-27T07:30");
      expect(reply.answer).toBe("choose another time");
    });
  },
  fillPlaces,
);
