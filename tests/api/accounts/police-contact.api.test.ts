import { beforeAll, expect, test } from "vitest";
import { accountActs } from "#core/accounts/account-acts.ts";
import type { AccountSettingsReply } from "#core/accounts/wire/accounts.ts";
import type { SessionReply } from "#core/accounts/wire/session.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  type SignedIn,
  sessionOf,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

const number = "01632 960 123";

onOneEngine("the number that partners phone", ({ db }) => {
  const app = appWith(db);
  let admin: SignedIn;
  let worker: SignedIn;
  beforeAll(async () => {
    await asOwner(
      db(),
      "insert into partner (code, name, created_at) values ('north', 'North Street', now())",
    );
    await addTestAccount(db(), { name: "the.admin", role: "admin" });
    await addTestAccount(db(), { name: "a.worker", role: "partner", partner: "north" });
    admin = await sessionOf(app, "the.admin");
    worker = await sessionOf(app, "a.worker");
  });

  const set = (policeContact: string | null, by = admin) =>
    by.send("PUT", "/api/account-settings", { policeContact });
  const shownTo = async (caller: SignedIn) =>
    (await caller.get("/api/session")).json<SessionReply>().policeContact;

  test("set by an administrator, it is in the session of partners, and of nobody else", async () => {
    expect(await shownTo(worker)).toBeNull();
    expect((await set(` ${number} `)).json()).toMatchObject({ policeContact: number });
    expect(await shownTo(worker)).toBe(number);
    expect(await shownTo(admin)).toBeNull();
    expect((await app.stranger.get("/api/session")).json()).toMatchObject({ policeContact: null });
    for (const role of ["sergeant", "auditor", "coordinator"] as const) {
      await addTestAccount(db(), { name: `the.${role}`, role });
      expect(await shownTo(await sessionOf(app, `the.${role}`))).toBeNull();
    }
  });

  test("a locked session does not say it", async () => {
    await worker.send("POST", "/api/session/lock");
    expect(await shownTo(worker)).toBeNull();
  });

  test("an auditor reads it, and other settings stay", async () => {
    const before = (await admin.get("/api/account-settings")).json<AccountSettingsReply>();
    const read = await (await sessionOf(app, "the.auditor")).get("/api/account-settings");
    expect(read.json()).toEqual(before);
    expect(before).toMatchObject({ policeContact: number, localPasswords: true });
  });

  test("what no phone dials, and an emergency number, are refused", async () => {
    for (const wrong of ["999", "ask at the desk", "tel:1"]) {
      expect((await set(wrong)).statusCode).toBe(400);
    }
    expect((await admin.get("/api/account-settings")).json()).toMatchObject({
      policeContact: number,
    });
  });

  test("it can be taken away, and each change is in the log without the number", async () => {
    expect((await set(null)).json()).toMatchObject({ policeContact: null });
    expect(await shownTo(await sessionOf(app, "a.worker"))).toBeNull();
    const lines = (await auditOf(db(), accountActs.policeContact)).filter(
      ({ outcome }) => outcome === "done",
    );
    expect(lines.map(({ person, detail }) => [person, detail])).toEqual([
      ["the.admin", { policeContact: "set" }],
      ["the.admin", { policeContact: "removed" }],
    ]);
    expect(JSON.stringify(await asOwner(db(), "select * from audit"))).not.toContain("960");
  });
});
