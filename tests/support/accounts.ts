import { randomBytes } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import type { Actor, Role } from "#core/role.ts";
import { sessionCookie } from "#server/accounts/cookies.ts";
import { hashPassword } from "#server/accounts/password-hash.ts";
import { actorOfAccount } from "#server/accounts/prove.ts";
import { credentialsByName } from "#server/accounts/queries/credentials.ts";
import { insertPasskey } from "#server/accounts/second-factor/passkeys.ts";
import { decide, waitingOpenings } from "#server/accounts/second-person.ts";
import { startSession } from "#server/accounts/sessions.ts";
import { type Database, gateActor, ownerActor } from "#server/db/database.ts";
import type { TestApp, TestCaller } from "#tests/support/app.ts";

export const goodPassword = "rain on the third platform";

let hash: Promise<string> | null = null;

/** An account whose password is `goodPassword`, put there without a route. */
export async function addTestAccount(
  db: Database,
  account: {
    readonly name: string;
    readonly role?: Role;
    /** Code; the partner is made where there is none. */
    readonly partner?: string;
    /** Code of a warden's patrol partner, which is there. */
    readonly patrolPartner?: string;
    /** Of a liaison. */
    readonly neighbour?: string;
    readonly withoutPassword?: boolean;
    /** By default administrators and auditors have a passkey, which nobody holds: they may do nothing without one. */
    readonly withoutSecondFactor?: boolean;
  },
): Promise<void> {
  hash ??= hashPassword(goodPassword);
  const stored = account.withoutPassword ? null : await hash;
  await db.transaction(ownerActor, async (tx) => {
    if (account.partner) {
      await tx.query(
        `insert into partner (code, name, created_at) values ($1::text, $1::text, now())
         on conflict do nothing`,
        [account.partner],
      );
    }
    await tx.query(
      `insert into account (
         name, role, partner_id, password_hash, password_set_at, created_at, neighbour, partner_password,
         patrol_partner
       )
       values (
         $1::text, $2::text, (select id from partner where code = $3::text), $4::text,
         case when $4::text is null then null else now() end, now(), $5::text,
         $2::text = 'partner' and $4::text is not null, $6::text
       )`,
      [
        account.name,
        account.role ?? "sergeant",
        account.partner ?? null,
        stored,
        account.neighbour ?? null,
        account.patrolPartner ?? null,
      ],
    );
  });
  const isAsked = account.role === "admin" || account.role === "auditor";
  if (isAsked && !account.withoutSecondFactor) await addLostPasskey(db, account.name);
}

/** A passkey whose device nobody has; added as by its owner, for nobody else may. */
export function addLostPasskey(db: Database, name: string): Promise<void> {
  return db.transaction({ person: name, role: "gate", partner: null }, async (tx) => {
    const account = await credentialsByName(tx, name, Date.now());
    if (!account) throw new Error(`There is no account ${name}`);
    await insertPasskey(tx, {
      accountId: account.id,
      credentialId: randomBytes(32),
      publicKey: randomBytes(77),
      counter: 0,
      name: "Lost",
    });
  });
}

/** The coordinator's word, where a second person is not what the test is about. */
export async function confirmWaiting(db: Database, account: string): Promise<void> {
  const coordinator: Actor = { person: "a second person", role: "coordinator", partner: null };
  await db.transaction(coordinator, async (tx) => {
    for (const id of await waitingOpenings(tx, account)) {
      await decide(tx, { id, word: "confirmed", now: Date.now() });
    }
  });
}

/** One statement as the schema's owner. */
export function asOwner<Row>(
  db: Database,
  sql: string,
  params: readonly (string | number | null)[] = [],
): Promise<Row[]> {
  return db.transaction(ownerActor, (tx) => tx.query<Row>(sql, params));
}

export async function idOfAccount(db: Database, name: string): Promise<string> {
  const sql = "select id::text as id from account where name = $1::text";
  const [row] = await asOwner<{ id: string }>(db, sql, [name]);
  return row?.id ?? "";
}

/** How many rows there are; behind the table may stand a condition. */
export async function countIn(
  db: Database,
  from: string,
  params: readonly (string | number | null)[] = [],
): Promise<number> {
  const sql = `select count(*)::int as count from ${from}`;
  const [row] = await asOwner<{ count: number }>(db, sql, params);
  return row?.count ?? 0;
}

/** What the audit chain says of these acts, in order. */
export function auditOf(db: Database, ...acts: readonly string[]) {
  return asOwner<{
    person: string;
    role: string;
    act: string;
    outcome: string;
    detail: Record<string, unknown>;
  }>(
    db,
    `select person, role, act, outcome, detail from audit
     where act in (${acts.map((_, index) => `$${index + 1}::text`).join(", ")}) order by id`,
    acts,
  );
}

export interface SignedIn extends TestCaller {
  readonly cookies: Record<string, string>;
}

/** Every call of `tryPassword` that says no address comes from another one: no test makes others wait. */
let lastAddress = 0;

export function newAddress(): string {
  lastAddress += 1;
  return `198.51.${100 + Math.floor(lastAddress / 250)}.${1 + (lastAddress % 250)}`;
}

export function tryPassword(
  { app }: TestApp,
  name: string,
  password = goodPassword,
  remoteAddress = newAddress(),
): Promise<LightMyRequestResponse> {
  return app.inject({
    method: "POST",
    url: "/api/session",
    payload: { name, password },
    remoteAddress,
  });
}

/** A first password, by a one-time secret that an administrator gave out. */
export function trySecret(
  { app }: TestApp,
  name: string,
  secret: string,
  password = goodPassword,
): Promise<LightMyRequestResponse> {
  return app.inject({
    method: "POST",
    url: "/api/session/set-up",
    payload: { name, secret, password },
    remoteAddress: newAddress(),
  });
}

export async function signInAs(test: TestApp, name: string, password = goodPassword) {
  const reply = await tryPassword(test, name, password);
  if (reply.statusCode !== 200) throw new Error(`Sign-in failed: ${reply.body}`);
  return callerWith(test, reply);
}

/** As after signing in, without the work of a hash: a session that was begun at the gate. */
export async function sessionOf(test: TestApp, name: string): Promise<SignedIn> {
  const { db } = test.services;
  const token = await db.transaction(gateActor, async (tx) => {
    const now = Date.now();
    const account = await credentialsByName(tx, name, now);
    if (!account) throw new Error(`There is no account ${name}`);
    return startSession(tx, { actor: actorOfAccount(account), account, device: null, now });
  });
  return callerOf(test, { [sessionCookie.nameOf(test.services.config)]: token });
}

/** Goes on with the cookies that a reply set. */
export function callerWith(test: TestApp, reply: LightMyRequestResponse): SignedIn {
  return callerOf(test, Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value])));
}

function callerOf({ app }: TestApp, cookies: Record<string, string>): SignedIn {
  const inject: TestCaller["inject"] = (options) => app.inject({ cookies, ...options });
  return {
    cookies,
    inject,
    get: (url) => inject({ method: "GET", url }),
    send: (method, url, body) =>
      inject({ method, url, ...(body === undefined ? {} : { payload: body as object }) }),
  };
}
