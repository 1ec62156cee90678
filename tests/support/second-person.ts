import { expect } from "vitest";
import type { Actor } from "#core/role.ts";
import { type Database, gateActor, ownerActor } from "#server/db/database.ts";

/** What a second person has to do with, by statements alone: no rule of the code is asked. */

export const someHash = "$argon2id$v=19$m=65536,t=10,p=1$c29tZXNhbHQ$c29tZWhhc2g";
export const north = "(select id from partner where code = 'north')";

/** What an administrator can do to an account so that somebody signs in by it, by what it stays shut to. */
export const openingActs: readonly (readonly [
  string,
  (name: string) => string,
  "page" | "gate",
  Way,
])[] = [
  [
    "another role",
    (name) => `update account set role = 'coordinator', partner_id = null where name = '${name}'`,
    "page",
    "any",
  ],
  [
    "another partner",
    (name) =>
      `update account set partner_id = (select id from partner where code = 'south') where name = '${name}'`,
    "page",
    "any",
  ],
  [
    "a name at the provider",
    (name) => `update account set oidc_name = '${name}' where name = '${name}'`,
    "page",
    "desk",
  ],
  [
    "a one-time secret",
    (name) =>
      `update account set password_hash = null, setup_hash = sha256('${name}'::bytea), setup_until = now() + interval '3 days' where name = '${name}'`,
    "gate",
    "desk",
  ],
  [
    "a password",
    (name) => `update account set password_hash = '${someHash}' where name = '${name}'`,
    "gate",
    "desk",
  ],
  [
    "a link for a phone",
    (name) =>
      `insert into device_link (account_id, secret_hash, made_by, until) select id, sha256('${name}'::bytea), acting_person(), now() + interval '1 day' from account where name = '${name}'`,
    "gate",
    "phone",
  ],
];
/** What stays shut: everything, all but a phone that is set up, or a phone that would be set up. */
export type Way = "any" | "desk" | "phone";

const operator: Actor = { person: "an operator", role: "operator", partner: null };

export function openingsOf(db: () => Database) {
  const run = <Row>(actor: Actor, sql: string, params: readonly string[] = []) =>
    db().transaction(actor, (tx) => tx.query<Row>(sql, params));
  const throughGate = <Row>(actor: Actor, sql: string, params: readonly string[] = []) =>
    db().transaction(actor, (tx) => tx.through("gate", (gate) => gate.query<Row>(sql, params)));
  /** Put there by the schema's owner: in use from long before. */
  const account = (name: string, role = "partner", partner = "north") =>
    run(
      ownerActor,
      `insert into account (name, role, partner_id, created_at, partner_password)
       values ($1, $2, (select id from partner where code = $3 and $2 = 'partner'), now(), $2 = 'partner')`,
      [name, role, partner],
    );
  const act = (actor: Actor, sql: string, by: "page" | "gate") =>
    by === "page" ? run(actor, sql) : throughGate(actor, sql);
  const signIn = (name: string) =>
    run(
      gateActor,
      `insert into sign_in (token_hash, person, role, partner, account_id, epoch, created_at, last_seen_at)
       select sha256(gen_random_uuid()::text::bytea), name, role,
         (select code from partner where id = partner_id), id, epoch, now(), now()
       from account where name = $1`,
      [name],
    );
  const setUpPhone = (name: string) =>
    run(
      gateActor,
      `insert into partner_device (account_id, token_hash, pin_hash, made_at, last_used_at)
       select id, sha256(gen_random_uuid()::text::bytea), '${someHash}', now(), now()
       from account where name = $1`,
      [name],
    );
  const openByPin = (name: string) =>
    run(
      gateActor,
      `insert into sign_in (
         token_hash, person, role, partner, account_id, epoch, created_at, last_seen_at, partner_device_id
       )
       select sha256(gen_random_uuid()::text::bytea), account.name, role, 'north', account.id, epoch, now(), now(), device.id
       from account join partner_device device on device.account_id = account.id
       where account.name = $1 limit 1`,
      [name],
    );
  const shut = (work: Promise<unknown>, what = "") =>
    expect(work, what).rejects.toMatchObject({ constraint: "account_confirmed_by_second" });
  const waiting = async (name: string) =>
    (
      await run<{ id: string }>(
        operator,
        `select id::text as id from account_opening
         where account_name = $1 and second = 'waits' and replaced_at is null order by id`,
        [name],
      )
    ).map(({ id }) => id);
  const sayAsIs = (actor: Actor, id: string, word = "confirmed") =>
    throughGate<{ id: string }>(
      actor,
      "update account_opening set second = $2 where id = $1::bigint returning id::text as id",
      [id, word],
    );
  /** With a proof of just now, for whoever can sign in. */
  const say = async (actor: Actor, id: string, word = "confirmed") => {
    await run(
      gateActor,
      `insert into sign_in (
         token_hash, person, role, partner, account_id, epoch, created_at, last_seen_at, fresh_at
       )
       select sha256(gen_random_uuid()::text::bytea), name, role,
         (select code from partner where id = partner_id), id, epoch, now(), now(), now()
       from account where name = $1 and not account_is_shut(id, 'sign-in')`,
      [actor.person],
    );
    return sayAsIs(actor, id, word);
  };
  const confirmAll = async (actor: Actor, name: string, word = "confirmed") => {
    for (const id of await waiting(name)) await say(actor, id, word);
  };
  const notSecond = (actor: Actor, id: string) =>
    expect(say(actor, id), actor.person).rejects.toMatchObject({
      constraint: "account_opening_second_person",
    });

  return {
    run,
    throughGate,
    account,
    act,
    signIn,
    setUpPhone,
    openByPin,
    shut,
    waiting,
    say,
    sayAsIs,
    confirmAll,
    notSecond,
  };
}
