import { beforeAll, describe, expect, test } from "vitest";
import type { AccountReply } from "#core/accounts/wire/accounts.ts";
import type { OpeningReply, OpeningsReply } from "#core/accounts/wire/openings.ts";
import type { Role } from "#core/role.ts";
import {
  addTestAccount,
  asOwner,
  callerWith,
  idOfAccount,
  type SignedIn,
  sessionOf,
  tryPassword,
  trySecret,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

const good = "four geese over water";

onOneEngine("a police account waits for a second person", ({ db }) => {
  const app = appWith(db);
  let admin: SignedIn;
  let second: SignedIn;
  let sergeant: SignedIn;
  let analyst: SignedIn;
  let coordinator: SignedIn;
  let worker: SignedIn;
  beforeAll(async () => {
    const people: readonly (readonly [string, Role])[] = [
      ["the.admin", "admin"],
      ["other.admin", "admin"],
      ["the.sergeant", "sergeant"],
      ["the.analyst", "analyst"],
      ["co.ordinator", "coordinator"],
    ];
    for (const [name, role] of people) await addTestAccount(db(), { name, role });
    await addTestAccount(db(), { name: "north.worker", role: "partner", partner: "north" });
    [admin, second, sergeant, analyst, coordinator, worker] = (await Promise.all(
      [...people.map(([name]) => name), "north.worker"].map((name) => sessionOf(app, name)),
    )) as [SignedIn, SignedIn, SignedIn, SignedIn, SignedIn, SignedIn];
  });

  const openings = async (caller: SignedIn) =>
    (await caller.get("/api/openings")).json<OpeningsReply>().openings;
  const waitingFor = async (caller: SignedIn, account: string): Promise<Partial<OpeningReply>> =>
    (await openings(caller)).find((one) => one.account === account && one.state === "waits") ?? {};
  const say = async (caller: SignedIn, id: string | undefined, word = "confirm") =>
    (await caller.send("POST", `/api/openings/${id}/${word}`)).statusCode;
  const add = async (name: string, role: Role) =>
    (await admin.send("POST", "/api/accounts", { name, role })).json<AccountReply>().id;
  const idOf = async (name: string) => {
    return idOfAccount(db(), name);
  };
  const change = (id: string, body: object) => admin.send("PATCH", `/api/accounts/${id}`, body);
  const secretFor = async (id: string) =>
    (await admin.send("POST", `/api/accounts/${id}/set-up`)).json<{
      secret: string;
      waits: boolean;
    }>();

  test.each(["sergeant", "analyst"] as const)(
    "one administrator alone reads no events and no keep-clear times through a new %s: another person has to confirm it",
    async (role) => {
      const name = `new.${role}`;
      const { secret, waits } = await secretFor(await add(name, role));
      expect(waits).toBe(true);
      expect((await trySecret(app, name, secret, good)).statusCode).toBe(403);
      const asked = await waitingFor(sergeant, name);
      expect(asked).toMatchObject({ act: "made", role, askedBy: "the.admin", mayDecide: true });
      expect(await say(admin, asked.id)).toBe(403);
      expect(await say(second, asked.id), "another administrator").toBe(403);
      expect(await say(analyst, asked.id), "an analyst").toBe(403);
      expect(await say(worker, asked.id), "a partner").toBe(404);
      expect((await trySecret(app, name, secret, good)).statusCode).toBe(403);
      expect(await say(sergeant, asked.id)).toBe(200);
      const first = await trySecret(app, name, secret, good);
      expect(first.statusCode, first.body).toBe(200);
      expect((await callerWith(app, first).get("/api/operations")).statusCode).toBe(200);
    },
  );

  describe("and so does every other way into one", () => {
    const inUse = async (name: string, role: Role = "sergeant") => {
      await addTestAccount(db(), { name, role });
      return idOf(name);
    };
    test("a later last day: the account is used as before until the confirmed one is over", async () => {
      const id = await inUse("way.longer");
      const inDays = (days: number) =>
        new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      await change(id, { lastDay: inDays(5) });
      expect(await waitingFor(sergeant, "way.longer"), "sooner is no opening").toEqual({});
      await change(id, { lastDay: inDays(30) });
      const open = await sessionOf(app, "way.longer");
      // Asked again, it waits from the confirmed day on and not from the wished one.
      await change(id, { lastDay: null });
      const asked = await waitingFor(sergeant, "way.longer");
      expect(asked).toMatchObject({ act: "extended" });
      const dayIsOver = () =>
        asOwner(db(), `alter table account_opening disable trigger account_opening_guarded;`).then(
          async () => {
            await asOwner(
              db(),
              `update account_opening set shuts_from = now() - interval '1 second'
             where account_name = 'way.longer' and shuts_from is not null`,
            );
            await asOwner(
              db(),
              `alter table account_opening enable trigger account_opening_guarded`,
            );
          },
        );
      expect((await open.get("/api/operations")).statusCode).toBe(200);
      await dayIsOver();
      expect((await open.get("/api/operations")).statusCode, "an open session").toBe(401);
      expect((await tryPassword(app, "way.longer")).statusCode).toBe(403);
      expect(await say(coordinator, asked.id)).toBe(200);
      expect((await tryPassword(app, "way.longer")).statusCode).toBe(200);
    });
  });

  test("a sergeant reads of police accounts alone: neither of a partner's nor of an administrator's", async () => {
    await admin.send("POST", "/api/accounts", {
      name: "hidden.worker",
      role: "partner",
      partner: "north",
    });
    await add("hidden.auditor", "auditor");
    const { body } = await sergeant.get("/api/openings");
    expect(body).not.toContain("hidden");
    for (const name of ["hidden.worker", "hidden.auditor"]) {
      const { id } = await waitingFor(coordinator, name);
      expect(await say(sergeant, id)).toBe(404);
      expect(await say(coordinator, id, "refuse")).toBe(200);
    }
    expect((await analyst.get("/api/openings")).statusCode).toBe(403);
  });
});
