import { z } from "zod";
import { needsSecondFactor } from "#core/accounts/second-factor.ts";
import { ownSignIn } from "#core/accounts/wire/sign-in.ts";
import { type Actor, type Role, roles } from "#core/role.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { actorOfAccount } from "#server/accounts/prove.ts";
import type { Credentials } from "#server/accounts/queries/credentials.ts";
import { drawToken, hashOf } from "#server/accounts/token.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";
import { insertInto, listed, type Sql, sql, statementOf } from "#server/db/sql.ts";

/** The browser that calls. */
export interface Caller {
  readonly address: string;
  readonly device: string | null;
  /** The session of its cookie, which a new one takes the place of. */
  readonly before: string | null;
  readonly onWait: (seconds: number) => void;
}

/** Last use is written at most this often, so that reading stays cheap. */
const touchMs = 60_000;

/** One signed-in browser that has not ended. */
interface SignIn {
  readonly id: string;
  /** Null: by role, in the demonstration. */
  readonly accountId: string | null;
  readonly shownName: string | null;
  readonly isLocked: boolean;
  /** The phone that it was opened on by PIN. */
  readonly deviceId: string | null;
  /** The account has one stored; whether it opens anything, the setting of local passwords says. */
  readonly hasPassword: boolean;
  readonly hasPasskey: boolean;
  /** An authenticator app, which its first code has confirmed. */
  readonly hasApp: boolean;
  /** Opened through the identity provider. */
  readonly byProvider: boolean;
  /** When its person last proved to be there; epoch milliseconds. */
  readonly freshAt: number | null;
}

interface FoundSignIn extends SignIn {
  readonly person: string;
  readonly role: Role;
  readonly partner: string | null;
  readonly neighbour: string | null;
  /** The setting that asks police for a second factor. */
  readonly isAskedOfPolice: boolean;
  readonly lastSeenAt: number;
}

/** Who holds a token that is alive. */
export interface Session extends SignIn {
  readonly token: string;
  readonly actor: Actor;
  /** Its account has to set up a second factor before anything else. */
  readonly needsSecondFactor: boolean;
}

/** Of 12 hours at most, and not unused for half an hour; by role in the demonstration not for two. */
const isRecent = (now: number) => sql`
  sign_in.created_at > ${new Date(now)}::timestamptz - interval '12 hours'
  and sign_in.last_seen_at > ${new Date(now)}::timestamptz
    - case when sign_in.account_id is null then interval '2 hours' else interval '30 minutes' end`;

/** What an account is now decides, never what it was when the session began. A later last day has to be confirmed by then. */
const accountStands = (now: number) => sql`
  account.id = sign_in.account_id
  and account.epoch = sign_in.epoch
  and account.disabled_at is null
  and coalesce(account.expires_at > ${new Date(now)}::timestamptz, true)
  and not exists (
    select from account_opening as longer
    where longer.account_id = account.id and longer.shuts_from <= ${new Date(now)}
      and longer.second in ('waits', 'refused') and longer.replaced_at is null
  )`;

const isAlive = (now: number) => sql`
  ${isRecent(now)}
  and (sign_in.account_id is null or exists (select from account where ${accountStands(now)}))`;

/** Sessions that are alive, with the role and partner that their accounts have at this moment. */
const aliveWith = (columns: readonly Sql[], condition: Sql, now: number) => sql`
  select ${listed([...ownColumns, ...columns])}
  from sign_in
  left join account on account.id = sign_in.account_id
  where ${condition} and ${isRecent(now)}
    and (sign_in.account_id is null or (${accountStands(now)}))`;

const ownColumns = [
  sql`sign_in.id::text as id`,
  sql`coalesce(account.role, sign_in.role) as role`,
  sql`case when account.id is null then sign_in.partner
    else (select code from partner where partner.id = account.partner_id)
  end as partner`,
];

export interface NewSession {
  readonly actor: Actor;
  readonly account: { readonly id: string; readonly epoch: number } | null;
  readonly device: string | null;
  readonly deviceId?: string | null;
  readonly byProvider?: boolean;
  /** The session of this browser that it takes the place of. */
  readonly before?: string | null;
  readonly now: number;
}

/** Starts a session and returns the opaque token for the cookie; only its hash is stored. */
export async function startSession(gate: Transaction, session: NewSession): Promise<string> {
  const { account, device, deviceId = null, byProvider = false, before = null, now } = session;
  const { person, role, partner, neighbour = null } = session.actor;
  if (before !== null) await deleteSignIn(gate, before);
  // Rows of sessions that have ended serve nobody.
  await gate.run(sql`delete from sign_in where not (${isAlive(now)})`);
  const token = drawToken();
  const at = new Date(now);
  await gate.run(
    insertInto("sign_in", {
      ...{ tokenHash: hashOf(token), person, role, partner, neighbour },
      ...{ accountId: account?.id ?? null, epoch: account?.epoch ?? null },
      ...{ device, partnerDeviceId: deviceId, byProvider },
      ...{ createdAt: at, lastSeenAt: at, freshAt: at },
    }),
  );
  return token;
}

