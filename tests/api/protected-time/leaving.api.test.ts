import { describe, expect, test } from "vitest";
import { calendarReply, leaveReply } from "#core/protected-time/wire/calendar.ts";
import { keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { outreachSession } from "#core/protected-time/wire/outreach.ts";
import { systemActor } from "#server/db/database.ts";
import { calendarState } from "#server/protected-time/calendars.ts";
import { deleteLeftovers, leaveWhereDue } from "#server/protected-time/leaving.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  countIn,
  goodPassword,
  sessionOf,
} from "#tests/support/accounts.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine, refusedBy } from "#tests/support/database.ts";
import { circleAt, corner, london } from "#tests/support/outreach.ts";
import { once, personOf, placeBy, sessionBy } from "#tests/support/partner-care.ts";

onOneEngine("a partner that leaves and erases everything", ({ db }) => {
  const app = appWith(db);
  const sergeant = app.caller("sergeant");

  const keepClear = async () =>
    keepClearReply.parse((await sergeant.get("/api/keep-clear")).json()).stretches;
  const count = (table: string, where = "true") => countIn(db(), `${table} where ${where}`);

  /** Somebody with a password, one session running, one next week and one past. */
  const leaver = async (partner: string) => {
    const name = `leaves.${partner}`;
    await addTestAccount(db(), { name, role: "partner", partner });
    const caller = await sessionOf(app, name);
    const colleague = await personOf(app, `stays.${partner}`, partner);
    const place = await placeBy(caller);
    const second = await placeBy(caller, circleAt(corner, 200));
    await caller.send("POST", "/api/outreach/calendar/confirm", {});
    const out = await caller.send("POST", "/api/outreach/out-now", { placeId: place.id, hours: 3 });
    const running = outreachSession.parse(out.json());
    await sessionBy(caller, { placeId: second.id, rule: once("2021-12-03") });
    await caller.send("POST", "/api/outreach/objections", { about: "other", words: "So many" });
    await colleague.send("POST", "/api/devices/link");
    return { caller, colleague, running, partner };
  };
  const leave = (caller: TestCaller, body: object = { password: goodPassword }) =>
    caller.send("POST", "/api/outreach/leave", body);
  /** A day later: what is due is looked for once an hour. */
  const dayAfter = async () => {
    await asOwner(
      db(),
      "update leaving set asked_at = asked_at - interval '1 day', due_at = due_at - interval '1 day'",
    );
    await leaveWhereDue(app.services, Date.now());
  };

  test("has to prove to be there, and not only to hold the phone", async () => {
    const { caller } = await leaver("proves");
    for (const body of [{}, { password: "not the password" }, { pin: "704913" }]) {
      expect((await leave(caller, body)).statusCode).toBe(401);
    }
    expect((await caller.get("/api/outreach/places")).json<{ places: [] }>().places).toHaveLength(
      2,
    );
    await leave(caller);
    await dayAfter();
  });

  test("stays a day, closed as before; its people are told, and any of them takes it back", async () => {
    const { caller, colleague } = await leaver("waits");
    const before = await keepClear();
    const reply = await leave(caller);
    const { erasedFrom } = leaveReply.parse(reply.json());
    expect(Date.parse(erasedFrom) - Date.now()).toBeGreaterThan(24 * 3_600_000 - 60_000);
    expect(await keepClear()).toEqual(before);
    const told = async (who: TestCaller) =>
      calendarReply.parse((await who.get("/api/outreach/calendar")).json()).leaving;
    expect(await told(colleague)).toEqual({ erasedFrom, askedBy: "leaves.waits" });
    // Asked again it is no sooner, and looked for before its time nothing happens.
    await leave(caller);
    expect((await told(colleague))?.erasedFrom).toBe(erasedFrom);
    await leaveWhereDue(app.services, Date.now() + 23 * 3_600_000);
    expect((await caller.get("/api/outreach/places")).statusCode).toBe(200);
    const stays = await colleague.send("DELETE", "/api/outreach/leave");
    expect(stays.json()).toEqual({ stays: true });
    expect(await told(caller)).toBeNull();
    await dayAfter();
    expect(await keepClear()).toEqual(before);
    expect((await colleague.send("DELETE", "/api/outreach/leave")).json()).toEqual({
      stays: false,
    });
    await leave(caller);
    await dayAfter();
  });

  test("is not erased before a day has passed, whatever asks the database for it", async () => {
    const { caller } = await leaver("early");
    const atOnce = () => asOwner(db(), "update partner set left_at = now() where code = 'early'");
    await refusedBy("partner_leaves_a_day_later", atOnce());
    await leave(caller);
    await refusedBy("partner_leaves_a_day_later", atOnce());
    const sooner = asOwner(db(), "update leaving set due_at = asked_at + interval '23 hours'");
    await refusedBy("leaving_due_at_a_day_later", sooner);
    await dayAfter();
  });

  test("goes with all that was its own; what was to be closed within a day stays closed", async () => {
    const { caller, colleague, running } = await leaver("gone");
    const before = await keepClear();
    expect(before.map(({ from }) => from.slice(0, 10))).toContain("2021-12-03");
    await leave(caller);
    await dayAfter();
    const after = await keepClear();
    expect(after).toEqual(before.filter(({ from }) => from.slice(0, 10) !== "2021-12-03"));
    expect(after.length).toBeGreaterThan(0);
    expect((await caller.get("/api/outreach/places")).statusCode).toBe(401);
    expect((await colleague.get("/api/outreach/places")).statusCode).toBe(401);
    expect(await count("objection")).toBe(0);
    expect(await count("calendar_report")).toBe(0);
    expect(await count("device_link")).toBe(0);
    expect(await count("account", "disabled_at is null and role = 'partner'")).toBe(0);
    expect(await count("saved_place", "label <> 'left'")).toBe(0);
    expect(await count("partner", "name in ('gone', 'proves') or code in ('gone', 'proves')")).toBe(
      0,
    );
    expect(await count("outreach_session", `key = '${running.id}'`)).toBe(1);
    const [line] = (await auditOf(db(), "leave and erase everything")).slice(-1);
    expect(line).toMatchObject({
      person: "leaves.gone",
      outcome: "done",
      detail: { places: 1, sessions: 1, accounts: 2, closing: 1 },
    });
  });

  test("its last closures go by themselves once they are over, and not before", async () => {
    const now = app.services.asAt.now();
    const hours = (many: number) => now + many * 3_600_000;
    const leftovers = () => count("saved_place", "label = 'left'");
    const standing = await leftovers();
    expect(standing).toBeGreaterThan(0);
    await db().transaction(systemActor, (tx) => deleteLeftovers(tx, hours(71)));
    expect(await leftovers()).toBe(standing);
    await db().transaction(systemActor, (tx) => deleteLeftovers(tx, hours(73)));
    expect(await leftovers()).toBe(0);
    expect(await count("occupancy", "kind = 'protected'")).toBe(0);
  });

  describe("and those that stay", () => {
    test("keep their numbers, and plan as if it had never been", async () => {
      const { caller, running } = await leaver("again");
      // Its visit of yesterday is over.
      await asOwner(
        db(),
        `update outreach_session set created_at = created_at - interval '3 days',
           first_date = first_date - 1 where key = $1::uuid`,
        [running.id],
      );
      await leave(caller);
      await dayAfter();
      expect(await count("kept_clear", "kept and visits = 1")).toBe(1);
      const stays = await personOf(app, "stays.on", "stays-on");
      await stays.send("POST", "/api/outreach/calendar/confirm", {});
      const now = app.services.asAt.now();
      const period = { planFrom: now, planTo: now + 7 * 86_400_000, now };
      const state = await db().transaction({ person: "s", role: "sergeant", partner: null }, (tx) =>
        calendarState(tx, { zone: london, ...period }),
      );
      expect(state).toMatchObject({ ok: true });
    });

    test("read the same name again where another takes it", async () => {
      const admin = await app.as("admin");
      const made = await admin.send("POST", "/api/partners", { name: "again" });
      expect(made.statusCode).toBe(200);
      const listed = (await admin.get("/api/accounts")).json<{ partners: { name: string }[] }>();
      expect(listed.partners.map(({ name }) => name)).toContain("again");
      expect(listed.partners.some(({ name }) => name.startsWith("Left"))).toBe(false);
    });
  });
});
