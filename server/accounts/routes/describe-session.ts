import type { SessionReply } from "#core/accounts/wire/session.ts";
import type { Role } from "#core/role.ts";
import { formatInstant } from "#core/time/zone.ts";
import { readPoliceContact } from "#server/accounts/account-settings.ts";
import { readDeviceCookie } from "#server/accounts/cookies.ts";
import { pageTokenOf } from "#server/accounts/guard.ts";
import { proveBy, type Ways, waysOf } from "#server/accounts/prove-again.ts";
import { givenTo } from "#server/accounts/queries/openings.ts";
import { untoldClearing } from "#server/accounts/queries/second-factor-clearings.ts";
import { relyingPartyOf } from "#server/accounts/second-factor/challenge.ts";
import { openSecondStep, readStepCookie } from "#server/accounts/second-factor/second-step.ts";
import type { Session } from "#server/accounts/sessions.ts";
import type { Config } from "#server/config.ts";
import { gateActor, systemActor } from "#server/db/database.ts";
import { hasImportedBatch } from "#server/db/emptiness.ts";
import type { RequestContext } from "#server/http/route.ts";

/** Who is signed in, or how somebody may; the cookies as this reply leaves them. */
export async function describeSession(
  context: RequestContext,
  session: Session | null,
  {
    deviceToken = readDeviceCookie(context.config, context.request),
    stepToken = readStepCookie(context.config, context.request),
  } = {},
): Promise<SessionReply> {
  const { asAt, db, zone, config, request } = context;
  const ways = await waysOf(db, deviceToken);
  const passkeys = relyingPartyOf(config, request) !== null;
  const mayPasskey = ways.passwords && passkeys;
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
    secondStep: session ? null : await stepOf(context, stepToken, mayPasskey),
    demo: asAt.demo,
    demoHasImports: asAt.demo && (await db.transaction(systemActor, hasImportedBatch)),
    command: commandOf(config, zone.name),
    timeZone: zone.name,
    asAt: asAt.date(),
    now: formatInstant(zone, asAt.now()),
  };
}

function commandOf({ places: { pack } }: Config, timeZone: string): SessionReply["command"] {
  const { name, patch, centre, words, attributions } = pack;
  return { name, timeZone, patch, centre, words, attributions };
}

type OfPerson = Omit<
  SessionReply,
  | "clock"
  | "signInBy"
  | "secondStep"
  | "demo"
  | "demoHasImports"
  | "command"
  | "timeZone"
  | "asAt"
  | "now"
>;

const ofNobody: OfPerson = {
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
  context: RequestContext,
  session: Session,
  ways: Ways & { readonly passkeys: boolean },
): Promise<OfPerson> {
  const { actor, accountId } = session;
  return {
    signedIn: true,
    locked: session.isLocked,
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
    factorCleared: accountId === null ? null : await clearedOf(context, accountId),
    partnerName: actor.partner,
    policeContact: await contactFor(context, session),
    given: await givenOf(context, session),
    pageToken: pageTokenOf(session.token),
  };
}

async function stepOf(
  { db }: RequestContext,
  token: string | null,
  mayPasskey: boolean,
): Promise<SessionReply["secondStep"]> {
  const step = await openSecondStep(db, token);
  if (step === null) return null;
  return { code: step.hasApp, passkey: mayPasskey && step.hasPasskey, recovery: step.hasCodes };
}

async function clearedOf(
  { db, zone }: RequestContext,
  accountId: string,
): Promise<SessionReply["factorCleared"]> {
  const row = await db.transaction(gateActor, (tx) => untoldClearing(tx, accountId), {
    readOnly: true,
  });
  if (row === null) return null;
  return {
    at: formatInstant(zone, row.clearedAt),
    askedBy: row.askedBy,
    confirmedBy: row.byHost ? null : row.confirmedBy,
  };
}

async function contactFor(
  { db }: RequestContext,
  { actor, isLocked }: Session,
): Promise<string | null> {
  if (actor.role !== "partner" || isLocked) return null;
  return db.transaction(gateActor, readPoliceContact, { readOnly: true });
}

/** Whoever takes an account over leaves this line to its person. */
async function givenOf(
  { db, zone }: RequestContext,
  { isLocked, accountId }: Session,
): Promise<SessionReply["given"]> {
  if (isLocked || accountId === null) return null;
  const given = await db.transaction(gateActor, (tx) => givenTo(tx, accountId), { readOnly: true });
  return given && { what: given.act, by: given.role, at: formatInstant(zone, given.at) };
}
