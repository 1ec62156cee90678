import { afterEach, expect, test } from "vitest";
import { clockReply } from "#core/accounts/wire/clock.ts";
import { calendarReply } from "#core/protected-time/wire/calendar.ts";
import { dayMs } from "#core/time/zone.ts";
import { createAsAt } from "#server/acts/services.ts";
import { ownerActor, type Transaction } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { storeSession } from "#server/protected-time/sessions.ts";
import { retentionCommand } from "#server/upkeep/commands/retention.ts";
import { auditOf } from "#tests/support/accounts.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { setMark } from "#tests/support/clock.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { partnerWithPlace, single } from "#tests/support/outreach.ts";
import { personOf } from "#tests/support/partner-care.ts";

/** SAFEGUARDS 14: nothing is erased while a clock may be wrong, and the pages say why. */
onOneEngine("a clock that may be wrong", ({ db }) => {
  const app = appWith(db);
  afterEach(async () => {
    for (const name of ["seen", "erased"] as const) await setMark(db(), name, null);
    Object.defineProperty(app.services.asAt, "demo", { get: () => true, configurable: true });
    await byOwner((tx) => writeSetting(tx, "demo", { asAt: "2021-11-26" }));
  });

  const byOwner = (work: (tx: Transaction) => Promise<unknown>) =>
    db().transaction(ownerActor, work);
  /** Not as a demonstration, in which days without use say nothing. */
  const inEarnest = async () => {
    Object.defineProperty(app.services.asAt, "demo", { get: () => false, configurable: true });
    await byOwner((tx) => tx.query("delete from setting where key = 'demo'"));
  };
  const read = async (caller: TestCaller) => {
    const reply = await caller.get("/api/clock");
    expect(reply.statusCode).toBe(200);
    return clockReply.parse(reply.json());
  };

  test("the pages say why nothing is erased, each in its words, and an administrator says that the clock is right", async () => {
    const partner = await personOf(app, "on.the.street", "clocked");
    const sergeant = await app.as("sergeant");
    const admin = await app.as("admin");
    await partner.send("POST", "/api/outreach/calendar/confirm", {});
    const sentence = async () =>
      calendarReply.parse((await partner.get("/api/outreach/calendar")).json()).sentence;
    for (const caller of [partner, sergeant, admin]) {
      expect(await read(caller)).toEqual({ clock: null, canSay: false, disk: null });
    }
    expect(await sentence()).toMatch(/^Up to date as of/);
    await inEarnest();
    await setMark(db(), "seen", "now() - interval '40 days'");
    expect(await read(admin)).toMatchObject({
      clock: expect.stringMatching(
        /^Boxster was last in use 40 days ago\. It was off, or its clock is wrong\. Nothing is erased until somebody says that .* is right\.$/,
      ) as string,
      canSay: true,
    });
    expect(await read(sergeant)).toMatchObject({
      clock: expect.stringContaining(
        "Keep-clear times stay closed and nothing is erased. Tell an administrator.",
      ) as string,
      canSay: false,
    });
    expect((await read(partner)).clock).toContain(
      "Police and wardens stay away as before, and nothing is erased.",
    );
    expect(await sentence()).toMatch(/^Confirmed /);
    expect((await app.app.inject({ url: "/healthz" })).json()).toEqual({
      status: "ok",
      clock: "ahead",
    });
    expect((await sergeant.send("POST", "/api/clock", {})).statusCode).toBe(403);
    // The database is a demonstration's: there the refusal alone, written down, is a sign of life.
    await setMark(db(), "seen", "now() - interval '40 days'");
    const said = await admin.send("POST", "/api/clock", {});
    expect(said.json()).toEqual({ clock: null, canSay: false, disk: null });
    expect((await auditOf(db(), "say that the clock is right")).at(-1)).toMatchObject({
      detail: { kind: "ahead", hours: 960 },
    });
    expect(await sentence()).toMatch(/^Up to date as of/);
    expect((await app.app.inject({ url: "/healthz" })).json()).toEqual({ status: "ok" });
  });

  test("that an erasure waits is for administrators alone: whoever asks without signing in reads nothing of it", async () => {
    const admin = await app.as("admin");
    const sergeant = await app.as("sergeant");
    await inEarnest();
    await setMark(db(), "erased", "now() - interval '2 days'");
    await setMark(db(), "said", null);
    expect(await read(admin)).toMatchObject({
      clock: expect.stringContaining("More than one day’s worth is due.") as string,
      canSay: true,
    });
    expect((await read(sergeant)).clock).toBeNull();
    expect((await app.app.inject({ url: "/healthz" })).json()).toEqual({ status: "ok" });
  });

  test("what was erased is back by a command, which says how much in plain words", async () => {
    await inEarnest();
    const { zone } = app.services;
    const on = zone.dateOf(Date.now() - 40 * dayMs);
    await byOwner(async (tx) => {
      const now = Date.now() - 60 * dayMs;
      const { partnerId, place } = await partnerWithPlace(tx, { name: "Erased", now });
      const rule = single(on, "20:00", "22:00");
      await storeSession(tx, { zone, now }, { partnerId, placeId: place.id, rule });
    });
    const services = { ...app.services, asAt: createAsAt(zone, () => Date.now()) };
    await runCommand(services, retentionCommand, {});
    const takeBack = () =>
      runCommand(services, retentionCommand, { values: { "take-back": true } });
    expect((await takeBack()).text).toEqual([
      "1 outreach session is back. What is past its time is erased again within the hour.",
    ]);
    expect((await takeBack()).text).toEqual([
      "0 outreach sessions are back. What is past its time is erased again within the hour.",
    ]);
  });
});
