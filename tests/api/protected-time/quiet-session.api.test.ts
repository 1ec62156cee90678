import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { keepClearNoticesReply } from "#core/protected-time/wire/keep-clear.ts";
import { sessionsReply, toldReply } from "#core/protected-time/wire/outreach.ts";
import { minuteMs } from "#core/time/zone.ts";
import { DatabaseError, ownerActor, systemActor } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { fillPlaces } from "#server/places/load.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith, type BlockApp } from "#tests/support/app-with.ts";
import {
  onEachEngine,
  onOneEngine,
  refusedBy,
  type TestDatabase,
} from "#tests/support/database.ts";
import { listenLive } from "#tests/support/live.ts";
import { agreedWindow, at, circleAt, corner } from "#tests/support/outreach.ts";
import { addPartners, once, placeBy, sessionBy } from "#tests/support/partner-care.ts";

const [today, tomorrow] = ["2021-11-26", "2021-11-27"];
const cells = footprintOf(circleAt(corner));
/** Long enough for whatever was announced to have been worked through. */
const settled = 700;

/** A clock that stands until it is moved, or no two worlds would read alike. */
function stopClock({ services }: BlockApp) {
  const clock = { now: at(`${today}T12:00`) };
  Object.assign(services.asAt, { now: () => clock.now });
  return clock;
}

async function twoPartners(app: BlockApp, partners: readonly TestCaller[]) {
  await addPartners(app, { a: "North Van", b: "Harbour" });
  const places: string[] = [];
  for (const partner of partners) {
    places.push((await placeBy(partner)).id);
    await partner.send("POST", "/api/outreach/calendar/confirm", {});
  }
  return places;
}

const openIn = (reply: { json: () => unknown }) =>
  keepClearNoticesReply.parse(reply.json()).notices.find(({ confirmedAt }) => confirmedAt === null);

/** In each world, all that the roles who see the hatch or patrols read and hear. */
const worlds: string[][] = [];

function world(isSecondOut: boolean, title: string) {
  return ({ db }: Pick<TestDatabase, "db">) => {
    const test_ = appWith(db);
    const first = test_.caller("partner", "a");
    const second = test_.caller("partner", "b");
    const sergeant = test_.caller("sergeant");
    const readers = [sergeant, test_.caller("analyst"), test_.caller("warden")];

    test(title, async () => {
      const clock = stopClock(test_);
      const [placeA = "", placeB = ""] = await twoPartners(test_, [first, second]);
      const planned = { from: at(`${today}T15:00`), to: at(`${today}T16:00`) };
      const kept = { ...planned, cells: cells.slice(0, 2) as H3Cell[] };
      await db().transaction(ownerActor, (tx) => agreedWindow(tx, kept));
      for (const reader of readers) await reader.get("/api/session");
      const server = await listenLive(test_.app);
      const screens = await Promise.all(
        (["sergeant", "analyst", "warden"] as const).map(async (role) =>
          server.open(await server.signIn(role)),
        ),
      );
      const lines: string[] = [];
      const look = async () => {
        await wait(settled);
        for (const { looks } of screens) lines.push(`heard ${looks.join(" ")}`);
        for (const reader of readers) {
          for (const path of paths) {
            const { statusCode, headers, body } = await reader.get(path);
            lines.push(`${path} ${statusCode} ${headers["content-length"]} ${body}`);
          }
        }
      };
      const secondOut = async (start: string, end: string) => {
        if (!isSecondOut) return;
        const { id } = await sessionBy(second, { placeId: placeB, rule: once(today, start, end) });
        const moved = { placeId: placeB, rule: once(today, "20:25", "21:31") };
        expect(
          (await second.send("POST", `/api/outreach/sessions/${id}/move`, moved)).statusCode,
        ).toBe(200);
      };
      const confirm = async () => {
        const { id } = openIn(await sergeant.get("/api/keep-clear/notices")) ?? {};
        const { statusCode, body } = await sergeant.send(
          "POST",
          `/api/keep-clear/notices/${id}/confirm`,
        );
        lines.push(`${statusCode} ${body}`);
      };
      await sessionBy(first, { placeId: placeA, rule: once(today) });
      await look();
      clock.now += 3 * minuteMs;
      await secondOut("20:12", "21:40");
      await look();
      clock.now += 4 * minuteMs;
      await confirm();
      await look();
      clock.now += 10 * minuteMs;
      await secondOut("20:20", "21:50");
      await look();
      clock.now += 30 * minuteMs;
      await look();
      // What is seen sounds as ever, and with it nothing of what was not.
      await sessionBy(first, { placeId: placeA, rule: once(today, "22:10", "23:00") });
      await look();
      await confirm();
      await look();
      for (const screen of screens) screen.close();
      const keys: string[] = [];
      const named = (key: string) => {
        if (!keys.includes(key)) keys.push(key);
        return `key ${keys.indexOf(key)}`;
      };
      worlds.push(
        lines.map((line) =>
          line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, named).replace(/"\/requests\/\w+"/, ""),
        ),
      );
      if (worlds.length === 1) return;
      const [one = [], two = []] = worlds;
      expect(two).toEqual(one);
      // The readers do read and hear, or nothing could differ.
      expect(one.join("\n")).toMatch(/heard .*notices/);
      expect(one.join("\n")).toContain("Keep-clear times changed at 12:00. No patrol is affected.");
    });
  };
}

