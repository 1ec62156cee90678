import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import type { WebAuthnCredential } from "@simplewebauthn/server";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { NewPasskey, PasskeyAnswer } from "#core/accounts/wire/sign-in.ts";
import { attemptKeysOf } from "#server/accounts/attempts.ts";
import { challengeCookie, challengeMs } from "#server/accounts/cookies.ts";
import { callerOf } from "#server/accounts/guard.ts";
import { prove } from "#server/accounts/prove.ts";
import { beginSession } from "#server/accounts/sessions.ts";
import { hashOf } from "#server/accounts/token.ts";
import type { Config } from "#server/config.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import type { RequestContext } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

/** Bound to its purpose: an answer to one is none to the other. */
type ChallengeFor = "sign in" | `add to ${string}`;

interface Expected extends RelyingParty {
  readonly challenge: string;
  readonly until: number;
}

/**
 * A challenge that only this server can have made, for this browser: derived from the number in its
 * cookie. Nothing is stored until it is answered, so that opening the sign-in page fills no table.
 */
function drawChallenge({ config, reply }: RequestContext, use: ChallengeFor): string {
  const drawn = `${randomBytes(16).toString("base64url")}.${Date.now() + challengeMs}`;
  challengeCookie.set(config, reply, drawn);
  return challengeOf(config, drawn, use);
}

/** Null without a challenge, or when expired. */
function expectedOf({ config, request }: RequestContext, use: ChallengeFor): Expected | null {
  const party = relyingPartyOf(config, request);
  const drawn = challengeCookie.read(config, request) ?? "";
  const until = Number(drawn.split(".")[1]);
  if (party === null || !/^[\w-]{22}\.\d{13}$/.test(drawn) || until <= Date.now()) return null;
  return { ...party, challenge: challengeOf(config, drawn, use), until };
}

/** Once: false where it was answered before. */
export async function spend(tx: Transaction, { challenge, until }: Expected): Promise<boolean> {
  await tx.run(sql`delete from spent_challenge where until < ${new Date()}`);
  return tx.did(
    sql`insert into spent_challenge (challenge_hash, until)
      values (${hashOf(challenge)}, ${new Date(until)}) on conflict do nothing`,
  );
}

function challengeOf(config: Config, drawn: string, use: ChallengeFor): string {
  return attemptKeysOf(config)("challenge", `${use} ${drawn}`).toString("base64url");
}

interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/**
 * By the configured address; without one, by the name under which this machine was called. Null
 * where the page was opened at another address, or at an IP address, which browsers do not bind
 * passkeys to.
 */
export function relyingPartyOf(
  { origin, secure }: Pick<Config, "origin" | "secure">,
  { host }: Pick<FastifyRequest, "host">,
): RelyingParty | null {
  const called = `${secure ? "https" : "http"}://${host.toLowerCase()}`;
  const url = URL.parse(origin ?? called);
  if (url === null || url.origin !== URL.parse(called)?.origin) return null;
  const isNumber = isIP(url.hostname) !== 0 || url.hostname.startsWith("[");
  return isNumber ? null : { id: url.hostname, origin: url.origin };
}

export function partyOf({ config, request }: RequestContext): RelyingParty {
  const party = relyingPartyOf(config, request);
  if (party !== null) return party;
  const name = config.origin ?? `http://localhost:${request.host.split(":").at(-1)}`;
  const detail = `Passkeys do not work at an IP address or at an address other than Boxster’s own. Open Boxster at ${name}.`;
  throw new Problem(409, "Passkeys need a web address", detail);
}

/** Lazy: 35 MB, only for passkey users. */
const library = () => import("@simplewebauthn/server");

/** Lists no credentials, so it reveals nobody's accounts. */
export function passkeyRequest(context: RequestContext) {
  const { id: rpId } = partyOf(context);
  const challenge = drawChallenge(context, "sign in");
  return { challenge, rpId, timeout: challengeMs, userVerification: "required" } as const;
}

