import { beforeAll, describe, expect, test } from "vitest";
import { mostWrongPins } from "#core/accounts/pin.ts";
import { attemptKeysOf } from "#server/accounts/attempts.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  callerWith,
  confirmWaiting,
  idOfAccount,
  newAddress,
  type SignedIn,
  sessionOf,
  tryPassword,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

const pin = "704 913";

onOneEngine("a partner's phone", ({ db }) => {
  const app = appWith(db);
  let admin: SignedIn;
  beforeAll(async () => {
    await addTestAccount(db(), { name: "phones.admin", role: "admin", withoutPassword: true });
    admin = await sessionOf(app, "phones.admin");
  });

  const post = (url: string, payload: object, cookies: Record<string, string> = {}) =>
    app.app.inject({ method: "POST", url, payload, cookies, remoteAddress: newAddress() });

  const accountOf = async (name: string, partner = "p1") => {
    await addTestAccount(db(), { name, role: "partner", partner, withoutPassword: true });
    return idOfAccount(db(), name);
  };
  const linkFor = async (id: string) => {
    const reply = await admin.send("POST", `/api/accounts/${id}/device-link`);
    expect(reply.statusCode, reply.body).toBe(200);
    const made = reply.json<{ secret: string; until: string; waits: boolean }>();
    expect(made.waits).toBe(true);
    const [row] = await asOwner<{ name: string }>(
      db(),
      "select name from account where id = $1::bigint",
      [id],
    );
    await confirmWaiting(db(), row?.name ?? "");
    return made;
  };
  /** A phone that is set up, with its two cookies. */
  const phoneOf = async (name: string, partner = "p1") => {
    const id = await accountOf(name, partner);
    const { secret } = await linkFor(id);
    const reply = await post("/api/session/device", { secret, pin });
    expect(reply.statusCode, reply.body).toBe(200);
    return { id, secret, reply, caller: callerWith(app, reply) };
  };
  const phoneCookie = ({ cookies }: SignedIn) => ({ phone: cookies["phone"] ?? "" });
  const signIn = (caller: SignedIn, typed = pin) =>
    post("/api/session/pin", { pin: typed }, phoneCookie(caller));

  test("is set up by a link of one use, and opened by its PIN from then on", async () => {
    const { caller, reply, secret } = await phoneOf("sets.up");
    expect(reply.json()).toMatchObject({
      role: "partner",
      partnerName: "p1",
      signInBy: { pin: true },
    });
    expect((await caller.get("/api/outreach/places")).statusCode).toBe(200);
    const again = await post("/api/session/device", { secret, pin });
    expect(again.statusCode).toBe(401);
    expect(again.json()).toMatchObject({ title: "This link does not work" });

    expect((await caller.inject({ method: "DELETE", url: "/api/session" })).json()).toMatchObject({
      signedIn: false,
      signInBy: { pin: true },
    });
    expect((await caller.get("/api/outreach/places")).statusCode).toBe(401);
    const opened = await signIn(caller);
    expect(opened.json()).toMatchObject({ signedIn: true, person: "sets.up" });
    expect(await auditOf(db(), "set up a phone", "sign in by PIN")).toMatchObject([
      { person: "sets.up", act: "set up a phone", outcome: "done" },
      { person: "unknown", act: "set up a phone", outcome: "refused" },
      { person: "sets.up", act: "sign in by PIN", outcome: "done" },
    ]);
  });

  test("of two that use one link at once, one is set up", async () => {
    const { secret } = await linkFor(await accountOf("twice.at.once"));
    const replies = await Promise.all(
      ["704913", "704914"].map((typed) => post("/api/session/device", { secret, pin: typed })),
    );
    expect(replies.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([200, 401]);
  });

  test("a link ends after a day, with a newer one, and with its account", async () => {
    const id = await accountOf("late.link");
    const first = await linkFor(id);
    const second = await linkFor(id);
    expect((await post("/api/session/device", { secret: first.secret, pin })).statusCode).toBe(401);
    const hours = (Date.parse(second.until) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    // A second ago: the server's clock tells milliseconds, the database's finer ones.
    await asOwner(
      db(),
      "update device_link set until = now() - interval '1 second' where account_id = $1::bigint",
      [id],
    );
    expect((await post("/api/session/device", { secret: second.secret, pin })).statusCode).toBe(
      401,
    );
    const third = await linkFor(id);
    await admin.send("PATCH", `/api/accounts/${id}`, { disabled: true });
    expect((await post("/api/session/device", { secret: third.secret, pin })).statusCode).toBe(401);
    expect((await admin.send("POST", `/api/accounts/${id}/device-link`)).statusCode).toBe(409);
  });

  test("neither the cookie nor the PIN opens anything alone, and neither is stored", async () => {
    const { caller, secret } = await phoneOf("keeps.secrets");
    const { phone } = phoneCookie(caller);
    expect((await post("/api/session/pin", { pin })).statusCode).toBe(401);
    expect((await post("/api/session/pin", { pin }, { phone: `${phone}x` })).statusCode).toBe(401);
    const cookieOnly = await app.app.inject({
      method: "GET",
      url: "/api/outreach/places",
      cookies: { phone },
    });
    expect(cookieOnly.statusCode).toBe(401);
    const rows = JSON.stringify([
      await asOwner(db(), "select * from partner_device"),
      await asOwner(db(), "select * from device_link"),
      await asOwner(db(), "select * from audit"),
    ]);
    for (const kept of [phone, secret, "704913", pin]) expect(rows).not.toContain(kept);
  });

  test("waits longer and longer after wrong PINs, and is forgotten after the tenth", async () => {
    const { caller } = await phoneOf("is.guessed");
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await signIn(caller, "704914")).statusCode);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const counted = () =>
      asOwner<{ wrong: number }>(
        db(),
        `select wrong_pins::int as wrong from partner_device
         where account_id = (select id from account where name = 'is.guessed')`,
      );
    // A try that has to wait is not judged, and not counted.
    expect(await counted()).toEqual([{ wrong: 5 }]);
    await asOwner(db(), "delete from sign_in_failure");
    expect((await signIn(caller)).statusCode, "the right one").toBe(200);
    expect(await counted()).toEqual([{ wrong: 0 }]);

    await asOwner(db(), "update partner_device set wrong_pins = $1::int", [mostWrongPins - 2]);
    const last = await signIn(caller, "704914");
    expect(last.json<{ detail: string }>().detail).toContain("1 attempt is left");
    const gone = await signIn(caller, "704914");
    expect(gone.json()).toMatchObject({ status: 401, title: "This phone is not set up" });
    expect(await counted()).toEqual([]);
    expect((await signIn(caller)).statusCode, "the right one, too late").toBe(401);
    expect((await caller.get("/api/outreach/places")).statusCode, "its open session").toBe(401);
  });

  test("opens whatever strangers have failed with at the same address", async () => {
    const { caller } = await phoneOf("shares.address");
    const remoteAddress = newAddress();
    const key = attemptKeysOf(app.services.config)("address", remoteAddress);
    await asOwner(
      db(),
      `insert into sign_in_failure (kind, key, failures, last_at, waits_until)
       values ('address', decode($1::text, 'hex'), 40, now(), now() + interval '10 minutes')`,
      [key.toString("hex")],
    );
    expect(
      (await tryPassword(app, "shares.address", "wrong words", remoteAddress)).statusCode,
    ).toBe(429);
    const reply = await app.app.inject({
      method: "POST",
      url: "/api/session/pin",
      payload: { pin },
      cookies: phoneCookie(caller),
      remoteAddress,
    });
    expect(reply.statusCode, reply.body).toBe(200);
  });

  test("a locked screen opens by the PIN of the phone", async () => {
    const { caller } = await phoneOf("locks.phone");
    await caller.send("POST", "/api/session/lock");
    expect((await caller.get("/api/outreach/places")).statusCode).toBe(423);
    const wrong = await caller.send("POST", "/api/session/unlock", { pin: "704914" });
    expect(wrong.statusCode).toBe(401);
    const right = await caller.send("POST", "/api/session/unlock", { pin });
    expect(right.json()).toMatchObject({ locked: false, person: "locks.phone" });
    const other = (await phoneOf("other.phone")).caller;
    await other.send("POST", "/api/session/lock");
    const foreign = await app.app.inject({
      method: "POST",
      url: "/api/session/unlock",
      payload: { pin },
      cookies: { ...other.cookies, ...phoneCookie(caller) },
    });
    expect(foreign.statusCode, "by the phone of somebody else").toBe(401);
  });

  describe("taken away", () => {
    test("it opens nothing from that moment on, and its open session ends", async () => {
      const { caller } = await phoneOf("lost.phone", "p2");
      const colleague = (await phoneOf("has.colleague", "p2")).caller;
      const stranger = (await phoneOf("at.another", "p3")).caller;
      const listed = (await colleague.get("/api/devices")).json<{
        devices: { id: string; person: string; isThis: boolean }[];
      }>().devices;
      expect(listed.map(({ person, isThis }) => ({ person, isThis }))).toEqual([
        { person: "has.colleague", isThis: true },
        { person: "lost.phone", isThis: false },
      ]);
      const lost = listed.find(({ person }) => person === "lost.phone")?.id ?? "";
      expect((await stranger.send("DELETE", `/api/devices/${lost}`)).statusCode).toBe(404);
      expect((await stranger.get("/api/devices")).body).not.toContain("lost.phone");
      expect((await caller.get("/api/outreach/places")).statusCode).toBe(200);
      expect((await colleague.send("DELETE", `/api/devices/${lost}`)).statusCode).toBe(200);
      expect((await caller.get("/api/outreach/places")).statusCode).toBe(401);
      expect((await signIn(caller)).statusCode).toBe(401);
    });

    test.each([
      ["by the administrator", "DELETE", "/devices", undefined],
      ["by disabling the account", "PATCH", "", { disabled: true }],
      ["by another role", "PATCH", "", { role: "analyst" }],
    ] as const)("%s", async (how, method, path, body) => {
      const { caller, id } = await phoneOf(`gone.${how.length}.${path.length}`);
      expect((await admin.send(method, `/api/accounts/${id}${path}`, body)).statusCode).toBe(200);
      expect((await caller.get("/api/outreach/places")).statusCode).toBe(401);
      if (body && "disabled" in body) {
        await admin.send("PATCH", `/api/accounts/${id}`, { disabled: false });
      }
      expect((await signIn(caller)).statusCode).toBe(401);
    });

    test("one that nobody used for 90 days is forgotten", async () => {
      const { caller } = await phoneOf("long.unused");
      await asOwner(
        db(),
        "update partner_device set last_used_at = now() - interval '91 days' where account_id = (select id from account where name = 'long.unused')",
      );
      expect((await signIn(caller)).statusCode).toBe(401);
      expect((await caller.get("/api/session")).json()).toMatchObject({
        signInBy: { pin: false, endedPhone: true },
      });
    });
  });

  test("a person sets up a second phone of their own, within a quarter of an hour", async () => {
    const { caller } = await phoneOf("two.phones", "p4");
    const link = await caller.send("POST", "/api/devices/link");
    const { secret, until } = link.json<{ secret: string; until: string }>();
    expect(Date.parse(until) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    const second = await post("/api/session/device", { secret, pin: "815 320" });
    expect(second.json()).toMatchObject({ person: "two.phones", partnerName: "p4" });
    expect((await signIn(callerWith(app, second))).statusCode, "the PIN of the first").toBe(401);
    const listed = await caller.get("/api/devices");
    expect(listed.json<{ devices: unknown[] }>().devices).toHaveLength(2);
  });

  test("works where passwords are off, for the role partner alone", async () => {
    const { caller } = await phoneOf("no.passwords");
    await asOwner(
      db(),
      `insert into setting (key, value) values ('local-passwords', 'false')
       on conflict (key) do update set value = excluded.value`,
    );
    expect((await signIn(caller)).statusCode).toBe(200);
    await asOwner(db(), "delete from setting where key = 'local-passwords'");
    await addTestAccount(db(), { name: "no.partner", withoutPassword: true });
    const account = await idOfAccount(db(), "no.partner");
    const refused = await admin.send("POST", `/api/accounts/${account}/device-link`);
    expect(refused.statusCode).toBe(409);
  });

  test.each(["123456", "1", "14021985", "abcdef"])("the PIN %s is refused", async (typed) => {
    const reply = await post("/api/session/device", { secret: "x", pin: typed });
    expect(reply.statusCode).toBe(422);
  });
});
