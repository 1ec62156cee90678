import { beforeAll, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { recordReply } from "#core/protected-time/wire/calendar.ts";
import { keepClearNoticesReply, keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { outreachSession } from "#core/protected-time/wire/outreach.ts";
import { ownerActor } from "#server/db/database.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { agreedWindow, at, circleAt, corner } from "#tests/support/outreach.ts";
import { addPartners, once, placeBy } from "#tests/support/partner-care.ts";

const spot = circleAt(corner);
const cells = footprintOf(spot);

onOneEngine("changing one's mind", ({ db }) => {
  const test_ = appWith(db);
  const a = test_.caller("partner", "a");
  const b = test_.caller("partner", "b");
  const sergeant = test_.caller("sergeant");
  let placeId = "";
  beforeAll(async () => {
    await addPartners(test_, { a: "North Van", b: "Harbour" });
    placeId = (await placeBy(a)).id;
  });

  const rule = (firstDate: string, repeats = "weekly") => ({ ...once(firstDate), repeats });
  const save = async (body: object) =>
    outreachSession.parse(
      (await a.send("POST", "/api/outreach/sessions", { placeId, ...body })).json(),
    );
  const act = (caller: TestCaller, id: string, what: string, body: object = {}) =>
    caller.send("POST", `/api/outreach/sessions/${id}/${what}`, body);
  const seenDates = async () => {
    const { stretches } = keepClearReply.parse((await sergeant.get("/api/keep-clear")).json());
    return stretches.map(({ from }) => from.slice(0, 10));
  };
  const detailOf = (reply: { readonly json: <Body>() => Body }) =>
    reply.json<{ detail: string }>().detail;

  test("a cancelled date is restored: closed again, and a patrol agreed since gives way", async () => {
    const { id } = await save({ rule: rule("2021-11-30") });
    const cancelled = outreachSession.parse(
      (await act(a, id, "cancel", { date: "2021-12-07" })).json(),
    );
    expect(cancelled.cancelled).toEqual([
      {
        date: "2021-12-07",
        startsAt: "2021-12-07T20:10:00+00:00",
        endsAt: "2021-12-07T21:50:00+00:00",
      },
    ]);
    expect(await seenDates()).toEqual(["2021-11-30"]);
    const { planId } = await db().transaction(ownerActor, (tx) =>
      agreedWindow(tx, {
        from: at("2021-12-07T20:30"),
        to: at("2021-12-07T21:30"),
        cells: cells.slice(0, 2) as H3Cell[],
      }),
    );
    expect((await act(b, id, "restore", { date: "2021-12-07" })).statusCode).toBe(404);
    const restored = outreachSession.parse(
      (await act(a, id, "restore", { date: "2021-12-07" })).json(),
    );
    expect(restored.cancelled).toEqual([]);
    expect(restored.except).toEqual([]);
    expect(restored.next.map(({ date }) => date)).toContain("2021-12-07");
    expect(await seenDates()).toEqual(["2021-11-30", "2021-12-07"]);
    const { notices } = keepClearNoticesReply.parse(
      (await sergeant.get("/api/keep-clear/notices")).json(),
    );
    expect(notices.flatMap(({ windows }) => windows.map((one) => one.planId))).toContain(planId);
    await act(a, id, "cancel");
  });

  test("only a cancelled date more than 24 hours ahead can be restored", async () => {
    const { id } = await save({ rule: rule("2021-11-26"), except: ["2021-12-03"] });
    await act(a, id, "cancel", { date: "2021-11-26" });
    for (const date of ["2021-11-26", "2021-12-10", "2021-12-04", "2021-11-19"]) {
      const refused = await act(a, id, "restore", { date });
      expect(refused.statusCode, date).toBe(422);
      expect(detailOf(refused)).not.toContain(date);
    }
    expect((await act(a, id, "restore", { date: "2021-12-03" })).statusCode).toBe(200);
    await act(a, id, "cancel");
  });

  test("what has ended is not changed or cancelled again, and nothing starts silently", async () => {
    const { id } = await save({ rule: rule("2021-12-01") });
    await act(a, id, "cancel");
    const before = await seenDates();
    const moved = await act(a, id, "move", { placeId, rule: rule("2021-12-02") });
    expect(moved.statusCode).toBe(409);
    expect(detailOf(moved)).toContain("add a new session instead");
    expect((await act(a, id, "cancel")).statusCode).toBe(409);
    expect((await act(a, id, "restore", { date: "2021-12-08" })).statusCode).toBe(422);
    expect(await seenDates()).toEqual(before);
  });

  test("a session that begins beyond what is known is refused with the limit, in words", async () => {
    const reply = await a.send("POST", "/api/outreach/sessions", {
      placeId,
      rule: rule("2024-03-07", "once"),
    });
    expect(reply.statusCode).toBe(422);
    // The later of them past 23:00: 26 weeks on, the clocks have changed.
    expect(detailOf(reply)).toMatch(
      /more than 26 weeks ahead.*up to (?:Fri|Satur)day 2[78] May 2022/,
    );
    const paused = await a.send("POST", "/api/outreach/calendar/confirm", {
      pausedUntil: "2023-01-01",
    });
    expect(detailOf(paused)).toMatch(/today to (?:Fri|Satur)day 2[78] May 2022/);
    expect(`${reply.body}${paused.body}`).not.toMatch(/\d{4}-\d\d-\d\d/);
  });

  test("that police came is taken back within the hour, by its partner alone, and stands after that", async () => {
    const { id } = await save({ rule: rule("2021-12-01") });
    await db().transaction(ownerActor, (tx) =>
      tx.query(
        `update outreach_session
         set created_at = '2021-11-01T09:00Z', first_date = '2021-11-03'
         where key = $1::uuid`,
        [id],
      ),
    );
    const date = "2021-11-24";
    const of = async () => recordReply.parse((await a.get("/api/outreach/record")).json());
    expect(await of()).toMatchObject({ kept: 4, of: 4 });
    const reported = recordReply.parse((await act(a, id, "police-came", { date })).json());
    expect(reported).toMatchObject({ kept: 3, of: 4 });
    const row = reported.rows.find((one) => one.date === date);
    expect(Date.parse(row?.takeBackUntil ?? "")).toBeGreaterThan(test_.services.asAt.now());
    expect(reported.rows.filter((one) => one.takeBackUntil !== null)).toHaveLength(1);

    expect((await act(b, id, "police-came/take-back", { date })).statusCode).toBe(404);
    expect((await act(sergeant, id, "police-came/take-back", { date })).statusCode).toBe(403);
    expect(await of()).toMatchObject({ kept: 3 });
    const back = await act(a, id, "police-came/take-back", { date });
    expect(recordReply.parse(back.json())).toMatchObject({ kept: 4, of: 4 });
    expect((await act(a, id, "police-came/take-back", { date })).statusCode).toBe(409);

    await act(a, id, "police-came", { date });
    await db().transaction(ownerActor, (tx) =>
      tx.query("update police_came set reported_at = reported_at - interval '61 minutes'"),
    );
    const late = await act(a, id, "police-came/take-back", { date });
    expect(late.statusCode).toBe(409);
    expect(detailOf(late)).toContain("Wednesday 24 November 2021");
    expect((await of()).rows.every((one) => one.takeBackUntil === null)).toBe(true);
    expect(await of()).toMatchObject({ kept: 3, of: 4 });
  });
});
