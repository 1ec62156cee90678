import { expect, test } from "vitest";
import { readPoliceContact } from "#server/accounts/account-settings.ts";
import { gateActor } from "#server/db/database.ts";
import { partnerCommand } from "#server/protected-time/commands/partner.ts";
import { asOwner, auditOf, callerWith, newAddress } from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";

onEachEngine("boxster partner", ({ db }) => {
  const app = appWith(db);

  const partner = (
    positionals: readonly string[],
    values: Readonly<Record<string, string | boolean>> = {},
  ) => runCommand(app.services, partnerCommand, { positionals, values });

  test("add: each leaves one line, and no name of a partner; what is there already is refused", async () => {
    expect((await partner(["add", "Somebody New"])).json).toEqual({
      code: "somebody-new",
      name: "Somebody New",
    });
    await expect(partner(["add", "somebody new"])).rejects.toThrow();
    const lines = await auditOf(db(), "add an outreach partner");
    expect(lines.map(({ person, role, outcome }) => [person, role, outcome])).toEqual([
      ["tester", "operator", "done"],
      ["tester", "operator", "refused"],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/somebody/i);
  });

  test("link: makes the account where a partner is named, and its link sets up one phone", async () => {
    await expect(partner(["link", "nobody.yet"])).rejects.toThrow(/no account/i);
    const made = await partner(["link", "New.Worker"], { partner: "Somebody New" });
    const { account, link, secret } = made.json as Record<string, string>;
    expect(account).toBe("new.worker");
    expect(link).toBe(`http://127.0.0.1:4173/#/phone?key=${secret}`);
    const reply = await app.app.inject({
      method: "POST",
      url: "/api/session/device",
      payload: { secret, pin: "704913" },
      remoteAddress: newAddress(),
    });
    expect(reply.json()).toMatchObject({ person: "new.worker", partnerName: "somebody-new" });
    const caller = callerWith(app, reply);
    expect((await caller.get("/api/outreach/places")).statusCode).toBe(200);

    expect((await partner(["take-away", "new.worker"])).text).toEqual([
      "1 phone is removed from new.worker.",
    ]);
    expect((await caller.get("/api/outreach/places")).statusCode).toBe(401);
    const acts = ["give out a link to set up a phone", "take a phone away"];
    const lines = (await auditOf(db(), ...acts)).filter(({ outcome }) => outcome === "done");
    expect(lines.map(({ act, detail }) => ({ act, detail }))).toEqual([
      { act: acts[0], detail: { account: "new.worker" } },
      { act: acts[1], detail: { account: "new.worker", phones: 1 } },
    ]);
    expect(JSON.stringify(await asOwner(db(), "select * from audit"))).not.toContain(secret);
  });

  test("contact: sets the number that partners phone and takes it away; the log says so without it", async () => {
    const held = () => db().transaction(gateActor, readPoliceContact);
    expect((await partner(["contact", "01632 960 123"])).text).toEqual([
      "Partners are shown 01632 960 123 to phone.",
    ]);
    expect(await held()).toBe("01632 960 123");
    await expect(partner(["contact", "999"])).rejects.toThrow("NUMBER 999: An emergency call");
    expect(await held()).toBe("01632 960 123");
    expect((await partner(["contact", "none"])).json).toEqual({ policeContact: null });
    expect(await held()).toBeNull();
    const lines = await auditOf(db(), "set the number that partners phone");
    expect(lines.map(({ outcome, detail }) => [outcome, detail["policeContact"] ?? null])).toEqual([
      ["done", "set"],
      ["done", "removed"],
    ]);
    expect(JSON.stringify(lines)).not.toContain("960");
  });

  test("is told how it is called", async () => {
    await expect(partner(["toString", "x"])).rejects.toThrow('"toString" is none of add, link');
  });
});
