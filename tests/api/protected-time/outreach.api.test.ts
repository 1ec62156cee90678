import { beforeAll, expect, test } from "vitest";
import { auditPage } from "#core/accounts/wire/audit.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { calendarReply, recordReply } from "#core/protected-time/wire/calendar.ts";
import { keepClearNoticesReply, keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import {
  outreachSession,
  placesOfPartnerReply,
  savedPlace,
  sessionsReply,
} from "#core/protected-time/wire/outreach.ts";
import { formatLocal, hourMs, minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { agreedWindow, circleAt, corner, london } from "#tests/support/outreach.ts";
import { addPartners, once, placeBy } from "#tests/support/partner-care.ts";
import { wordsOf } from "#tests/support/problem.ts";

const spot = circleAt(corner);
const cells = footprintOf(spot);

onOneEngine("outreach over HTTP", ({ db }) => {
  const test_ = appWith(db);
  const a = test_.caller("partner", "a");
  const b = test_.caller("partner", "b");
  const sergeant = test_.caller("sergeant");
  beforeAll(async () => {
    await addPartners(test_, { a: "Partner of a", b: "Partner of b" });
  });

  test("a place is its lattice cell, class and label; only the label can be changed", async () => {
    const place = await placeBy(a);
    expect(place).toMatchObject({ ...spot, cells });
    const renamed = await a.send("PATCH", `/api/outreach/places/${place.id}`, { label: "Elm" });
    expect(savedPlace.parse(renamed.json())).toEqual({ ...place, label: "Elm" });
    for (const more of [{ classM: 100 }, { lattice: spot.lattice }, { cells }]) {
      const body = { label: "Elm", ...more };
      const moved = await a.send("PATCH", `/api/outreach/places/${place.id}`, body);
      expect(moved.statusCode).toBe(400);
    }
  });

  test("a place is the same whoever saves it and wherever in its lattice cell it lies", async () => {
    const [lng, lat] = corner;
    const other = circleAt([lng - 0.0008, lat - 0.0013], 120);
    const reply = await b.send("POST", "/api/outreach/places", { label: "Van", ...other });
    const saved = savedPlace.parse(reply.json());
    const { lattice, classM } = await placeBy(a);
    expect(saved).toMatchObject({ kind: "circle", lattice, classM, cells });
    expect((await b.send("DELETE", `/api/outreach/places/${saved.id}`)).statusCode).toBe(200);
  });

  test("no field takes a footprint, and a label that gives a place away is refused", async () => {
    const send = (body: object) =>
      a.send("POST", "/api/outreach/places", { label: "Elm", ...spot, ...body });
    for (const more of [{ cells }, { radiusM: 150 }, { at: corner }]) {
      expect((await send(more)).statusCode, JSON.stringify(more)).toBe(400);
    }
    for (const label of ["51.61793, -0.06312", "N9 0TZ", "TQ 3412 9273"]) {
      const refused = await send({ label });
      expect(refused.statusCode, label).toBe(422);
      expect(refused.body).not.toContain(label);
    }
  });

  test("a session shows the partner its own times and the half hours that police see", async () => {
    const place = await placeBy(a);
    const reply = await a.send("POST", "/api/outreach/sessions", {
      placeId: place.id,
      rule: once("2021-12-02"),
    });
    const session = outreachSession.parse(reply.json());
    expect(session.next).toEqual([
      {
        date: "2021-12-02",
        startsAt: "2021-12-02T20:10:00+00:00",
        endsAt: "2021-12-02T21:50:00+00:00",
        closedFrom: "2021-12-02T19:30:00+00:00",
        closedTo: "2021-12-02T22:30:00+00:00",
        state: "planned",
      },
    ]);
    expect(session.told).toBeNull();
    const listed = sessionsReply.parse((await a.get("/api/outreach/sessions")).json());
    expect(listed.sessions.map((one) => one.id)).toContain(session.id);
  });

  test("a partner cannot reach, name or count what belongs to another", async () => {
    const place = await placeBy(a);
    const made = await a.send("POST", "/api/outreach/sessions", {
      placeId: place.id,
      rule: once("2021-12-03"),
    });
    const { id } = outreachSession.parse(made.json());
    const mine = placesOfPartnerReply.parse((await b.get("/api/outreach/places")).json());
    expect(mine.places).toEqual([]);
    expect((await b.get("/api/outreach/sessions")).json()).toEqual({ sessions: [] });
    const none = "00000000-0000-4000-8000-000000000000";
    for (const path of [
      (key: string) => `/api/outreach/sessions/${key}/cancel`,
      (key: string) => `/api/outreach/sessions/${key}/police-came`,
    ]) {
      const other = await b.send("POST", path(id), { date: "2021-12-03" });
      const missing = await b.send("POST", path(none), { date: "2021-12-03" });
      expect(other.statusCode).toBe(404);
      expect(wordsOf(other)).toEqual(wordsOf(missing));
    }
    const used = await b.send("POST", "/api/outreach/sessions", {
      placeId: place.id,
      rule: once("2021-12-03"),
    });
    expect(used.statusCode).toBe(404);
    for (const text of [JSON.stringify(mine), made.body]) expect(text).not.toMatch(/"\d+"/);
  });

  test("own acts are numbered among themselves: what others do between two of them leaves no gap", async () => {
    const own = async (caller: TestCaller, query = "") =>
      auditPage.parse((await caller.get(`/api/audit/own${query}`)).json());
    for (const caller of [a, sergeant]) {
      const before = Number((await own(caller)).rows[0]?.id);
      for (let turn = 0; turn < 4; turn += 1) await b.get("/api/outreach/sessions");
      const { rows } = await own(caller);
      expect(Number(rows[0]?.id)).toBe(before + 1);
      const numbers = rows.map(({ id }) => Number(id));
      expect(numbers).toEqual(numbers.map((_, at) => before + 1 - at));
      const older = await own(caller, `?before=${rows[1]?.id}`);
      expect(older.rows).toEqual(rows.slice(2));
    }
  });

  test("a session that is over, or on no date, is refused in words; the same time twice is 24 hours", async () => {
    const place = await placeBy(a);
    const send = (body: object) =>
      a.send("POST", "/api/outreach/sessions", { placeId: place.id, rule: body });
    const past = await send(once("2021-11-20"));
    expect(past.json()).toMatchObject({
      status: 422,
      detail: "This session is over already: check its date.",
    });
    const whole = await send(once("2021-12-02", "20:00", "20:00"));
    expect(outreachSession.parse(whole.json()).next).toMatchObject([
      { startsAt: "2021-12-02T20:00:00+00:00", endsAt: "2021-12-03T20:00:00+00:00" },
    ]);
    const id = outreachSession.parse(whole.json()).id;
    await a.send("POST", `/api/outreach/sessions/${id}/cancel`, {});
    const missing = await send(once("2021-02-30"));
    expect(missing.statusCode).toBe(400);
  });

  test("police see one shape without a count, and nothing beyond the 14th day after today", async () => {
    const place = await placeBy(a);
    const other = await placeBy(b);
    for (const [caller, placeId, firstDate] of [
      [a, place.id, "2021-12-08"],
      [b, other.id, "2021-12-08"],
      [a, place.id, "2021-12-11"],
    ] as const) {
      const body = { placeId, rule: once(firstDate) };
      expect((await caller.send("POST", "/api/outreach/sessions", body)).statusCode).toBe(200);
    }
    const period = "from=2021-12-08T00:00:00Z&to=2021-12-31T00:00:00Z";
    const reply = await sergeant.get(`/api/keep-clear?${period}`);
    const seen = keepClearReply.parse(reply.json());
    expect(seen.until).toBe("2021-12-11T00:00:00+00:00");
    // Neither calendar is confirmed, so both are widened by an hour on each side.
    expect(seen.stretches).toEqual([
      { from: "2021-12-08T18:30:00+00:00", to: "2021-12-08T23:30:00+00:00", cells },
    ]);
  });

  test("confirming takes the widening away and says as of when", async () => {
    const before = calendarReply.parse((await a.get("/api/outreach/calendar")).json());
    expect(before.state).toBe("never");
    for (const caller of [a, b]) {
      const reply = await caller.send("POST", "/api/outreach/calendar/confirm", {});
      const confirmed = calendarReply.parse(reply.json());
      expect(confirmed.state).toBe("confirmed");
      expect(confirmed.sentence).toMatch(
        /^Up to date as of Friday 26 November, (midday|\d+(:\d\d)?[ap]m)\.$/,
      );
    }
    const period = "from=2021-12-08T00:00:00Z&to=2021-12-09T00:00:00Z";
    const seen = keepClearReply.parse((await sergeant.get(`/api/keep-clear?${period}`)).json());
    expect(seen.stretches).toEqual([
      { from: "2021-12-08T19:30:00+00:00", to: "2021-12-08T22:30:00+00:00", cells },
    ]);
    const far = await a.send("POST", "/api/outreach/calendar/confirm", {
      pausedUntil: "2030-01-01",
    });
    expect(far.statusCode).toBe(422);
  });

  test("out now withdraws a running patrol; the partner reads told, then confirmed", async () => {
    const place = await placeBy(b);
    const now = test_.services.asAt.now();
    const { planId } = await db().transaction(ownerActor, (tx) =>
      agreedWindow(tx, {
        from: now - hourMs,
        to: now + hourMs,
        cells: cells.slice(0, 2) as H3Cell[],
      }),
    );
    const reply = await b.send("POST", "/api/outreach/out-now", { placeId: place.id });
    const session = outreachSession.parse(reply.json());
    expect(session.told?.sentence).toMatch(
      /^On police screens since (midday|\d+(:\d\d)?[ap]m)\. Police have not confirmed yet\.$/,
    );
    expect(reply.body).not.toMatch(/conflict|patrol|window/i);
    const start = Date.parse(session.next[0]?.startsAt ?? "");
    expect(Math.abs(start - now)).toBeLessThan(5 * minuteMs);
    expect(Date.parse(session.next[0]?.endsAt ?? "")).toBe(start + 2 * hourMs);

    const seen = keepClearNoticesReply.parse(
      (await sergeant.get("/api/keep-clear/notices")).json(),
    );
    const notice = seen.notices.find((one) =>
      one.windows.some((window) => window.planId === planId),
    );
    expect(notice?.windows).toMatchObject([
      { planId, windowId: "W1", place: "place without a name", unit: 1 },
    ]);
    expect(notice?.sentence).toMatch(/1 approved patrol is no longer available\.$/);
    expect(JSON.stringify(notice)).not.toMatch(/outreach|session|partner/i);
    await sergeant.send("POST", `/api/keep-clear/notices/${notice?.id}/confirm`);
    const listed = sessionsReply.parse((await b.get("/api/outreach/sessions")).json());
    const told = listed.sessions.find((one) => one.id === session.id)?.told;
    expect(told?.sentence).toMatch(
      /^Police told (midday|\d+(:\d\d)?[ap]m), known to patrols by (midday|\d+(:\d\d)?[ap]m)\.$/,
    );
  });

  test("cancelling inside 24 hours says that the time stays closed", async () => {
    const place = await placeBy(a);
    const soon = test_.services.asAt.now() + 3 * hourMs;
    const [date = "", start = ""] = formatLocal(london.toLocal(soon)).split("T");
    const end = formatLocal(london.toLocal(soon + hourMs)).slice(11);
    const made = await a.send("POST", "/api/outreach/sessions", {
      placeId: place.id,
      rule: { ...once(date, start, end), repeats: "weekly" },
    });
    const { id } = outreachSession.parse(made.json());
    const reply = await a.send("POST", `/api/outreach/sessions/${id}/cancel`, {});
    const cancelled = outreachSession.parse(reply.json());
    expect(cancelled.next.map((visit) => [visit.date, visit.state])).toEqual([
      [date, "called_off"],
    ]);
    expect(cancelled.endedAt).not.toBeNull();
  });

  test("the record counts past sessions, and one that police came to was not kept clear", async () => {
    const place = await placeBy(a);
    const made = await a.send("POST", "/api/outreach/sessions", {
      placeId: place.id,
      rule: { ...once("2021-12-01"), repeats: "weekly" },
    });
    const { id } = outreachSession.parse(made.json());
    // As if it had been saved in August: 17 Wednesdays have passed since.
    await db().transaction(ownerActor, (tx) =>
      tx.query(
        `update outreach_session
         set created_at = '2021-08-01T09:00Z', first_date = '2021-08-04'
         where key = $1::uuid`,
        [id],
      ),
    );
    const read = async () => recordReply.parse((await a.get("/api/outreach/record")).json());
    expect(await read()).toMatchObject({ kept: 17, of: 17 });
    const ahead = await a.send("POST", `/api/outreach/sessions/${id}/police-came`, {
      date: "2021-12-01",
    });
    expect(ahead.statusCode).toBe(422);
    await a.send("POST", `/api/outreach/sessions/${id}/police-came`, { date: "2021-11-24" });
    expect(await read()).toMatchObject({ kept: 16, of: 17 });
    expect(recordReply.parse((await b.get("/api/outreach/record")).json()).of).toBe(0);
  });
});