const paths = [
  "/api/keep-clear",
  "/api/keep-clear/notices",
  `/api/plans?from=${today}&days=3`,
  "/api/warden/windows?from=2021-11-26&days=3",
  "/api/plans/numbers/P1-1",
];

onOneEngine(
  "the world of one session",
  world(false, "police, analyst and wardens read and hear of one session"),
  fillPlaces,
);
onOneEngine(
  "the world of two",
  world(
    true,
    "SAFEGUARDS 5: police, analyst and wardens read and hear the same, byte for byte, with and without a second session under one hatch",
  ),
  fillPlaces,
);

onEachEngine(
  "a session that changes nothing of what police are shown",
  ({ db }) => {
    const test_ = appWith(db);
    const first = test_.caller("partner", "a");
    const second = test_.caller("partner", "b");
    const sergeant = test_.caller("sergeant");
    let places: string[] = [];
    let clock = { now: 0 };
    beforeAll(async () => {
      clock = stopClock(test_);
      places = await twoPartners(test_, [first, second]);
    });
    const out = (partner: TestCaller, start = "20:10", end = "21:50", date = today) =>
      sessionBy(partner, {
        placeId: places[partner === first ? 0 : 1],
        rule: once(date, start, end),
      });
    const told = async (partner: TestCaller, id: string) =>
      toldReply
        .parse((await partner.get("/api/outreach/told")).json())
        .sessions.find((one) => one.id === id)?.told;
    const asKeeper = (statement: Sql) =>
      db().transaction(systemActor, (tx) =>
        tx.through("keeper", (keeper) => keeper.run(statement)),
      );
    const notices = () => sergeant.get("/api/keep-clear/notices");
    const confirm = async () => {
      const { id } = openIn(await notices()) ?? {};
      await sergeant.send("POST", `/api/keep-clear/notices/${id}/confirm`);
    };

    test("SAFEGUARDS 13: its partner reads the words of any late session, and then that they are confirmed", async () => {
      const alone = await out(first);
      const under = await out(second);
      expect(under.told).toEqual(alone.told);
      expect(under.told?.sentence).toMatch(/^On police screens since midday\. Police have not/);
      // What police have yet to confirm, nobody counts as confirmed, however long that takes.
      clock.now += 600 * minuteMs;
      expect(await told(second, under.id)).toMatchObject({ confirmedAt: null });
      clock.now -= 596 * minuteMs;
      await confirm();
      expect(await told(second, under.id)).toEqual(await told(first, alone.id));
      expect(await told(second, under.id)).toMatchObject({
        sentence: "Police told midday, known to patrols by 12:04pm.",
      });
    });

    test("where nothing is open it counts as confirmed after about as long as police took, and keeps that time", async () => {
      await out(first, "13:10", "15:50");
      clock.now += 4 * minuteMs;
      await confirm();
      const before = (await notices()).body;
      const toldAt = clock.now;
      const { id, told: fresh } = await out(second, "13:20", "13:40");
      expect(fresh).toMatchObject({ confirmedAt: null });
      expect((await notices()).body).toBe(before);
      // Police took four minutes: this one takes from two to six.
      clock.now = toldAt + 2 * minuteMs - 1;
      expect(await told(second, id)).toMatchObject({ confirmedAt: null });
      clock.now = toldAt + 6 * minuteMs;
      const counted = await told(second, id);
      const confirmedAt = Date.parse(counted?.confirmedAt ?? "");
      expect(confirmedAt).toBeGreaterThanOrEqual(toldAt + 2 * minuteMs);
      expect(counted?.sentence).toMatch(/^Police told 12:08pm, known to patrols by 12:\d\dpm\.$/);
      clock.now += 20 * minuteMs;
      await out(first, "22:10", "23:00");
      expect(await told(second, id)).toEqual(counted);
      clock.now += 4 * minuteMs;
      await confirm();
      expect(await told(second, id)).toEqual(counted);
    });

    test("SAFEGUARDS 13: where nothing is open, sessions of one partner that wait together are confirmed together", async () => {
      const ids: string[] = [];
      for (const start of ["14:1", "15:0", "15:2"]) {
        ids.push((await out(second, `${start}0`, `${start}5`)).id);
        clock.now += minuteMs / 4;
      }
      expect(await told(second, ids[2] ?? "")).toMatchObject({ confirmedAt: null });
      clock.now += 10 * minuteMs;
      const times = await Promise.all(ids.map(async (id) => (await told(second, id))?.confirmedAt));
      expect(times[0]).toBeTruthy();
      expect(new Set(times).size).toBe(1);
    });

    test("its partner's open page hears of that as soon as of a word of police, and police hear nothing", async () => {
      const server = await listenLive(test_.app);
      const phone = await server.open(await server.signIn("partner", "b"));
      const desk = await server.open(await server.signIn("sergeant"));
      await out(second, "22:20", "22:50");
      await phone.until("told");
      await db().transaction(systemActor, (tx) =>
        tx.through("keeper", (keeper) =>
          keeper.run(
            sql`update session_notice set counts_at = ${new Date(clock.now + 1_500)}
              where counts_at > ${new Date(clock.now)} and confirmed_at is null`,
          ),
        ),
      );
      await wait(settled);
      const heard = phone.looks.length;
      clock.now += 1_500;
      await phone.until("told", heard);
      expect(desk.looks).toEqual([]);
      for (const screen of [phone, desk]) screen.close();
    });

    test("one that takes a patrol, or shows half an hour or a cell more, is told to police as ever", async () => {
      const lost = { from: at(`${today}T17:00`), to: at(`${today}T18:00`) };
      const open = async () => openIn(await notices())?.windows.length;
      expect(await open()).toBeUndefined();
      await out(second, "20:10", "22:40");
      expect(await open()).toBeUndefined();
      await out(second, "20:10", "23:40");
      expect(await open()).toBe(0);
      await confirm();
      const window = { ...lost, cells: cells.slice(0, 1) as H3Cell[] };
      await db().transaction(ownerActor, (tx) => agreedWindow(tx, window));
      await out(second, "17:00", "18:00");
      expect(await open()).toBe(1);
      await confirm();
    });

    test("two of one file under each other: the first is told, the second is not, and both are confirmed", async () => {
      const session = (start: string) => ({
        placeId: places[0],
        rule: once(tomorrow, start, "09:30"),
        except: [],
      });
      const reply = await first.send("POST", "/api/outreach/calendar/import", {
        entries: ["a", "b"].map((letter, position) => ({
          key: letter.repeat(64),
          sessions: [session(position === 0 ? "08:10" : "08:20")],
        })),
        isCutOff: false,
        unread: 0,
      });
      expect(reply.statusCode, reply.body).toBe(200);
      expect(openIn(await notices())?.windows).toEqual([]);
      await confirm();
      expect(openIn(await notices())).toBeUndefined();
      const { sessions } = sessionsReply.parse((await first.get("/api/outreach/sessions")).json());
      const both = sessions.filter(({ rule }) => rule.firstDate === tomorrow);
      expect(both.map((one) => one.told?.confirmedAt === null)).toEqual([false, false]);
    });

    test("SAFEGUARDS 13: a session under its partner's own is confirmed alike whatever others have open and however long they waited", async () => {
      const own = async (start: string) => (await out(second, start, "21:42")).told;
      await out(first, "00:10", "01:00", tomorrow);
      let under = await own("20:17");
      expect(under?.confirmedAt).toBe(under?.toldAt);
      clock.now += 300 * minuteMs;
      await confirm();
      under = await own("20:18");
      expect(under?.confirmedAt).toBe(under?.toldAt);
      // Of its own that is open it waits.
      const open = await out(second, "02:10", "02:50", tomorrow);
      const { id } = await out(second, "02:12", "02:48", tomorrow);
      expect(await told(second, id)).toMatchObject({ confirmedAt: null });
      clock.now += 3 * minuteMs;
      await confirm();
      expect(await told(second, id)).toEqual(await told(second, open.id));
    });

    test("a wait is drawn from acts of confirming at about this time of day, however many sessions one act confirmed", async () => {
      await out(first, "04:10", "06:50", tomorrow);
      await confirm();
      // Five days ten minutes each at this time; three hours ago 120 sessions in one act of a minute, the newest.
      await asKeeper(sql`insert into session_notice (session_id, window_ids, confirmed_by, told_at, confirmed_at)
        select session.id, '{}', 'police', told, told + took from (select min(id) as id from outreach_session) as session,
          lateral (
            select ${new Date(clock.now)}::timestamptz - days * interval '1 day' as told, interval '10 minutes' as took
            from generate_series(1, 5) as days
            union all select ${new Date(clock.now)}::timestamptz - interval '3 hours', interval '1 minute'
            from generate_series(1, 120)
          ) as acts`);
      const toldAt = clock.now;
      const { id } = await out(second, "04:20", "04:50", tomorrow);
      clock.now += 5 * minuteMs - 1;
      expect(await told(second, id)).toMatchObject({ confirmedAt: null });
      clock.now = toldAt + 15 * minuteMs;
      expect(await told(second, id)).not.toMatchObject({ confirmedAt: null });
    });

    test("nothing counts as confirmed while wardens have yet to hear of the patrol that it took", async () => {
      const warden = test_.caller("warden");
      await warden.get("/api/session");
      const lost = { from: at(`${tomorrow}T11:30`), to: at(`${tomorrow}T12:00`) };
      await db().transaction(ownerActor, async (tx) => {
        const { windowId } = await agreedWindow(tx, {
          ...lost,
          cells: cells.slice(0, 1) as H3Cell[],
        });
        await tx.query(
          `update patrol_window set unit = 101, patrol_partner = 'enfield-wardens' where id = ${windowId}`,
        );
      });
      const taking = await out(first, "11:30", "12:30", tomorrow);
      await confirm();
      const under = await out(second, "11:40", "12:20", tomorrow);
      clock.now += 600 * minuteMs;
      for (const [partner, { id }] of [
        [first, taking],
        [second, under],
      ] as const) {
        expect(await told(partner, id)).toMatchObject({ confirmedAt: null });
      }
      const { id } = openIn(await warden.get("/api/keep-clear/notices")) ?? {};
      await warden.send("POST", `/api/keep-clear/notices/${id}/confirm`);
      expect((await told(second, under.id))?.confirmedAt).toBe(
        (await told(first, taking.id))?.confirmedAt,
      );
      expect(await told(second, under.id)).not.toMatchObject({ confirmedAt: null });
    });

    test("the database keeps no notice from police that names a patrol, and partners from reading which is which", async () => {
      const quiet = db().transaction(systemActor, (tx) =>
        tx.through("keeper", (keeper) =>
          keeper.run(
            sql`insert into session_notice (session_id, told_at, window_ids, counts_at)
              select id, now(), '{1}', now() from outreach_session limit 1`,
          ),
        ),
      );
      await refusedBy("session_notice_counts_at_quiet", quiet);
      await expect(quiet).rejects.toBeInstanceOf(DatabaseError);
      const partner = { person: "a person", role: "partner", partner: "a" } as const;
      const read = db().transaction(partner, (tx) =>
        tx.query("select counts_at from session_notice"),
      );
      await expect(read).rejects.toThrow(/permission denied/);
    });
  },
  fillPlaces,
);
