import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { cellsOfPlace } from "#core/places/finding/cells.ts";
import { type ListedPlace, listPlaces } from "#core/places/finding/list.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { recordReply } from "#core/protected-time/wire/calendar.ts";
import { keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { askReply, attendedReply, ownAttendedReply } from "#core/protected-time/wire/police.ts";
import { createRandom } from "#core/random.ts";
import { addDays, formatInstant, hourMs, minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { placesOf } from "#server/places/places.ts";
import { eraseSessions } from "#server/upkeep/retention/erase-sessions.ts";
import { openTestApp } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { listenLive } from "#tests/support/live.ts";
import { at, circleAt, corner, london } from "#tests/support/outreach.ts";
import { addPartners, placeBy } from "#tests/support/partner-care.ts";
import { runsOf } from "#tests/support/runs.ts";

const spot = circleAt(corner);
const cells = footprintOf(spot);
const inside = cells[0] as H3Cell;
const outside = disk(inside, 40).find((cell) => !cells.includes(cell)) as H3Cell;

onOneEngine(
  "police ask and log about a place and a time",
  ({ db, engine }) => {
    const test_ = appWith(db, { limits: { probes: 10_000, refusals: 10_000 } });
    const partner = test_.caller("partner", "a");
    const other = test_.caller("partner", "b");
    const sergeant = test_.caller("sergeant");
    let placeId = "";
    beforeAll(async () => {
      await addPartners(test_, { a: "North Van", b: "Harbour" });
      placeId = (await placeBy(partner)).id;
    });

    const ask = async (cell: H3Cell, from: string, to: string) => {
      const body = { cell, from: iso(from), to: iso(to) };
      return sergeant.send("POST", "/api/keep-clear/ask", body);
    };
    const answer = async (cell: H3Cell, from: string, to: string) =>
      askReply.parse((await ask(cell, from, to)).json());
    const iso = (local: string) => formatInstant(london, at(local));
    const log = (cell: H3Cell, from: number, to: number) =>
      sergeant.send("POST", "/api/police-attended", {
        cell,
        from: formatInstant(london, from),
        to: formatInstant(london, to),
      });

    test("nothing is free while a calendar was never given, and no partner is named", async () => {
      const reply = await answer(outside, "2021-12-01T20:00", "2021-12-01T21:00");
      expect(reply.answer).toBe("no");
      expect(reply.sentence).toMatch(
        /^No: .+, Wed 1 Dec, 20:00 to 21:00 \(checked \d\d:\d\d\)\. Keep-clear times are not known for Wednesday 1 December 2021\.$/,
      );
      for (const caller of [partner, other]) {
        await caller.send("POST", "/api/outreach/calendar/confirm", {});
      }
    });

    test("may we be here then: yes or no exactly as the hatch says, by the half hour", async () => {
      await partner.send("POST", "/api/outreach/sessions", {
        placeId,
        rule: { repeats: "once", firstDate: "2021-12-01", start: "20:10", end: "21:50" },
      });
      const shown = keepClearReply.parse((await sergeant.get("/api/keep-clear")).json());
      const isHatched = (cell: string, from: number, to: number) =>
        shown.stretches.some(
          (one) =>
            one.cells.includes(cell) && Date.parse(one.from) < to && Date.parse(one.to) > from,
        );
      const random = createRandom(3);
      const rounds = runsOf(150, 60);
      let closed = 0;
      for (let round = 0; round < rounds; round += 1) {
        const near = random.next() < 0.6 ? cells : disk(inside, 6);
        const cell = near[random.integer(near.length)] as H3Cell;
        const from = at("2021-12-01T18:00") + random.integer(5 * 60) * minuteMs;
        const to = from + (1 + random.integer(120)) * minuteMs;
        const reply = await sergeant.send("POST", "/api/keep-clear/ask", {
          cell,
          from: formatInstant(london, from),
          to: formatInstant(london, to),
        });
        const said = askReply.parse(reply.json());
        const [low, high] = [Date.parse(said.from), Date.parse(said.to)];
        expect([low % (30 * minuteMs), high % (30 * minuteMs)]).toEqual([0, 0]);
        expect(low).toBeLessThanOrEqual(from);
        expect(high).toBeGreaterThanOrEqual(to);
        expect(said.answer).toBe(isHatched(cell, low, high) ? "no" : "yes");
        if (said.answer === "no") closed += 1;
      }
      expect(closed).toBeGreaterThan(rounds / 8);
      expect(closed).toBeLessThan(rounds - 20);
      // Touching ends are free, and whatever is asked of is asked of whole.
      expect((await answer(inside, "2021-12-01T18:30", "2021-12-01T19:30")).answer).toBe("yes");
      expect((await answer(inside, "2021-12-01T18:30", "2021-12-01T19:31")).answer).toBe("no");
      expect((await answer(inside, "2021-12-01T22:30", "2021-12-01T23:30")).answer).toBe("yes");
      const no = await answer(inside, "2021-12-01T20:00", "2021-12-01T20:05");
      expect(no.sentence).toMatch(
        /^No: .+, Wed 1 Dec, 20:00 to 20:30 in whole half hours \(checked \d\d:\d\d\)\. Keep clear then\. An emergency call always comes first\.$/,
      );
    });

    const askPlace = (place: string, from: string, to: string) =>
      sergeant.send("POST", "/api/keep-clear/ask", { place, from: iso(from), to: iso(to) });
    const answerPlace = async (place: string, from: string, to: string) =>
      askReply.parse((await askPlace(place, from, to)).json());

    test("a street is asked about whole: no where any part of it is closed at any time of the span", async () => {
      const { reply, command, neighbourhoods } = await placesOf(test_.services);
      const street = listPlaces(reply.gazetteer).find(({ name }) => name === "Fore Street");
      const whole = cellsOfPlace(street as ListedPlace, neighbourhoods);
      const closed = whole.filter((cell) => cells.includes(cell));
      expect(closed.length).toBeGreaterThan(0);
      expect(closed.length).toBeLessThan(whole.length);
      // Its first cell and its middle are free: only the whole says no.
      expect(cells).not.toContain(whole[0]);
      const [early, late] = ["2021-12-01T12:00", "2021-12-01T19:31"] as const;
      const no = await answerPlace("Fore Street", early, late);
      expect(no.answer).toBe("no");
      expect(no.sentence).toMatch(
        /^No: Fore Street, Wed 1 Dec, 12:00 to 20:00 in whole half hours \(checked /,
      );
      const yes = await answerPlace("Fore Street", early, "2021-12-01T19:30");
      expect(yes.sentence).toMatch(
        /^Yes, clear: Fore Street, Wed 1 Dec, 12:00 to 19:30 \(checked \d\d:\d\d\)\.$/,
      );
      // Each cell of it by itself says no more than the hatch, and the street no less.
      for (const cell of command.cells.filter((one) => whole.includes(one)).slice(0, 30)) {
        const alone = await answer(cell, "2021-12-01T20:00", "2021-12-01T21:00");
        expect(alone.answer).toBe(cells.includes(cell) ? "no" : "yes");
      }
    });

    test("a corner is asked about by the name that was chosen; a name that is not in the list gets no answer", async () => {
      const corners = ["Fore Street by Alpha Road", "Fore Street by Brettenham Road"] as const;
      const said = await Promise.all(
        corners.map((one) => answerPlace(one, "2021-12-01T20:00", "2021-12-01T21:00")),
      );
      expect(said.map((one) => one.answer)).toEqual(["yes", "no"]);
      expect(said[0]?.sentence).toMatch(/^Yes, clear: Fore Street by Alpha Road, Wed 1 Dec, /);
      for (const nowhere of ["asdfgh", "N18 2TT", "Fore Street by Alpha", "fore street"]) {
        const reply = await askPlace(nowhere, "2021-12-01T20:00", "2021-12-01T21:00");
        expect([nowhere, reply.statusCode]).toEqual([nowhere, 422]);
        expect(reply.json()).toMatchObject({ title: "No such place" });
      }
    });

    test("outside the area whose calendars are known nothing is free", async () => {
      const far = cellAt([-0.1, 51.54], 10);
      const reply = await answer(far, "2021-12-01T02:00", "2021-12-01T03:00");
      expect(reply.answer).toBe("no");
      expect(reply.sentence).toContain("Keep-clear times are only known inside this team's area.");
    });

    test("what is logged is what was chosen: Silver Street stays Silver Street", async () => {
      const now = test_.services.asAt.now();
      const body = {
        place: "Silver Street, middle",
        from: formatInstant(london, now - 10 * minuteMs),
        to: formatInstant(london, now),
      };
      const logged = await sergeant.send("POST", "/api/police-attended", body);
      const { attended } = attendedReply.parse(logged.json());
      expect(attended[0]?.place).toBe("Silver Street, middle");
      const { nameOf } = await placesOf(test_.services);
      expect(nameOf(attended[0]?.cell as H3Cell)).toBe("North Circular Road by Silver Street");
      const nowhere = { ...body, place: "Silver Street" };
      expect((await sergeant.send("POST", "/api/police-attended", nowhere)).statusCode).toBe(422);
    });

    test("beyond what police are shown everything is no, and what is no question is refused", async () => {
      const far = addDays(test_.services.asAt.date(), 15);
      // Without the name of the place, which whoever asks knows.
      const words = async (cell: H3Cell) =>
        (await answer(cell, `${far}T02:00`, `${far}T03:00`)).sentence.replace(
          /: .*, (?=Sat)/,
          ": ",
        );
      expect(await words(inside)).toBe(await words(outside));
      expect(await words(inside)).toContain("Keep-clear times are only known up to");
      const before = addDays(test_.services.asAt.date(), -1);
      const refused = [
        await ask(inside, `${before}T20:00`, `${before}T21:00`),
        await ask(inside, "2021-12-01T20:00", "2021-12-01T20:00"),
        await ask(inside, "2021-12-01T08:00", "2021-12-01T20:01"),
      ];
      expect(refused.map(({ statusCode }) => statusCode)).toEqual([422, 422, 422]);
      const wrong = await sergeant.send("POST", "/api/keep-clear/ask", {
        cell: "8928308280fffff",
        from: iso("2021-12-01T20:00"),
        to: iso("2021-12-01T21:00"),
      });
      expect(wrong.statusCode).toBe(400);
    });

    test("each question is a line that says neither where nor when, and a look that its partner can count", async () => {
      const before = await lastId(db());
      await answer(inside, "2021-12-01T20:00", "2021-12-01T21:00");
      await answer(outside, "2021-12-01T02:00", "2021-12-01T03:00");
      const lines = await linesAfter(db(), before);
      expect(lines.map(({ act, outcome, detail }) => ({ act, outcome, detail }))).toEqual([
        { act: "ask whether a place is free", outcome: "refused", detail: "{}" },
        { act: "ask whether a place is free", outcome: "done", detail: "{}" },
      ]);
      await db().transaction(ownerActor, (tx) =>
        tx.query("update footprint_view set day = day - 1"),
      );
      const views = await partner.get("/api/outreach/views");
      expect(views.json<{ views: { times: number }[] }>().views.length).toBeGreaterThan(0);
      const none = await other.get("/api/outreach/views");
      expect(none.json<{ views: unknown[] }>().views).toEqual([]);
    });

    test("who asks too often is told to wait, and who is told no too often sooner", async () => {
      const strict = await openTestApp(db(), { limits: { probes: 12, refusals: 3 } });
      const asker = await strict.as("sergeant");
      const again = (cell: H3Cell) =>
        asker.send("POST", "/api/keep-clear/ask", {
          cell,
          from: iso("2021-12-01T20:00"),
          to: iso("2021-12-01T21:00"),
        });
      const statuses: number[] = [];
      for (let count = 0; count < 5; count += 1) statuses.push((await again(inside)).statusCode);
      expect(statuses).toEqual([200, 200, 200, 429, 429]);
      await strict.app.close();
      await strict.services.solver.close();
    });

    test("an emergency is logged alike everywhere, without waiting for whoever writes what is closed", async () => {
      const now = test_.services.asAt.now();
      await partner.send("POST", "/api/outreach/out-now", { placeId, hours: 1 });
      const near = attendedReply.parse((await log(inside, now, now + 20 * minuteMs)).json());
      const far = attendedReply.parse((await log(outside, now, now + 20 * minuteMs)).json());
      const shapeOf = ({ attended }: typeof near) => {
        const {
          id: _,
          cell: __,
          place: ___,
          ...rest
        } = attended[0] ?? { id: "", cell: "", place: "" };
        return Object.keys(rest);
      };
      expect(shapeOf(far)).toEqual(shapeOf(near));
      // A calendar import may hold the lock for a while; only a server has two transactions at once.
      if (engine === "postgres") {
        const held = db().transaction(ownerActor, async (tx) => {
          await tx.query("select pg_advisory_xact_lock(7310)");
          await wait(1_500);
        });
        await wait(100);
        const begun = performance.now();
        expect((await log(inside, now - hourMs, now)).statusCode).toBe(200);
        expect(performance.now() - begun).toBeLessThan(1_000);
        await held;
      }
    });

    test("its partner reads the time and nobody else does; the session was not kept clear", async () => {
      const own = ownAttendedReply.parse((await partner.get("/api/outreach/attended")).json());
      expect(own.attended.length).toBeGreaterThan(0);
      expect(own.attended[0]?.from).toMatch(/^2021-11-26T/);
      const others = ownAttendedReply.parse((await other.get("/api/outreach/attended")).json());
      expect(others.attended).toEqual([]);

      const yesterday = addDays(test_.services.asAt.date(), -1);
      await db().transaction(ownerActor, (tx) =>
        tx.query(
          `insert into outreach_session
             (partner_id, place_id, repeats, first_date, starts_local, ends_local, created_at)
           select partner_id, id, 'once', $1::date, '20:00', '22:00', $2::timestamptz
           from saved_place`,
          [yesterday, new Date(at(`${yesterday}T08:00`))],
        ),
      );
      const record = async () =>
        recordReply.parse((await partner.get("/api/outreach/record")).json());
      expect(await record()).toMatchObject({ kept: 1, of: 1 });
      // Touching its end is not inside it.
      await log(inside, at(`${yesterday}T22:30`), at(`${yesterday}T23:00`));
      await log(outside, at(`${yesterday}T20:30`), at(`${yesterday}T21:00`));
      expect(await record()).toMatchObject({ kept: 1, of: 1 });
      await log(inside, at(`${yesterday}T22:29`), at(`${yesterday}T23:00`));
      const after = await record();
      expect(after).toMatchObject({ kept: 0, of: 1 });
      expect(after.rows[0]?.reason).toBe("Police logged that they attended an emergency there.");
      const listed = attendedReply.parse((await sergeant.get("/api/police-attended")).json());
      const last = listed.attended.find(
        ({ from }) => Date.parse(from) === at(`${yesterday}T22:29`),
      );
      const gone = await sergeant.send("DELETE", `/api/police-attended/${last?.id}`);
      expect(gone.statusCode).toBe(200);
      expect(await record()).toMatchObject({ kept: 1, of: 1 });
      expect((await sergeant.send("DELETE", `/api/police-attended/${last?.id}`)).statusCode).toBe(
        409,
      );
    });

    test("what lies ahead, is too long or was erased is refused in words; erased sessions take it along", async () => {
      const now = test_.services.asAt.now();
      const refused = [
        await log(inside, now + hourMs, now + 2 * hourMs),
        await log(inside, now, now - hourMs),
        await log(inside, now - 13 * hourMs, now),
        await log(inside, now - 15 * 24 * hourMs, now - 15 * 24 * hourMs + hourMs),
      ];
      expect(refused.map(({ statusCode }) => statusCode)).toEqual([422, 422, 422, 422]);
      const later = now + 17 * 24 * hourMs;
      const erased = await db().transaction(ownerActor, (tx) =>
        eraseSessions(tx, { zone: london, now: later }),
      );
      expect(erased.attended).toBeGreaterThan(0);
      const left = attendedReply.parse((await sergeant.get("/api/police-attended")).json());
      expect(left.attended).toEqual([]);
    });

    test("the partner's open screen hears of it, and another's does not", async () => {
      const server = await listenLive(test_.app);
      const phone = await server.open(await server.signIn("partner", "a"));
      const others = await server.open(await server.signIn("partner", "b"));
      await partner.send("POST", "/api/outreach/out-now", { placeId, hours: 1 });
      const now = test_.services.asAt.now();
      await log(outside, now, now + 20 * minuteMs);
      await wait(500);
      expect(phone.looks).not.toContain("record");
      await log(inside, now, now + 20 * minuteMs);
      await phone.until("record");
      expect(others.looks).toEqual([]);
      phone.close();
      others.close();
    });
  },
  fillPlaces,
);