/** Discoverable, with user verification. */
export async function passkeyCreation(
  context: RequestContext,
  accountId: string,
  credentialIds: readonly Uint8Array[],
) {
  const { id } = partyOf(context);
  const challenge = drawChallenge(context, `add to ${accountId}`);
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: "Boxster",
    rpID: id,
    userName: context.actor.person,
    userID: Uint8Array.from(Buffer.from(`account ${accountId}`)),
    // Otherwise the library encodes its text as bytes.
    challenge: Uint8Array.from(Buffer.from(challenge, "base64url")),
    timeout: challengeMs,
    attestationType: "none",
    excludeCredentials: credentialIds.map((one) => ({
      id: Buffer.from(one).toString("base64url"),
    })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

export async function readNewPasskey(context: RequestContext, accountId: string, made: NewPasskey) {
  const expected = expectedOf(context, `add to ${accountId}`);
  if (expected === null) throw notMade();
  const { verifyRegistrationResponse } = await library();
  const judged = await verifyRegistrationResponse({
    response: { ...made, clientExtensionResults: {} },
    expectedChallenge: expected.challenge,
    expectedOrigin: expected.origin,
    expectedRPID: expected.id,
    requireUserVerification: true,
  }).catch(() => null);
  if (!judged?.verified) throw notMade();
  const { id, publicKey, counter } = judged.registrationInfo.credential;
  const credentialId = Buffer.from(id, "base64url");
  return { expected, passkey: { accountId, credentialId, publicKey, counter } };
}

interface StoredPasskey {
  readonly accountId: string;
  readonly credentialId: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly name: string;
}

export const insertPasskey = (gate: Transaction, passkey: StoredPasskey) =>
  gate.run(insertInto("passkey", { ...passkey }));

const claimedRow = z.object({
  id: z.string(),
  accountId: z.string(),
  account: z.string(),
  publicKey: z.instanceof(Uint8Array),
  counter: z.int(),
});

export function claimedPasskey(db: Database, { id }: PasskeyAnswer) {
  const claimed = sql`
    select passkey.id, account_id, account.name as account, public_key, counter
    from passkey join account on account.id = passkey.account_id
    where credential_id = ${Buffer.from(id, "base64url")}`;
  return db.transaction(gateActor, (tx) => tx.maybe(claimedRow, claimed), { readOnly: true });
}

/** On success uses up the challenge and advances the counter. */
export async function isPasskeyAnswer(
  context: RequestContext,
  answer: PasskeyAnswer,
  claimed: z.infer<typeof claimedRow>,
): Promise<boolean> {
  const expected = expectedOf(context, "sign in");
  if (expected === null) return false;
  const credential: WebAuthnCredential = {
    id: answer.id,
    publicKey: Uint8Array.from(claimed.publicKey),
    counter: claimed.counter,
  };
  const { verifyAuthenticationResponse } = await library();
  const judged = await verifyAuthenticationResponse({
    response: { ...answer, clientExtensionResults: {} },
    expectedChallenge: expected.challenge,
    expectedOrigin: expected.origin,
    expectedRPID: expected.id,
    credential,
    requireUserVerification: true,
  }).catch(() => null);
  if (!judged?.verified) return false;
  const counter = judged.authenticationInfo.newCounter;
  return context.db.transaction(gateActor, async (tx) => {
    if (!(await spend(tx, expected))) return false;
    // Counter not advanced: a copy signed, or the same answer came twice.
    return tx.did(
      sql`update passkey set counter = ${counter}, last_used_at = ${new Date()}
        where id = ${claimed.id}
          and (${counter} > counter or (${counter}::bigint = 0 and counter = 0))`,
    );
  });
}

function notMade(): Problem {
  const detail =
    "It did not match what this page asked, or took more than five minutes. Try again.";
  return new Problem(422, "Passkey not added", detail);
}

/** Counts as two factors: the device and its user verification. Returns the new session's token. */
export async function signInByPasskey(
  context: RequestContext,
  answer: PasskeyAnswer,
): Promise<string> {
  const caller = callerOf(context);
  const claimed = await claimedPasskey(context.db, answer);
  return prove(
    context,
    {
      ...caller,
      name: claimed?.account ?? "",
      lane: claimed && `passkey ${claimed.id}`,
      act: "sign in by passkey",
      isProven: async (account) =>
        claimed !== null &&
        account?.id === claimed.accountId &&
        (await isPasskeyAnswer(context, answer, claimed)),
    },
    (tx, account, now) => beginSession(tx, account, caller, now),
  ).catch((cause: unknown) => {
    throw cause instanceof Problem && cause.title === "Not signed in" ? notKnown() : cause;
  });
}

function notKnown(): Problem {
  const detail =
    "This passkey belongs to no active account here, or it answered too late. Try again, or use name and password.";
  return new Problem(401, "Not signed in", detail);
}
