import { beforeAll, expect, test } from "vitest";
import { auditPage } from "#core/accounts/wire/audit.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import {
  outreachSession,
  placesOfPartnerReply,
  savedPlace,
} from "#core/protected-time/wire/outreach.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";
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
});
