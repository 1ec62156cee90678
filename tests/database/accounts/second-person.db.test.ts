import { beforeAll, describe, expect, test } from "vitest";
import { needsSecondPerson } from "#core/accounts/second-factor.ts";
import { type Actor, type Role, roles } from "#core/role.ts";
import { gateActor, ownerActor } from "#server/db/database.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { north, openingActs, openingsOf, someHash } from "#tests/support/second-person.ts";

const admin: Actor = { person: "an.admin", role: "admin", partner: null };
const other: Actor = { person: "other.admin", role: "admin", partner: null };
const auditor: Actor = { person: "an.auditor", role: "auditor", partner: null };
const coordinator: Actor = { person: "a.coordinator", role: "coordinator", partner: null };
const operator: Actor = { person: "an operator", role: "operator", partner: null };
const worker: Actor = { person: "north.worker", role: "partner", partner: "north" };
const stranger: Actor = { person: "south.worker", role: "partner", partner: "south" };

onEachEngine("a second person", ({ db }) => {
  const { run, throughGate, account, act, signIn, setUpPhone, openByPin, ...rest } = openingsOf(db);
  const { shut, waiting, say, confirmAll, notSecond } = rest;

  beforeAll(async () => {
    await run(
      ownerActor,
      `insert into partner (code, name, created_at)
       values ('north', 'North Van', now()), ('south', 'South Van', now())`,
    );
    for (const { person, role, partner } of [
      admin,
      other,
      auditor,
      coordinator,
      worker,
      stranger,
    ]) {
      await account(person, role, partner ?? "north");
    }
  });

  describe("before anything of a partner opens", () => {
    test("a new account signs nobody in before a second person has confirmed it, whatever it is given", async () => {
      await run(
        admin,
        `insert into account (name, role, partner_id, oidc_name, created_at)
         values ('made.now', 'partner', ${north}, 'made.now', now())`,
      );
      await run(admin, "update account set partner_password = true where name = 'made.now'");
      for (const [, sql, by] of openingActs.slice(3)) await act(admin, sql("made.now"), by);
      await shut(signIn("made.now"));
      await shut(setUpPhone("made.now"));
      // What the same person gave it meanwhile is confirmed with it.
      expect(await waiting("made.now")).toHaveLength(1);
      await confirmAll(worker, "made.now");
      await signIn("made.now");
      await setUpPhone("made.now");
    });

    test.each(openingActs)(
      "%s of a partner opens nothing before a second person has confirmed it",
      async (what, sql, by, way) => {
        const name = `opens.${what.replaceAll(" ", ".")}`;
        await account(name);
        await signIn(name);
        await setUpPhone(name);
        await act(admin, sql(name), by);
        await (way === "phone" ? signIn(name) : shut(signIn(name), "at a desk"));
        if (way === "phone") await shut(setUpPhone(name), "another phone");
        // A phone that its person has goes on: whoever asks for a new secret must not be cut off from closing a place.
        if (way !== "any") await openByPin(name);
        expect(await waiting(name)).toHaveLength(1);
        await confirmAll(coordinator, name);
        await signIn(name);
        await setUpPhone(name);
      },
    );

    test.each([
      ["disabled", "disabled_at = now()", "disabled_at = null"],
      ["past its last day", "expires_at = now() - interval '1 day'", "expires_at = null"],
    ])(
      "an account that was %s and may be used again waits too, and its sessions end",
      async (what, end, begin) => {
        const name = `again.${what.slice(0, 4)}`;
        await account(name);
        await run(admin, `update account set ${end} where name = '${name}'`);
        await run(admin, `update account set ${begin} where name = '${name}'`);
        await shut(signIn(name));
        const epochs = await run(admin, "select 1 from account where name = $1 and epoch > 1", [
          name,
        ]);
        expect(epochs).toHaveLength(1);
        await confirmAll(worker, name);
        await signIn(name);
      },
    );

    test("refused, or a week old, it stays shut", async () => {
      await account("is.refused");
      await act(admin, openingActs[3]?.[1]("is.refused") ?? "", "gate");
      const [id = ""] = await waiting("is.refused");
      await say(worker, id, "refused");
      await shut(signIn("is.refused"), "refused");
      await refusedBy("account_opening_waits", say(coordinator, id));
      await account("is.late");
      await act(admin, openingActs[4]?.[1]("is.late") ?? "", "gate");
      const [late = ""] = await waiting("is.late");
      await run(ownerActor, "alter table account_opening disable trigger account_opening_guarded");
      await run(
        ownerActor,
        "update account_opening set due_at = now() - interval '1 second' where id = $1::bigint",
        [late],
      );
      await run(ownerActor, "alter table account_opening enable trigger account_opening_guarded");
      await refusedBy("account_opening_waits", say(coordinator, late));
      await shut(signIn("is.late"), "late");
      // Another one can be given, and waits in its place.
      await act(admin, openingActs[3]?.[1]("is.late") ?? "", "gate");
      await confirmAll(coordinator, "is.late");
      await signIn("is.late");
    });

    test("what was confirmed is what was read: a change meanwhile waits again", async () => {
      await account("is.moved", "presenter");
      const become = (partner: string) =>
        run(
          admin,
          `update account set role = 'partner', partner_id = (select id from partner where code = '${partner}')
           where name = 'is.moved'`,
        );
      await become("north");
      const [read = ""] = await waiting("is.moved");
      await become("south");
      await refusedBy("account_opening_waits", say(worker, read));
      const [now = ""] = await waiting("is.moved");
      await notSecond(worker, now);
      await say(stranger, now);
      await signIn("is.moved");
    });
  });

  describe("who it can be", () => {
    test("of a partner: its own people and coordinators; nobody else, nor whoever asked or is asked for", async () => {
      await run(
        admin,
        `insert into account (name, role, partner_id, created_at)
         values ('asked.for', 'partner', ${north}, now())`,
      );
      const [id = ""] = await waiting("asked.for");
      const self: Actor = { person: "asked.for", role: "partner", partner: "north" };
      for (const actor of [admin, other, auditor, stranger, self, gateActor])
        await notSecond(actor, id);
      await say(worker, id);
      const rows = await run(
        operator,
        `select decided_by as by, decided_role as role from account_opening where id = $1::bigint`,
        [id],
      );
      expect(rows).toEqual([{ by: "north.worker", role: "partner" }]);
    });

    test.each(["coordinator", "admin", "auditor"])(
      "one administrator alone makes no %s, and so no second person of their own",
      async (role) => {
        const name = `made.${role}`;
        await run(
          admin,
          `insert into account (name, role, created_at) values ('${name}', '${role}', now())`,
        );
        await shut(signIn(name));
        const self: Actor = { person: name, role: role as Actor["role"], partner: null };
        const [id = ""] = await waiting(name);
        for (const actor of [admin, worker, self]) await notSecond(actor, id);
        // Shut itself, it is nobody's second person, should anything let it act.
        await account(`by.${name}`);
        await act(other, openingActs[3]?.[1](`by.${name}`) ?? "", "gate");
        const [theirs = ""] = await waiting(`by.${name}`);
        await notSecond(self, theirs);
        await say(role === "admin" ? auditor : other, id);
        await signIn(name);
      },
    );

    test("nor by an account of another role that they made before, nor by what a colleague began", async () => {
      await run(
        admin,
        "insert into account (name, role, created_at) values ('puppet', 'presenter', now())",
      );
      await signIn("puppet");
      // A colleague makes it a coordinator in good faith; who made it cannot be the second person for that.
      await run(other, "update account set role = 'coordinator' where name = 'puppet'");
      const [promotion = ""] = await waiting("puppet");
      await notSecond(admin, promotion);
      // Before there was this rule, an administrator could make a coordinator alone.
      await run(
        operator,
        "insert into account (name, role, created_at) values ('old.puppet', 'coordinator', now())",
      );
      await run(ownerActor, "alter table account_opening disable trigger account_opening_guarded");
      await run(
        ownerActor,
        `update account_opening set asked_by = 'an.admin', asked_role = 'admin'
         where account_name = 'old.puppet'`,
      );
      await run(ownerActor, "alter table account_opening enable trigger account_opening_guarded");
      await account("victim");
      await act(admin, openingActs[3]?.[1]("victim") ?? "", "gate");
      const [id = ""] = await waiting("victim");
      const puppet: Actor = { person: "old.puppet", role: "coordinator", partner: null };
      await notSecond(puppet, id);
      // Nor after something else of the account was confirmed.
      await act(other, openingActs[2]?.[1]("victim") ?? "", "page");
      await say(coordinator, (await waiting("victim"))[1] ?? "");
      await notSecond(puppet, id);
      await say(coordinator, id);
    });

    test("a secret by another administrator is confirmed by itself, not with the account", async () => {
      await run(
        admin,
        "insert into account (name, role, created_at) values ('two.hands', 'auditor', now())",
      );
      await act(other, openingActs[3]?.[1]("two.hands") ?? "", "gate");
      const [made = "", secret = ""] = await waiting("two.hands");
      for (const id of [made, secret]) {
        await notSecond(admin, id);
        await notSecond(other, id);
      }
      await say(auditor, secret);
      await shut(signIn("two.hands"));
      // Though what came after it is confirmed, who asked for the account is still the first person.
      await notSecond(admin, made);
      await say(auditor, made);
      await signIn("two.hands");
    });
  });

  test("the constraint alone refuses the word of whoever asked, and of whom it opens", async () => {
    await account("by.constraint");
    await act(admin, openingActs[3]?.[1]("by.constraint") ?? "", "gate");
    await run(ownerActor, "alter table account_opening disable trigger account_opening_guarded");
    for (const name of ["an.admin", "by.constraint"]) {
      await expect(
        run(
          ownerActor,
          `update account_opening
           set second = 'confirmed', decided_by = $1, decided_role = 'coordinator', decided_at = now()
           where account_name = 'by.constraint'`,
          [name],
        ),
        name,
      ).rejects.toMatchObject({ constraint: "account_opening_decided_by_another" });
    }
    await run(ownerActor, "alter table account_opening enable trigger account_opening_guarded");
  });

  test("an opening is written by what opens: by hand nobody writes, replaces, confirms or removes one", async () => {
    await account("by.hand");
    await act(admin, openingActs[3]?.[1]("by.hand") ?? "", "gate");
    const denied = (work: Promise<unknown>, what: string) =>
      expect(work, what).rejects.toMatchObject({ code: "42501" });
    const insert = `insert into account_opening (account_id, account_name, role, partner_id, act, second)
      select id, name, role, partner_id, 'secret', 'not needed' from account where name = 'by.hand'`;
    for (const actor of [admin, operator]) {
      await denied(run(actor, insert), "write");
      await denied(throughGate(actor, insert), "write at the gate");
      for (const set of ["replaced_at = now()", "second = 'confirmed'", "asked_by = 'x'"]) {
        const sql = `update account_opening set ${set} where account_name = 'by.hand'`;
        await denied(run(actor, sql), set);
      }
      await denied(run(actor, "delete from account_opening"), "remove");
    }
    for (const set of ["replaced_at = now()", "asked_by = 'x'", "decided_by = 'x'"]) {
      const sql = `update account_opening set ${set} where account_name = 'by.hand'`;
      await denied(throughGate(coordinator, sql), set);
    }
    for (const word of ["not needed", "waits"]) {
      const [id = ""] = await waiting("by.hand");
      if (word === "waits") expect(await say(coordinator, id, word)).toHaveLength(1);
      else {
        await refusedBy("account_opening_waits", say(coordinator, id, word));
      }
    }
    await shut(signIn("by.hand"));
  });

  test("the code and the database say the same of which roles need a second person", async () => {
    const rows = await run<{ role: Role; needs: boolean }>(
      operator,
      `select role, needs_second_person(role) as needs from unnest(array['${roles.join("','")}']) as known (role)`,
    );
    expect(rows).toEqual(roles.map((role) => ({ role, needs: needsSecondPerson(role) })));
  });

  test("the command line of the host waits for nobody, and what it opened is written down", async () => {
    await run(
      operator,
      `insert into account (name, role, partner_id, created_at)
       values ('first.worker', 'partner', ${north}, now())`,
    );
    await act(operator, openingActs[5]?.[1]("first.worker") ?? "", "gate");
    await signIn("first.worker");
    await setUpPhone("first.worker");
    const told = await run<{ act: string; asked: string }>(
      worker,
      `select act, asked_role as asked from account_opening
       where account_name = 'first.worker' order by id`,
    );
    expect(told).toEqual([
      { act: "made", asked: "operator" },
      { act: "link", asked: "operator" },
    ]);
  });

  test("a person's own password and own phone wait for nobody; their colleagues are told of the phone", async () => {
    await account("own.hands");
    await run(
      gateActor,
      `update account set password_hash = '${someHash}' where name = 'own.hands'`,
    );
    const own: Actor = { person: "own.hands", role: "partner", partner: "north" };
    await throughGate(own, openingActs[5]?.[1]("own.hands") ?? "");
    await signIn("own.hands");
    await setUpPhone("own.hands");
    const rows = await run(
      worker,
      "select act, second from account_opening where account_name = 'own.hands'",
    );
    expect(rows).toEqual([{ act: "link", second: "not needed" }]);
    await account("of.panel", "presenter");
    await act(admin, openingActs[3]?.[1]("of.panel") ?? "", "gate");
    await signIn("of.panel");
  });

  test("a partner reads of its own alone, and no name of police; a coordinator nothing of those who wait for nobody", async () => {
    await act(admin, openingActs[3]?.[1]("south.worker") ?? "", "gate");
    const names = async (actor: Actor) => {
      const rows = await run<{ name: string }>(
        actor,
        "select distinct account_name as name from account_opening",
      );
      return rows.map(({ name }) => name);
    };
    expect(await names(worker)).not.toContain("south.worker");
    expect(await names(stranger)).toContain("south.worker");
    expect(await names(coordinator)).not.toContain("of.panel");
    expect(await names(auditor)).toContain("of.panel");
    for (const column of ["asked_by", "decided_by"]) {
      await expect(run(worker, `select ${column} from account_opening`)).rejects.toMatchObject({
        code: "42501",
      });
    }
  });

  test("two words at once: the first counts, the other is told that it waits no more", async () => {
    await account("at.once");
    await act(admin, openingActs[3]?.[1]("at.once") ?? "", "gate");
    const [id = ""] = await waiting("at.once");
    const tries = await Promise.allSettled([say(worker, id), say(coordinator, id, "refused")]);
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
