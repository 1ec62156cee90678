import { type SessionReply, sessionReply } from "#core/accounts/wire/session.ts";
import { instant } from "#core/contract/fields.ts";
import type { Role } from "#core/role.ts";
import { formatInstant } from "#core/time/zone.ts";
import { readPoliceContact } from "#server/accounts/account-settings.ts";
import {
  clearLeftMark,
  readDeviceCookie,
  sessionCookie,
  stepCookie,
} from "#server/accounts/cookies.ts";
import { pageTokenOf, sessionOf } from "#server/accounts/guard.ts";
import { rememberBrowser } from "#server/accounts/known-browser.ts";
import { proveBy, type Ways, waysOf } from "#server/accounts/prove-again.ts";
import { forgetPhone } from "#server/accounts/push/phones.ts";
import { relyingPartyOf } from "#server/accounts/second-factor/passkeys.ts";
import { openSecondStep } from "#server/accounts/second-factor/second-step.ts";
import { type Session, sessionOfToken } from "#server/accounts/sessions.ts";
import { gateActor, systemActor, type Transaction } from "#server/db/database.ts";
import { hasImportedBatch } from "#server/db/emptiness.ts";
import { sql } from "#server/db/sql.ts";
import type { RequestContext } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

/** Demo roles have no account, and so nothing to prove themselves by. */
export function accountSession({ request }: RequestContext): {
  readonly session: Session;
  readonly accountId: string;
} {
  const session = sessionOf(request);
  if (!session) {
    throw new Problem(401, "Not signed in", "Sign in. Your session may have ended.");
  }
  const { accountId } = session;
  if (accountId !== null) return { session, accountId };
  const detail = "You chose a demo role, which has no account, password or lock.";
  throw new Problem(409, "No account", detail);
}

export function throughGate<Value>(
  { db, actor }: RequestContext,
  work: (gate: Transaction) => Promise<Value>,
): Promise<Value> {
  return db.transaction(actor, (tx) => tx.through("gate", work));
}

/**
 * Gives the browser its new session and makes it a known browser; a computer used by a partner,
 * except a phone of its own, keeps no trace of the visit.
 */
export async function handOver(context: RequestContext, token: string): Promise<Session | null> {
  sessionCookie.set(context.config, context.reply, token);
  clearLeftMark(context.config, context);
  const session = await sessionOfToken(context.db, token, Date.now());
  await forgetPhone(context, session);
  if (session?.accountId && (session.actor.role !== "partner" || session.deviceId !== null)) {
    rememberBrowser(context.config, context, session.actor.person);
  }
  return session;
}

export async function enter(
  context: RequestContext,
  token: string,
  deviceToken = readDeviceCookie(context.config, context.request),
): Promise<SessionReply> {
  return describeSession(context, await handOver(context, token), { deviceToken });
}

export async function describeSession(
  context: RequestContext,
  session: Session | null,
  {
    deviceToken = readDeviceCookie(context.config, context.request),
    stepToken = stepCookie.read(context.config, context.request),
  } = {},
): Promise<SessionReply> {
  const { asAt, db, zone, config, request } = context;
  const ways = await waysOf(db, deviceToken);
  const passkeys = relyingPartyOf(config, request) !== null;
  const mayPasskey = ways.passwords && passkeys;
  const step = session ? null : await openSecondStep(db, stepToken);
  const { name, patch, centre, words, attributions } = config.places.pack;
  return {
    ...(session ? await ofSession(context, session, { ...ways, passkeys: mayPasskey }) : ofNobody),
    clock: Date.now(),
    signInBy: {
      passwords: ways.passwords,
      provider: config.oidc?.name ?? null,
      pin: ways.device !== null,
      endedPhone: ways.device === null && deviceToken !== null,
      passkeys,
    },
    secondStep: step && {
      code: step.hasApp,
      passkey: mayPasskey && step.hasPasskey,
      recovery: step.hasCodes,
    },
    demo: asAt.demo,
    demoHasImports: asAt.demo && (await db.transaction(systemActor, hasImportedBatch)),
    command: { name, timeZone: zone.name, patch, centre, words, attributions },
    timeZone: zone.name,
    asAt: asAt.date(),
    now: formatInstant(zone, asAt.now()),
  };
}

const ofNobody = {
  signedIn: false,
  locked: false,
  role: null,
  person: null,
  shownName: null,
  hasAccount: false,
  hasPassword: false,
  proveBy: null,
  proveAlso: { passkey: false, code: false },
  needsSecondFactor: false,
  factorCleared: null,
  partnerName: null,
  policeContact: null,
  given: null,
  pageToken: null,
};

async function ofSession(
  { db }: RequestContext,
  session: Session,
  ways: Ways & { readonly passkeys: boolean },
): Promise<Pick<SessionReply, keyof typeof ofNobody>> {
  const { actor, accountId, isLocked } = session;
  const isPartner = actor.role === "partner";
  const told = await db.transaction(
    gateActor,
    async (gate) => ({
      factorCleared:
        accountId === null ? null : await gate.maybe(factorCleared, untoldClearing(accountId)),
      policeContact: isPartner && !isLocked ? await readPoliceContact(gate) : null,
      // The trace that a takeover of the account leaves for its person.
      given: isLocked || accountId === null ? null : await gate.maybe(given, givenTo(accountId)),
    }),
    { readOnly: true },
  );
  return {
    signedIn: true,
    locked: isLocked,
    role: actor.role as Role,
    person: actor.person,
    shownName: session.shownName,
    hasAccount: accountId !== null,
    hasPassword: session.hasPassword,
    proveBy: proveBy(session, ways),
    proveAlso: {
      passkey: ways.passkeys && session.hasPasskey,
      code: ways.passwords && session.hasApp,
    },
    needsSecondFactor: session.needsSecondFactor,
    partnerName: actor.partner,
    pageToken: pageTokenOf(session.token),
    ...told,
  };
}

const { shape } = sessionReply;
const factorCleared = shape.factorCleared.unwrap().extend({ at: instant });
const given = shape.given.unwrap().extend({ at: instant });

const untoldClearing = (accountId: string) => sql`
  select cleared_at as at, asked_by, case when not by_host then confirmed_by end as confirmed_by
  from second_factor_clearing
  where account_id = ${accountId} and cleared_at is not null and told_at is null
  order by cleared_at desc limit 1`;

const givenTo = (accountId: string) => sql`
  select opening.act as what, opening.asked_role as by, opening.asked_at as at
  from account_opening as opening
  join account on account.id = opening.account_id
  where opening.account_id = ${accountId}
    and opening.opens in ('password', 'provider')
    and opening.asked_role in ('admin', 'operator')
    and opening.asked_at > coalesce(account.openings_seen_at, '-infinity')
  order by opening.id desc limit 1`;
