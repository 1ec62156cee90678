import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import { ownerActor, systemActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { publicPageState } from "#server/releases/public-switch.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { openingsOf } from "#tests/support/second-person.ts";

const admin: Actor = { person: "an.admin", role: "admin", partner: null };
const other: Actor = { person: "other.admin", role: "admin", partner: null };
const auditor: Actor = { person: "an.auditor", role: "auditor", partner: null };
const sergeant: Actor = { person: "a.sergeant", role: "sergeant", partner: null };
const operator: Actor = { person: "an operator", role: "operator", partner: null };

onEachEngine("SAFEGUARDS 13: the public page by the database alone", ({ db }) => {
  const { account, run, say, notSecond, waiting } = openingsOf(db);
  beforeAll(async () => {
    for (const { person, role } of [admin, other, auditor, sergeant]) await account(person, role);
  });
  const turn = (actor: Actor, on: boolean) =>
    db().transaction(actor, (tx) => writeSetting(tx, "public-page", on));
  const state = () => db().transaction(systemActor, publicPageState);
  const asked = async () => (await waiting("public page"))[0] ?? "";

  test("is off until a second person says yes, for whoever asked; and two may ask in turn", async () => {
    expect(await state()).toBe("off");
    await turn(admin, true);
    expect(await state()).toBe("waits");
    await notSecond(admin, await asked());
    await notSecond(sergeant, await asked());
    await say(other, await asked(), "refused");
    expect(await state()).toBe("off");
    await turn(other, true);
    await say(admin, await asked());
    expect(await state()).toBe("on");
    await turn(auditor, true);
    expect(await state(), "asked for again").toBe("on");
    await turn(auditor, false);
    expect(await state()).toBe("off");
  });

  test("nobody writes the opening itself, and none but these ask", async () => {
    for (const actor of [admin, auditor]) {
      const made = run(
        actor,
        "insert into account_opening (account_name, role, act, second) values ('public page', 'admin', 'public', 'confirmed')",
      );
      await refusedBy("account_opening_by_itself", made);
    }
    const analyst: Actor = { person: "an.analyst", role: "analyst", partner: null };
    for (const actor of [sergeant, analyst])
      await expect(turn(actor, true)).rejects.toMatchObject({ code: "42501" });
    expect(await state()).toBe("off");
  });

  test("what nobody confirmed in seven days opens nothing, and can be asked for again", async () => {
    await turn(admin, true);
    await db().transaction(ownerActor, (tx) =>
      tx.script(`set local session_replication_role = replica;
        alter table account_opening no force row level security;
        update account_opening set due_at = now() where act = 'public';
        alter table account_opening force row level security`),
    );
    expect(await state()).toBe("off");
    await turn(admin, true);
    expect(await state()).toBe("waits");
    await turn(admin, false);
  });

  test("the host's command line needs nobody else", async () => {
    await turn(operator, true);
    expect(await state()).toBe("on");
    await turn(admin, false);
    expect(await state()).toBe("off");
  });
});
