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

export interface Caller {
  readonly address: string;
  readonly device: string | null;
  readonly before: string | null;
  readonly onWait: (seconds: number) => void;
}

/** Limits writes of the last use. */
const touchMs = 60_000;

interface SignIn {
  readonly id: string;
  /** Null: by role, in the demonstration. */
  readonly accountId: string | null;
  readonly shownName: string | null;
  readonly isLocked: boolean;
  readonly deviceId: string | null;
  /** Whether it may be used depends on the setting for local passwords. */
  readonly hasPassword: boolean;
  readonly hasPasskey: boolean;
  readonly hasApp: boolean;
  readonly byProvider: boolean;
  /** Last proof of presence, epoch milliseconds. */
  readonly freshAt: number | null;
}

interface FoundSignIn extends SignIn {
  readonly person: string;
  readonly role: Role;
  readonly partner: string | null;
  readonly neighbour: string | null;
  readonly isAskedOfPolice: boolean;
  readonly lastSeenAt: number;
}

export interface Session extends SignIn {
  readonly token: string;
  readonly actor: Actor;
  /** Nothing else is possible before it has set one up. */
  readonly needsSecondFactor: boolean;
}

/** At most 12 hours old and used in the last half hour (demo roles: two hours). */
const isRecent = (now: number) => sql`
  sign_in.created_at > ${new Date(now)}::timestamptz - interval '12 hours'
  and sign_in.last_seen_at > ${new Date(now)}::timestamptz
    - case when sign_in.account_id is null then interval '2 hours' else interval '30 minutes' end`;

/** A later last day must be confirmed by then. */
export const accountLasts = (now: number) => sql`
  coalesce(account.expires_at > ${new Date(now)}::timestamptz, true)
  and not exists (
    select from account_opening as longer
    where longer.account_id = account.id and longer.shuts_from <= ${new Date(now)}
      and longer.second in ('waits', 'refused') and longer.replaced_at is null
  )`;

/** The account's present state, not that at sign-in. */
const accountStands = (now: number) => sql`
  account.id = sign_in.account_id
  and account.epoch = sign_in.epoch
  and account.disabled_at is null
  and ${accountLasts(now)}`;

const isAlive = (now: number) => sql`
  ${isRecent(now)}
  and (sign_in.account_id is null or exists (select from account where ${accountStands(now)}))`;

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
    else coalesce(
      (select code from partner where partner.id = account.partner_id), account.patrol_partner
    )
  end as partner`,
];

export interface NewSession {
  readonly actor: Actor;
  readonly account: { readonly id: string; readonly epoch: number } | null;
  readonly device: string | null;
  readonly deviceId?: string | null;
  readonly byProvider?: boolean;
  readonly before?: string | null;
  readonly now: number;
}

/** Returns the cookie's token; only its hash is stored. */
export async function startSession(gate: Transaction, session: NewSession): Promise<string> {
  const { account, device, deviceId = null, byProvider = false, before = null, now } = session;
  const { person, role, partner, neighbour = null } = session.actor;
  if (before !== null) await deleteSignIn(gate, before);
  // Ended sessions are deleted.
  await gate.run(sql`delete from sign_in where not (${isAlive(now)})`);
  const token = drawToken();
  const at = new Date(now);
  await gate.run(
    insertInto("sign_in", {
      tokenHash: hashOf(token),
      person,
      role,
      partner,
      neighbour,
      accountId: account?.id ?? null,
      epoch: account?.epoch ?? null,
      device,
      partnerDeviceId: deviceId,
      byProvider,
      createdAt: at,
      lastSeenAt: at,
      freshAt: at,
    }),
  );
  return token;
}

/** Replaces the browser's session; returns the new token. */
export function beginSession(
  tx: Transaction,
  account: Credentials,
  browser: Omit<NewSession, "actor" | "account" | "now">,
  now: number,
): Promise<string> {
  return startSession(tx, { ...browser, actor: actorOfAccount(account), account, now });
}

const line = { verb: "consultation", purpose: "administration", outcome: "done" } as const;

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
    // Parallel calls of one browser: only the first signs out.
    if (!(await deleteSignIn(tx, id))) return;
    await appendAudit(tx, actor, { ...line, act: "sign out", detail: {} });
  });
}

/** Null when unknown or ended. */
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
  // A locked screen keeps polling for news: no sign of its person.
  if (!known.isLocked && now - lastSeenAt > touchMs) {
    await db.transaction(gateActor, (tx) =>
      tx.run(sql`update sign_in set last_seen_at = ${new Date(now)} where id = ${known.id}`),
    );
  }
  const actor = { person, role, partner, neighbour };
  return { ...known, token, actor, needsSecondFactor: needsSecondFactor(row) };
}

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

/** New token, so that one copied while locked is useless; null where it has ended. */
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

const standing = z.object({
  id: z.string(),
  role: z.enum(roles),
  partner: z.string().nullable(),
});

/** Current state of these, if alive and unlocked; does not count as use. */
export function standingSessions(db: Database, ids: readonly string[], now: number) {
  const isAsked = sql`sign_in.id = any(${ids}::uuid[]) and sign_in.locked_at is null`;
  return db.transaction(gateActor, (tx) => tx.rows(standing, aliveWith([], isAsked, now)), {
    readOnly: true,
  });
}

/** Last used first. */
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