/** A session of this account in the place of the one that the browser had; returns its token. */
export function beginSession(
  tx: Transaction,
  account: Credentials,
  browser: Omit<NewSession, "actor" | "account" | "now">,
  now: number,
): Promise<string> {
  return startSession(tx, { ...browser, actor: actorOfAccount(account), account, now });
}

const line = { verb: "consultation", purpose: "administration", outcome: "done" } as const;

/** A session by role alone, in the demonstration; returns its token. */
export function signInByRole(
  db: Database,
  actor: Actor,
  { before, device }: Pick<Caller, "before" | "device">,
): Promise<string> {
  return db.transaction(gateActor, async (tx) => {
    const token = await startSession(tx, { actor, account: null, before, device, now: Date.now() });
    const detail = { by: "role of the demonstration" };
    await appendAudit(tx, actor, { ...line, act: "sign in", detail });
    return token;
  });
}

export function signOut(db: Database, { id, actor }: Session): Promise<void> {
  return db.transaction(gateActor, async (tx) => {
    // Two calls of one browser at once: it is left once.
    if (!(await deleteSignIn(tx, id))) return;
    await appendAudit(tx, actor, { ...line, act: "sign out", detail: {} });
  });
}

/** Who holds this token, or null when it is unknown or has ended; nothing else is asked with it. */
export async function sessionOfToken(
  db: Database,
  token: string,
  now: number,
): Promise<Session | null> {
  const found = statementOf(aliveWith(sessionColumns, sql`token_hash = ${hashOf(token)}`, now));
  const [row] = await db.transaction(
    gateActor,
    (tx) => tx.commitWith<FoundSignIn>({ name: "session", ...found }),
    { readOnly: true },
  );
  if (!row) return null;
  const { lastSeenAt, person, role, partner, neighbour, isAskedOfPolice, ...known } = row;
  // A locked screen asks on for news: that is no sign of its person.
  if (!known.isLocked && now - lastSeenAt > touchMs) {
    await db.transaction(gateActor, (tx) =>
      tx.run(sql`update sign_in set last_seen_at = ${new Date(now)} where id = ${known.id}`),
    );
  }
  const actor = { person, role, partner, neighbour };
  return { ...known, token, actor, needsSecondFactor: needsSecondFactor(row) };
}

/** Named as they are read: the statement and the end of its transaction are one. */
const sessionColumns = [
  sql`sign_in.account_id::text as "accountId"`,
  sql`coalesce(account.name, sign_in.person) as person`,
  sql`account.shown_name as "shownName"`,
  sql`case when account.id is null then sign_in.neighbour else account.neighbour end as neighbour`,
  sql`sign_in.locked_at is not null as "isLocked"`,
  sql`sign_in.partner_device_id::text as "deviceId"`,
  sql`account.password_hash is not null as "hasPassword"`,
  sql`exists (select from passkey where account_id = account.id) as "hasPasskey"`,
  sql`exists (
    select from authenticator_app where account_id = account.id and confirmed_at is not null
  ) as "hasApp"`,
  sql`exists (
    select from setting where key = 'second-factor-for-police' and value = 'true'::jsonb
  ) as "isAskedOfPolice"`,
  sql`sign_in.by_provider as "byProvider"`,
  sql`(extract(epoch from sign_in.fresh_at) * 1000)::float8 as "freshAt"`,
  sql`(extract(epoch from sign_in.last_seen_at) * 1000)::float8 as "lastSeenAt"`,
];

/** The session goes on under a new token, so that one copied while it was locked opens nothing; null where it has ended meanwhile. */
export async function unlockSession(
  gate: Transaction,
  { id, accountId, now }: Pick<Session, "id"> & { readonly accountId: string; now: number },
): Promise<string | null> {
  const token = drawToken();
  const at = new Date(now);
  const isOpen = await gate.did(
    sql`update sign_in
      set token_hash = ${hashOf(token)}, locked_at = null, last_seen_at = ${at}, fresh_at = ${at}
      where id = ${id} and account_id = ${accountId}`,
  );
  return isOpen ? token : null;
}

/** What a session is that stands and is not locked. */
const standing = z.object({
  id: z.string(),
  role: z.enum(roles),
  /** The code of its partner. */
  partner: z.string().nullable(),
});

/** Those of these sessions that stand and are not locked, as they are now: whoever listens uses none of them. */
export function standingSessions(db: Database, ids: readonly string[], now: number) {
  const isAsked = sql`sign_in.id = any(${ids}::uuid[]) and sign_in.locked_at is null`;
  return db.transaction(gateActor, (tx) => tx.rows(standing, aliveWith([], isAsked, now)), {
    readOnly: true,
  });
}

/** Of one account, the last used first. */
export const sessionsOfAccount = (gate: Transaction, own: string, accountId: string, now: number) =>
  gate.rows(
    ownSignIn,
    sql`select id, device, created_at as since, last_seen_at as last_seen,
        locked_at is not null as locked, id = ${own} as is_this
      from sign_in
      where account_id = ${accountId} and ${isAlive(now)}
      order by last_seen_at desc, id`,
  );

/** False where it is gone already. */
export const deleteSignIn = (tx: Transaction, id: string) =>
  tx.did(sql`delete from sign_in where id = ${id}`);
