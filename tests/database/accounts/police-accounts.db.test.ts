import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import { ownerActor } from "#server/db/database.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { openingActs, openingsOf, someHash } from "#tests/support/second-person.ts";

const person = (name: string, role: Actor["role"]): Actor => ({
  person: name,
  role,
  partner: null,
});
const admin = person("an.admin", "admin");
const other = person("other.admin", "admin");
const auditor = person("an.auditor", "auditor");
const coordinator = person("a.coordinator", "coordinator");
const sergeant = person("a.sergeant", "sergeant");
const analyst = person("an.analyst", "analyst");
const operator = person("an operator", "operator");

onEachEngine("a second person for police accounts", ({ db }) => {
  const { run, account, act, signIn, shut, waiting, say, sayAsIs, notSecond } = openingsOf(db);
  const change = (actor: Actor, name: string, set: string) =>
    run(actor, `update account set ${set} where name = '${name}'`);
  const unguarded = async (sql: string) => {
    await run(ownerActor, "alter table account_opening disable trigger account_opening_guarded");
    await run(ownerActor, sql);
    await run(ownerActor, "alter table account_opening enable trigger account_opening_guarded");
  };

  beforeAll(async () => {
    for (const one of [admin, other, auditor, coordinator, sergeant, analyst]) {
      await account(one.person, one.role);
    }
  });

  /** What one administrator can do so that somebody gets in, the role that it begins from, and the act it is. */
  const ways: readonly (readonly [string, string, (name: string) => Promise<unknown>])[] = [
    [
      "a role of police",
      "presenter",
      (name) => run(admin, `update account set role = 'sergeant' where name = '${name}'`),
    ],
    [
      "another role of police",
      "analyst",
      (name) => run(admin, `update account set role = 'sergeant' where name = '${name}'`),
    ],
    [
      "enabling it again",
      "sergeant",
      async (name) => {
        await change(admin, name, "disabled_at = now()");
        await change(admin, name, "disabled_at = null");
      },
    ],
    [
      "a last day to come after it ended",
      "analyst",
      async (name) => {
        await change(admin, name, "expires_at = now() - interval '1 day'");
        await change(admin, name, "expires_at = now() + interval '1 day'");
      },
    ],
    ...[2, 3, 4].map((at) => {
      const [what = "", sql, by = "page"] = openingActs[at] ?? [];
      const open = (name: string) => act(admin, sql?.(name) ?? "", by);
      return [what, "sergeant", open] as const;
    }),
  ];

  test.each(ways)("%s opens nothing before a second person's word", async (what, role, open) => {
    const name = `way.${what.replaceAll(" ", ".")}.${role}`.slice(0, 60);
    await account(name, role);
    await signIn(name);
    await open(name);
    await shut(signIn(name));
    const [id = "", ...more] = await waiting(name);
    expect(more).toEqual([]);
    await say(sergeant, id);
    await signIn(name);
  });

  test("new, it opens nothing whatever it is given, and its word is worth nothing", async () => {
    await run(
      admin,
      `insert into account (name, role, oidc_name, created_at)
       values ('new.one', 'sergeant', 'new.one', now()), ('new.two', 'analyst', null, now())`,
    );
    for (const [, sql, by] of openingActs.slice(3, 5)) await act(admin, sql("new.one"), by);
    await shut(signIn("new.one"));
    const [one = ""] = await waiting("new.one");
    const [two = ""] = await waiting("new.two");
    await notSecond(person("new.one", "sergeant"), one);
    await notSecond(person("new.one", "sergeant"), two);
    await say(coordinator, one);
    await signIn("new.one");
    // Confirmed by somebody else, it is a second person like any other.
    await say(person("new.one", "sergeant"), two);
    await signIn("new.two");
  });

  test("who it can be: a sergeant, an auditor, a coordinator; no administrator, no analyst, nor a sergeant whom the asker opened alone", async () => {
    await account("old.puppet", "sergeant");
    await run(operator, "update account set shown_name = 'P' where name = 'old.puppet'");
    await act(operator, openingActs[3]?.[1]("old.puppet") ?? "", "gate");
    // As before accounts of police waited: one administrator opened it, and nobody confirmed it.
    await unguarded(
      `update account_opening set asked_by = 'an.admin', asked_role = 'admin'
       where account_name = 'old.puppet'`,
    );
    for (const [at, who] of [sergeant, auditor, coordinator].entries()) {
      const name = `by.${at}`;
      await run(
        admin,
        `insert into account (name, role, created_at) values ('${name}', 'sergeant', now())`,
      );
      const [id = ""] = await waiting(name);
      for (const no of [admin, other, analyst, person("old.puppet", "sergeant")]) {
        await notSecond(no, id);
      }
      await shut(signIn(name));
      await say(who, id);
      await signIn(name);
    }
  });

  test("a sergeant is second person for police alone, and reads of nothing else", async () => {
    await run(
      admin,
      "insert into account (name, role, created_at) values ('no.police', 'auditor', now())",
    );
    const [id = ""] = await waiting("no.police");
    await notSecond(sergeant, id);
    const roles = await run<{ role: string }>(
      sergeant,
      "select distinct role from account_opening order by role",
    );
    expect(roles).toEqual([{ role: "analyst" }, { role: "sergeant" }]);
    const told = await run<{ role: string }>(
      coordinator,
      "select distinct role from account_opening where role in ('analyst', 'sergeant') order by role",
    );
    expect(told).toEqual(roles);
  });

  describe("a later last day", () => {
    const ends = async (name: string, at: string) => {
      await account(name, "sergeant");
      await run(
        ownerActor,
        `update account set expires_at = now() + interval '${at}' where name = '${name}'`,
      );
    };
    const past = (name: string) =>
      unguarded(
        `update account_opening set shuts_from = now() - interval '1 second'
         where account_name = '${name}' and act = 'extended' and replaced_at is null`,
      );

    test.each([
      ["later", "expires_at = now() + interval '30 days'"],
      ["none", "expires_at = null"],
    ])(
      "%s: it holds until the confirmed one, and from then on nothing opens",
      async (what, set) => {
        const name = `longer.${what}`;
        await ends(name, "5 days");
        await change(admin, name, set);
        await signIn(name);
        await past(name);
        await shut(signIn(name));
        const [id = ""] = await waiting(name);
        await say(auditor, id);
        await signIn(name);
      },
    );

    test("asked twice, it counts from the confirmed day; a sooner one waits for nobody", async () => {
      await ends("longer.twice", "5 days");
      await change(admin, "longer.twice", "expires_at = now() + interval '30 days'");
      await change(admin, "longer.twice", "expires_at = now() + interval '60 days'");
      const from = await run<{ soon: boolean }>(
        operator,
        `select shuts_from < now() + interval '6 days' as soon from account_opening
         where account_name = 'longer.twice' and replaced_at is null`,
      );
      expect(from).toEqual([{ soon: true }]);
      await change(admin, "longer.twice", "expires_at = now() + interval '4 days'");
      expect(await waiting("longer.twice")).toEqual([]);
    });

    test("whose own waits confirms for others, and a yes to it makes no second person of whom the asker opened alone", async () => {
      for (const name of ["longer.one", "longer.two"]) {
        await ends(name, "5 days");
        await change(admin, name, "expires_at = null");
      }
      const [one = ""] = await waiting("longer.one");
      await say(person("longer.two", "sergeant"), one);
      await ends("longer.puppet", "5 days");
      await act(operator, openingActs[3]?.[1]("longer.puppet") ?? "", "gate");
      await unguarded(
        `update account_opening set asked_by = 'an.admin', asked_role = 'admin'
         where account_name = 'longer.puppet'`,
      );
      await change(other, "longer.puppet", "expires_at = null");
      await say(auditor, (await waiting("longer.puppet"))[0] ?? "");
      const [two = ""] = await waiting("longer.two");
      await notSecond(person("longer.puppet", "sergeant"), two);
    });

    test("it takes nothing of what waits for the account itself", async () => {
      await ends("longer.role", "5 days");
      await change(admin, "longer.role", "role = 'analyst'");
      await change(admin, "longer.role", "expires_at = null");
      await shut(signIn("longer.role"));
      const [role = "", longer = ""] = await waiting("longer.role");
      await say(sergeant, longer);
      await shut(signIn("longer.role"));
      await say(sergeant, role);
      await signIn("longer.role");
    });
  });

  test("without a proof of the last minutes the database takes no yes; a no it takes", async () => {
    await account("left.open", "sergeant");
    const who = person("left.open", "sergeant");
    await signIn("left.open");
    await account("asks.proof", "sergeant");
    await act(admin, openingActs[3]?.[1]("asks.proof") ?? "", "gate");
    const [id = ""] = await waiting("asks.proof");
    const set = (at: string) =>
      run(ownerActor, `update sign_in set fresh_at = ${at} where person = 'left.open'`);
    for (const stale of ["null", "now() - interval '7 minutes'"]) {
      await set(stale);
      await expect(sayAsIs(who, id), stale).rejects.toMatchObject({
        constraint: "account_opening_fresh_proof",
      });
    }
    await shut(signIn("asks.proof"));
    await set("now()");
    await sayAsIs(who, id);
    await signIn("asks.proof");
    await act(
      admin,
      `update account set password_hash = '${someHash}' where name = 'asks.proof'`,
      "gate",
    );
    await set("null");
    const [again = ""] = await waiting("asks.proof");
    await sayAsIs(who, again, "refused");
    await shut(signIn("asks.proof"));
  });

  test("the command line of the host gives the first ones, and they are told of", async () => {
    await run(
      operator,
      "insert into account (name, role, created_at) values ('first.one', 'sergeant', now())",
    );
    await act(operator, openingActs[4]?.[1]("first.one") ?? "", "gate");
    await signIn("first.one");
    for (const reader of [sergeant, coordinator]) {
      const told = await run(
        reader,
        `select act, asked_role as by, second from account_opening
         where account_name = 'first.one' order by id`,
      );
      expect(told).toEqual([
        { act: "made", by: "operator", second: "not needed" },
        { act: "password", by: "operator", second: "not needed" },
      ]);
    }
  });
});
