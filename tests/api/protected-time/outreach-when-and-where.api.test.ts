import { beforeAll, expect, test } from "vitest";
import { footprintOf } from "#core/protected-time/footprint.ts";
import type { Outline } from "#core/protected-time/ground.ts";
import { snapToLattice } from "#core/protected-time/lattice.ts";
import { calendarReply } from "#core/protected-time/wire/calendar.ts";
import { keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import {
  occurrencesReply,
  outreachSession,
  savedPlace,
  sessionsReply,
} from "#core/protected-time/wire/outreach.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";
import { addPartners, once } from "#tests/support/partner-care.ts";
import { wordsOf } from "#tests/support/problem.ts";

const way: Outline = {
  kind: "corridor",
  corners: [corner, [-0.0622, 51.6203], [-0.0601, 51.6241]],
  halfWidthM: 50,
};
const area: Outline = {
  kind: "area",
  corners: [
    [-0.066, 51.615],
    [-0.058, 51.615],
    [-0.057, 51.62],
    [-0.065, 51.6195],
  ],
};

onOneEngine("outreach over HTTP: when and where", ({ db }) => {
  const test_ = appWith(db);
  const a = test_.caller("partner", "a");
  const b = test_.caller("partner", "b");
  const sergeant = test_.caller("sergeant");
  beforeAll(async () => {
    await addPartners(test_, { a: "Partner of a", b: "Partner of b" });
    // An unconfirmed calendar is closed an hour wider.
    for (const partner of [a, b]) await partner.send("POST", "/api/outreach/calendar/confirm", {});
  });

  const place = async (ground: Outline | null, caller = a) => {
    const body =
      ground === null
        ? { label: "Van", ...circleAt(corner) }
        : { label: "Round", ...snapToLattice(ground) };
    return savedPlace.parse((await caller.send("POST", "/api/outreach/places", body)).json());
  };
  const weekly = (firstDate: string, more: object = {}) => ({
    ...once(firstDate),
    repeats: "weekly",
    ...more,
  });
  const add = async (placeId: string, rule: object) =>
    outreachSession.parse(
      (await a.send("POST", "/api/outreach/sessions", { placeId, rule })).json(),
    );
  const detail = (reply: { json: () => unknown }) => (reply.json() as { detail: string }).detail;
  const stretchAt = async (from: string) => {
    const reply = keepClearReply.parse((await sergeant.get("/api/keep-clear")).json());
    return reply.stretches.find((stretch) => stretch.from.startsWith(from));
  };

  test("police read an area and a route as saved cells and half hours, and nothing of their kind", async () => {
    for (const [ground, date] of [
      [area, "2021-12-01"],
      [way, "2021-12-03"],
    ] as const) {
      const saved = await place(ground);
      const snapped = snapToLattice(ground);
      expect(saved).toMatchObject(snapped);
      expect(saved.cells).toEqual(footprintOf(snapped));
      await add(saved.id, once(date));
      const stretch = await stretchAt(`${date}T19:30`);
      expect(stretch?.cells).toEqual(saved.cells);
      expect(Object.keys(stretch ?? {}).sort()).toEqual(["cells", "from", "to"]);
    }
    expect((await sergeant.get("/api/keep-clear")).body).not.toMatch(/corridor|area|Round/);
  });

  test("several days of the week are one session; the days must hold its first date", async () => {
    const { id } = await place(null);
    const session = await add(id, weekly("2021-11-30", { days: [2, 4, 6], everyWeeks: 2 }));
    expect(session.rule.days).toEqual([2, 4, 6]);
    expect(session.next.map(({ date }) => date)).toEqual([
      "2021-11-30",
      "2021-12-02",
      "2021-12-04",
      "2021-12-14",
      "2021-12-16",
      "2021-12-18",
    ]);
    const body = (rule: object) => ({ placeId: id, rule });
    const wrong = await a.send(
      "POST",
      "/api/outreach/sessions",
      body(weekly("2021-12-01", { days: [2] })),
    );
    expect(detail(wrong)).toContain("must fall on one of the days");
    const twice = await a.send(
      "POST",
      "/api/outreach/sessions",
      body(weekly("2021-11-30", { days: [2, 2] })),
    );
    expect(detail(twice)).toContain("each once");
  });

  test("one date is moved in one step, and comes back with what took its stead called off", async () => {
    const { id: placeId } = await place(null);
    const other = await place(area);
    const series = await add(placeId, weekly("2021-12-06"));
    const path = `/api/outreach/sessions/${series.id}`;
    const moved = outreachSession.parse(
      (
        await a.send("POST", `${path}/move-date`, {
          date: "2021-12-13",
          placeId: other.id,
          rule: once("2021-12-14", "18:00", "19:00"),
        })
      ).json(),
    );
    expect(moved).toMatchObject({
      placeId: other.id,
      movedFrom: { sessionId: series.id, date: "2021-12-13" },
      next: [{ date: "2021-12-14" }],
    });
    const days = "from=2021-12-06&to=2021-12-20";
    const listed = async () =>
      occurrencesReply
        .parse((await a.get(`/api/outreach/occurrences?${days}`)).json())
        .occurrences.filter(({ sessionId }) => [series.id, moved.id].includes(sessionId))
        .map(({ date, state }) => `${date} ${state}`);
    expect(await listed()).toEqual([
      "2021-12-06 planned",
      "2021-12-13 cancelled",
      "2021-12-14 planned",
      "2021-12-20 planned",
    ]);
    const again = await a.send("POST", `${path}/move-date`, {
      date: "2021-12-13",
      placeId,
      rule: once("2021-12-15"),
    });
    expect(detail(again)).toContain("is cancelled");
    const off = await a.send("POST", `${path}/move-date`, {
      date: "2021-12-07",
      placeId,
      rule: once("2021-12-15"),
    });
    expect(detail(off)).toContain("does not take place");
    await a.send("POST", `${path}/restore`, { date: "2021-12-13" });
    expect(await listed()).toEqual([
      "2021-12-06 planned",
      "2021-12-13 planned",
      "2021-12-20 planned",
    ]);
  });

  test("a date moved within 24 hours stays closed beside the new one", async () => {
    const { id: placeId } = await place(null);
    // It is 26 November, at whatever time of the day the tests are run.
    const series = await add(placeId, weekly("2021-11-27", { start: "00:00", end: "01:00" }));
    await a.send("POST", `/api/outreach/sessions/${series.id}/move-date`, {
      date: "2021-11-27",
      placeId,
      rule: once("2021-11-29", "10:10", "11:00"),
    });
    expect(await stretchAt("2021-11-26T23:30")).toBeDefined();
    expect(await stretchAt("2021-11-29T09:30")).toBeDefined();
  });

  test("a moved date stays closed when the place of its series is removed", async () => {
    const from = await place(null);
    const to = await place(way);
    const series = await add(from.id, weekly("2021-12-29"));
    await a.send("POST", `/api/outreach/sessions/${series.id}/move-date`, {
      date: "2022-01-05",
      placeId: to.id,
      rule: once("2022-01-06"),
    });
    await a.send("POST", `/api/outreach/sessions/${series.id}/cancel`, {});
    const removed = await a.send("DELETE", `/api/outreach/places/${from.id}`);
    expect(removed.statusCode, removed.body).toBe(200);
    const { sessions } = sessionsReply.parse((await a.get("/api/outreach/sessions")).json());
    expect(sessions.find(({ placeId }) => placeId === to.id)).toMatchObject({
      movedFrom: { sessionId: null, date: "2022-01-05" },
      next: [{ date: "2022-01-06" }],
    });
  });

  const key = (digit: string) => digit.repeat(64);
  const upload = async (entries: object[], more: object = {}) =>
    a.send("POST", "/api/outreach/calendar/import", {
      entries,
      isCutOff: false,
      unread: 0,
      ...more,
    });

  test("SAFEGUARDS 3: a file read on the device confirms no calendar, unless its person said that it is all", async () => {
    const { id: placeId } = await place(null);
    const entries = [{ key: key("9"), sessions: [{ placeId, rule: once("2022-01-04") }] }];
    const read = async () => calendarReply.parse((await a.get("/api/outreach/calendar")).json());
    const before = await read();
    expect((await upload(entries)).json()).toMatchObject({ added: 1 });
    expect(await read()).toEqual(before);
    const refused = await upload(entries, { isAll: true, unread: 1 });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain("cannot be all of your calendar");
    expect(await read()).toEqual(before);
    expect((await upload(entries, { isAll: true })).statusCode).toBe(200);
    expect(await read()).toMatchObject({ state: "confirmed" });
  });

  test("a calendar has no field for a title, and no place of another partner", async () => {
    const { id: placeId } = await place(null);
    const session = { placeId, rule: once("2022-01-05") };
    for (const more of [{ title: "x" }, { location: "x" }, { geo: [0, 51] }]) {
      const entry = { key: key("4"), sessions: [session], ...more };
      expect((await upload([entry])).statusCode, JSON.stringify(more)).toBe(400);
      const inside = { key: key("4"), sessions: [{ ...session, ...more }] };
      expect((await upload([inside])).statusCode, JSON.stringify(more)).toBe(400);
    }
    const theirs = await place(null, b);
    const other = await upload([{ key: key("4"), sessions: [{ ...session, placeId: theirs.id }] }]);
    const missing = await upload([
      {
        key: key("4"),
        sessions: [{ ...session, placeId: "00000000-0000-4000-8000-000000000000" }],
      },
    ]);
    expect(other.statusCode).toBe(404);
    expect(wordsOf(other)).toEqual(wordsOf(missing));
    const wrong = await upload([
      { key: key("5"), sessions: [session] },
      { key: key("6"), sessions: [{ placeId, rule: once("2022-01-05", "20:10", "25:00") }] },
    ]);
    expect(wrong.statusCode).toBe(400);
    const { sessions } = sessionsReply.parse((await a.get("/api/outreach/sessions")).json());
    expect(sessions.some(({ rule }) => rule.firstDate === "2022-01-05")).toBe(false);
  });

  test("too many days at once are refused; a day without a session is empty", async () => {
    const read = (from: string, to: string) =>
      a.get(`/api/outreach/occurrences?from=${from}&to=${to}`);
    expect(detail(await read("2021-12-01", "2022-12-01"))).toContain("1 to 62 days");
    expect(detail(await read("2021-12-02", "2021-12-01"))).toContain("the first of them first");
    expect((await read("2022-02-30", "2022-03-01")).statusCode).toBe(400);
    expect((await b.get("/api/outreach/occurrences?from=2021-12-01&to=2021-12-31")).json()).toEqual(
      {
        occurrences: [],
      },
    );
  });
});
