import { beforeAll, expect, test } from "vitest";
import { accountActs } from "#core/accounts/account-acts.ts";
import type { AccountReply } from "#core/accounts/wire/accounts.ts";
import type { OpeningReply, OpeningsReply } from "#core/accounts/wire/openings.ts";
import type { SessionReply } from "#core/accounts/wire/session.ts";
import type { FootprintViewsReply } from "#core/protected-time/wire/calendar.ts";
import type { CoordinatorReply } from "#core/protected-time/wire/coordinator.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  callerWith,
  idOfAccount,
  newAddress,
  type SignedIn,
  sessionOf,
  signInAs,
  trySecret,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

const good = "four geese over water";

onOneEngine("a second person for what an administrator opens", ({ db }) => {
  const app = appWith(db);
  let admin: SignedIn;
  let coordinator: SignedIn;
  let auditor: SignedIn;
  let worker: SignedIn;
  beforeAll(async () => {
    await addTestAccount(db(), { name: "the.admin", role: "admin", withoutPassword: true });
    await addTestAccount(db(), { name: "co.ordinator", role: "coordinator" });
    await addTestAccount(db(), { name: "the.auditor", role: "auditor" });
    await addTestAccount(db(), { name: "north.worker", role: "partner", partner: "north" });
    await addTestAccount(db(), { name: "south.worker", role: "partner", partner: "south" });
    admin = await sessionOf(app, "the.admin");
    coordinator = await sessionOf(app, "co.ordinator");
    auditor = await sessionOf(app, "the.auditor");
    worker = await sessionOf(app, "north.worker");
  });

  const openings = async (caller: SignedIn) =>
    (await caller.get("/api/openings")).json<OpeningsReply>().openings;
  const waitingFor = async (caller: SignedIn, account: string): Promise<Partial<OpeningReply>> =>
    (await openings(caller)).find((one) => one.account === account && one.state === "waits") ?? {};
  const say = (caller: SignedIn, id: string | undefined, word = "confirm") =>
    caller.send("POST", `/api/openings/${id}/${word}`);
  const add = async (body: { name: string; role: string; partner?: string }) =>
    (await admin.send("POST", "/api/accounts", body)).json<AccountReply>().id;
  const secretFor = async (id: string) =>
    (await admin.send("POST", `/api/accounts/${id}/set-up`)).json<{
      secret: string;
      waits: boolean;
    }>();
  const sessionOfReply = async (caller: SignedIn) =>
    (await caller.get("/api/session")).json<SessionReply>();

  test("one administrator alone signs nobody in to a partner: its people read what was asked, and one of them confirms", async () => {
    const id = await add({ name: "jo.new", role: "partner", partner: "north" });
    await admin.send("PATCH", `/api/accounts/${id}`, { partnerPassword: true });
    const { secret, waits } = await secretFor(id);
    expect(waits).toBe(true);
    for (let n = 0; n < 7; n += 1) {
      const early = await trySecret(app, "jo.new", secret, good);
      expect(early.json(), "however often").toMatchObject({
        status: 403,
        title: "Waiting for a second person",
      });
    }
    const tried = await auditOf(db(), "set a first password");
    expect(tried.at(-1)).toMatchObject({
      person: "jo.new",
      outcome: "refused",
      detail: { reason: "waits for a second person" },
    });
    const asked = await waitingFor(worker, "jo.new");
    expect(asked).toMatchObject({
      act: "made",
      partner: "north",
      askedRole: "admin",
      askedBy: null,
      mayDecide: true,
      isNew: true,
    });
    expect((await say(admin, asked.id)).statusCode).toBe(403);
    expect((await say(auditor, asked.id)).statusCode, "of a partner").toBe(403);
    expect((await say(worker, asked.id)).statusCode).toBe(200);
    expect((await say(worker, asked.id, "refuse")).statusCode, "once").toBe(409);
    const first = await trySecret(app, "jo.new", secret, good);
    expect(first.json()).toMatchObject({ signedIn: true, partnerName: "north" });
    const told = (await openings(admin)).find(({ account }) => account === "jo.new");
    expect(told).toMatchObject({
      state: "confirmed",
      decidedRole: "partner",
      askedBy: "the.admin",
    });
    expect((await auditOf(db(), accountActs.confirm)).filter((l) => l.outcome === "done")).toEqual([
      {
        person: "north.worker",
        role: "partner",
        act: accountActs.confirm,
        outcome: "done",
        detail: { account: "jo.new", opened: "made" },
      },
    ]);
  });

  test("a phone's link waits, and has its day from the confirmation on", async () => {
    await addTestAccount(db(), { name: "has.link", role: "partner", partner: "north" });
    const account = await idOfAccount(db(), "has.link");
    const reply = await admin.send("POST", `/api/accounts/${account}/device-link`);
    const { secret, waits } = reply.json<{ secret: string; waits: boolean }>();
    expect(waits).toBe(true);
    const setUp = () =>
      app.app.inject({
        method: "POST",
        url: "/api/session/device",
        payload: { secret, pin: "704 913" },
        remoteAddress: newAddress(),
      });
    expect((await setUp()).statusCode).toBe(403);
    // Two days later it is confirmed: it was of no use until then.
    await asOwner(db(), "update device_link set until = now() - interval '1 day'");
    await say(worker, (await waitingFor(worker, "has.link")).id);
    const phone = await setUp();
    expect(phone.statusCode, phone.body).toBe(200);
    const own = callerWith(app, phone);
    expect((await own.send("POST", "/api/devices/link")).json()).toMatchObject({ waits: false });
    const told = (await openings(worker)).filter(({ account }) => account === "has.link");
    expect(told.map(({ askedRole, state }) => [askedRole, state])).toEqual([
      ["partner", "not needed"],
      ["admin", "confirmed"],
    ]);
  });

  test("a right PIN that has to wait for a second person is no wrong one", async () => {
    await addTestAccount(db(), { name: "was.over", role: "partner", partner: "north" });
    const was = await sessionOf(app, "was.over");
    const { secret } = (await was.send("POST", "/api/devices/link")).json<{ secret: string }>();
    const phone = await app.app.inject({
      method: "POST",
      url: "/api/session/device",
      payload: { secret, pin: "704 913" },
      remoteAddress: newAddress(),
    });
    const { cookies } = callerWith(app, phone);
    const account = await idOfAccount(db(), "was.over");
    const path = `/api/accounts/${account}`;
    for (const lastDay of ["2020-01-01", null]) await admin.send("PATCH", path, { lastDay });
    for (let n = 0; n < 12; n += 1) {
      const tried = await app.app.inject({
        method: "POST",
        url: "/api/session/pin",
        payload: { pin: "704 913" },
        cookies: { phone: cookies["phone"] ?? "" },
        remoteAddress: newAddress(),
      });
      expect(tried.statusCode).toBe(403);
    }
    const counted = await asOwner(
      db(),
      "select wrong_pins::int as wrong from partner_device where account_id = $1::bigint",
      [account],
    );
    expect(counted).toEqual([{ wrong: 0 }]);
  });

  test.each(["coordinator", "admin", "auditor"])(
    "an administrator makes no %s alone who could confirm",
    async (role) => {
      const id = await add({ name: `own.${role}`, role });
      const { secret } = await secretFor(id);
      expect((await trySecret(app, `own.${role}`, secret, good)).statusCode).toBe(403);
      const asked = await waitingFor(admin, `own.${role}`);
      expect(asked.mayDecide).toBe(false);
      expect((await say(admin, asked.id)).statusCode).toBe(403);
      expect((await say(worker, asked.id)).statusCode, "is not shown to partners").toBe(404);
      expect((await say(auditor, asked.id)).statusCode).toBe(200);
      expect((await trySecret(app, `own.${role}`, secret, good)).statusCode).toBe(200);
    },
  );

  test("a secret given where nobody has to confirm is told to its owner at the next sign-in, until put away, and to the auditor", async () => {
    const id = await add({ name: "p.officer", role: "presenter" });
    const { secret } = await secretFor(id);
    const officer = callerWith(app, await trySecret(app, "p.officer", secret, good));
    const { given } = await sessionOfReply(officer);
    expect(given).toMatchObject({ what: "secret", by: "admin" });
    expect(await openings(auditor)).toContainEqual(
      expect.objectContaining({
        account: "p.officer",
        act: "secret",
        askedBy: "the.admin",
        state: "not needed",
      }),
    );
    expect((await coordinator.get("/api/openings")).body).not.toContain("p.officer");
    await officer.send("POST", "/api/session/lock");
    expect((await sessionOfReply(officer)).given, "over a locked screen").toBeNull();
    await officer.send("POST", "/api/session/unlock", { password: good });
    const again = await signInAs(app, "p.officer", good);
    expect((await sessionOfReply(again)).given).not.toBeNull();
    expect((await again.send("POST", "/api/openings/seen")).statusCode).toBe(200);
    expect((await sessionOfReply(again)).given).toBeNull();
  });

  test("what is put away at a partner is put away for its person alone", async () => {
    await addTestAccount(db(), { name: "north.other", role: "partner", partner: "north" });
    const other = await sessionOf(app, "north.other");
    expect((await openings(other)).some(({ isNew }) => isNew)).toBe(true);
    await other.send("POST", "/api/openings/seen");
    expect((await openings(other)).some(({ isNew }) => isNew)).toBe(false);
    expect((await openings(worker)).some(({ isNew }) => isNew)).toBe(true);
  });

  test("who looked counts an own account that was opened from outside, by name; none that a colleague confirmed", async () => {
    const read = async (name: string, by: SignedIn) => {
      await add({ name, role: "partner", partner: "north" });
      await say(by, (await waitingFor(by, name)).id);
      const caller = await sessionOf(app, name);
      await caller.get("/api/outreach/sessions");
      await caller.get("/api/outreach/occurrences?from=2021-11-22&to=2021-11-28");
    };
    await read("from.outside", coordinator);
    await read("from.inside", worker);
    await worker.get("/api/outreach/sessions");
    const { views } = (await worker.get("/api/outreach/views")).json<FootprintViewsReply>();
    expect(views.map(({ role, account, times }) => ({ role, account, times }))).toEqual([
      { role: "partner", account: "from.outside", times: 2 },
    ]);
  });

  test("the coordinator is told that a partner asked to leave, and not by whom", async () => {
    const south = await signInAs(app, "south.worker");
    const asked = await south.send("POST", "/api/outreach/leave", {
      password: "rain on the third platform",
    });
    expect(asked.statusCode, asked.body).toBe(200);
    const reply = await coordinator.get("/api/coordinator");
    const { partners, sentence } = reply.json<CoordinatorReply>();
    const { erasedFrom } = asked.json<{ erasedFrom: string }>();
    expect(partners.find(({ code }) => code === "south")?.erasedFrom).toBe(erasedFrom);
    expect(partners.find(({ code }) => code === "north")?.erasedFrom).toBeNull();
    expect(sentence).toContain("1 asked to leave");
    expect(reply.body).not.toContain("south.worker");
  });
});
