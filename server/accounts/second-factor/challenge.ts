import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import { attemptKeysOf } from "#server/accounts/attempts.ts";
import { challengeCookie, challengeMs } from "#server/accounts/cookies.ts";
import { hashOf } from "#server/accounts/token.ts";
import type { Config } from "#server/config.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import type { RequestContext } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

type Part = Pick<Config, "secure" | "secret" | "dataFolder">;

/** What the answer is for: an answer to the one is none to the other. */
export type ChallengeFor = "sign in" | `add to ${string}`;

/** Expected of a passkey; null where this browser was given none, or it is over. */
export interface Expected {
  readonly challenge: string;
  readonly until: number;
}

/**
 * A challenge that only this server can have made, for this browser: its cookie holds the number from which it is worked
 * out. Nothing is stored before it is answered, so that whoever opens the sign-in page fills no table.
 */
export function drawChallenge(config: Part, reply: FastifyReply, use: ChallengeFor): string {
  const drawn = `${randomBytes(16).toString("base64url")}.${Date.now() + challengeMs}`;
  challengeCookie.set(config, reply, drawn);
  return challengeOf(config, drawn, use);
}

export function expectedChallenge(
  config: Part,
  request: FastifyRequest,
  use: ChallengeFor,
): Expected | null {
  const drawn = challengeCookie.read(config, request) ?? "";
  const until = Number(drawn.split(".")[1]);
  if (!/^[\w-]{22}\.\d{13}$/.test(drawn) || until <= Date.now()) return null;
  return { challenge: challengeOf(config, drawn, use), until };
}

/** Once: false where it was answered before. */
export async function spend(tx: Transaction, { challenge, until }: Expected): Promise<boolean> {
  await tx.run(sql`delete from spent_challenge where until < ${new Date()}`);
  return tx.did(
    sql`insert into spent_challenge (challenge_hash, until)
      values (${hashOf(challenge)}, ${new Date(until)}) on conflict do nothing`,
  );
}

function challengeOf(config: Part, drawn: string, use: ChallengeFor): string {
  return attemptKeysOf(config)("challenge", `${use} ${drawn}`).toString("base64url");
}

/** The name that passkeys are bound to, and the one origin that they answer. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/**
 * By the address that people open; without one, by the name under which this machine itself was called. Null where the
 * page was opened at another address than that, or at an IP address, which no browser binds a passkey to.
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

/** Where passkeys can be used; refused in words elsewhere. */
export function partyOf({
  config,
  request,
}: Pick<RequestContext, "config" | "request">): RelyingParty {
  const party = relyingPartyOf(config, request);
  if (party !== null) return party;
  const name = config.origin ?? `http://localhost:${request.host.split(":").at(-1)}`;
  throw new Problem(
    409,
    "Passkeys need a web address",
    `Passkeys do not work at an IP address or at an address other than Boxster’s own. Open Boxster at ${name}.`,
  );
}
