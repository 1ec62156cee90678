import { beforeAll, expect, test } from "vitest";
import type { ClearingsReply } from "#core/accounts/wire/second-factor.ts";
import type { Role } from "#core/role.ts";
import { ownerActor } from "#server/db/database.ts";
import {
  addTestAccount,
  auditOf,
  idOfAccount,
  type SignedIn,
  sessionOf,
  tryPassword,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { afterPassword, drawCodes, makeStale, setUpApp } from "#tests/support/second-factor.ts";

const url = "/api/second-factor/clearings";

onOneEngine("somebody who lost every second factor", ({ db }) => {
  const app = appWith(db);
  let asker: SignedIn;
  beforeAll(async () => {
    asker = await enter("clear.asker", "admin");
  });

  const enter = async (name: string, role: Role) => {
    await addTestAccount(db(), { name, role });
    return sessionOf(app, name);
  };
  /** An account with an app and recovery codes, all of it lost. */
  const loser = async (name: string, role: Role = "sergeant") => {
    const caller = await enter(name, role);
    await setUpApp(caller);
    await drawCodes(caller);
    return caller;
  };
  const ask = async (name: string, caller = asker) => {
    const account = await idOfAccount(db(), name);
    return caller.send("POST", `/api/accounts/${account}/second-factor/clearing`);
  };
  const openOf = async (name: string) =>
    (await asker.get(url)).json<ClearingsReply>().clearings.find(({ owner }) => owner === name)?.id;

  test.each(["admin", "auditor", "coordinator"] as const)(
    "is let back by an administrator who asks and another person, here of the role %s, who confirms",
    async (role) => {
      const name = `lost.to.${role}`;
      const owner = await loser(name);
      const waiting = await afterPassword(app, name);
      const second = await enter(`clear.by.${role}`, role);
      expect((await ask(name)).statusCode).toBe(200);
      const id = await openOf(name);
      expect((await second.get(url)).json()).toMatchObject({
        clearings: [{ owner: name, askedBy: "clear.asker", mayConfirm: true }],
      });
      // Asking alone has changed nothing.
      expect((await owner.get("/api/second-factor")).json()).toMatchObject({ codesLeft: 10 });
      expect((await second.send("POST", `${url}/${id}/confirm`)).json()).toEqual({ clearings: [] });
      expect((await owner.get("/api/sign-ins")).statusCode).toBe(401);
      expect((await waiting.get("/api/session")).json()).toMatchObject({ secondStep: null });
      const back = await tryPassword(app, name);
      expect(back.json()).toMatchObject({
        signedIn: true,
        factorCleared: { askedBy: "clear.asker", confirmedBy: `clear.by.${role}` },
      });
      const here = await sessionOf(app, name);
      expect((await here.get("/api/second-factor")).json()).toMatchObject({
        app: null,
        codesLeft: 0,
      });
      // Told until it is read.
      await here.send("POST", "/api/second-factor/told");
      expect((await here.get("/api/session")).json()).toMatchObject({ factorCleared: null });
      const acts = ["ask to clear a second factor", "clear a second factor"];
      const lines = await auditOf(db(), ...acts);
      expect(lines.filter(({ detail }) => detail["account"] === name)).toMatchObject([
        { person: "clear.asker", outcome: "done" },
        { person: `clear.by.${role}`, outcome: "done", detail: { askedBy: "clear.asker" } },
      ]);
    },
  );

  test("no single person clears it: neither who asked, nor whose it is, nor another role", async () => {
    const owner = await loser("lost.alone", "admin");
    await ask("lost.alone");
    const id = await openOf("lost.alone");
    const sergeant = await enter("clear.sergeant", "sergeant");
    for (const [who, status] of [
      [asker, 409],
      [owner, 409],
      [sergeant, 403],
    ] as const) {
      expect((await who.send("POST", `${url}/${id}/confirm`)).statusCode).toBe(status);
    }
    expect((await ask("clear.asker")).statusCode, "one's own").toBe(409);
    const auditor = await enter("clear.auditor", "auditor");
    expect((await ask("lost.alone", auditor)).statusCode, "asking is an administrator's").toBe(403);
    expect((await owner.get("/api/second-factor")).json()).toMatchObject({ codesLeft: 10 });
  });

  test("asks once, of who has one, for seven days, and can be turned down", async () => {
    const second = await enter("clear.second", "coordinator");
    await enter("lost.nothing", "sergeant");
    expect((await ask("lost.nothing")).statusCode).toBe(409);
    await loser("lost.late");
    expect((await ask("lost.late")).statusCode).toBe(200);
    expect((await ask("lost.late")).statusCode).toBe(409);
    const first = await openOf("lost.late");
    expect((await second.send("DELETE", `${url}/${first}`)).statusCode).toBe(200);
    expect((await second.send("POST", `${url}/${first}/confirm`)).statusCode).toBe(404);
    await ask("lost.late");
    const later = await openOf("lost.late");
    await db().transaction(ownerActor, (tx) =>
      tx.through("copier", (door) =>
        door.query(
          `update second_factor_clearing set asked_at = now() - interval '8 days'
           where owner = 'lost.late'`,
        ),
      ),
    );
    expect((await second.send("POST", `${url}/${later}/confirm`)).statusCode).toBe(404);
    expect((await ask("lost.late")).statusCode, "asked again").toBe(200);
  });

  test("asking and confirming want a proof of the last five minutes", async () => {
    await loser("lost.fresh");
    await ask("lost.fresh");
    const id = await openOf("lost.fresh");
    const second = await enter("clear.stale", "auditor");
    for (const name of ["clear.stale", "clear.asker"]) await makeStale(app, name);
    expect((await second.send("POST", `${url}/${id}/confirm`)).statusCode).toBe(403);
    expect((await ask("lost.fresh")).statusCode).toBe(403);
  });
});
