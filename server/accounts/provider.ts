import * as openid from "openid-client";
import { z } from "zod";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { actorOfAccount, isUnconfirmed } from "#server/accounts/prove.ts";
import { type Credentials, lockCredentials } from "#server/accounts/queries/credentials.ts";
import { beginSession } from "#server/accounts/sessions.ts";
import type { OidcConfig } from "#server/config.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

const oidcFlow = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  /** PKCE: proves that who redeems the code is who asked for it. */
  verifier: z.string(),
  before: z.string().nullable(),
});
export type OidcFlow = z.infer<typeof oidcFlow>;

export function flowText(flow: OidcFlow): string {
  return Buffer.from(JSON.stringify(flow)).toString("base64url");
}

/** Null when missing or forged. */
export function readFlow(text: string | null): OidcFlow | null {
  try {
    return oidcFlow.parse(JSON.parse(Buffer.from(text ?? "", "base64url").toString("utf8")));
  } catch {
    return null;
  }
}

/** Groups and roles from the provider are ignored. */
export interface OidcPerson {
  readonly issuer: string;
  readonly subject: string;
  /** May be reassigned to another person, so used only at the first sign-in. */
  readonly preferredName: string | null;
}

const timeoutS = 10;
/** Re-authentication was requested, so older answers are refused. */
const freshS = 300;

export async function beginOidc(
  oidc: OidcConfig,
  { redirectUri, before }: Pick<OidcFlow, "before"> & { redirectUri: string },
): Promise<{ readonly url: string; readonly flow: OidcFlow }> {
  const provider = await discover(oidc);
  const verifier = openid.randomPKCECodeVerifier();
  const state = openid.randomState();
  const nonce = openid.randomNonce();
  const url = openid.buildAuthorizationUrl(provider, {
    redirect_uri: redirectUri,
    scope: "openid profile",
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    // Machines are shared, and the provider's own session outlives a sign-out and a lock here: it
    // must ask its user each time, and its answer is checked for that.
    prompt: "login",
    max_age: "0",
  });
  return { url: url.href, flow: { state, nonce, verifier, before } };
}

/** Throws where state, nonce, verifier, signature, issuer or times do not match. */
export async function finishOidc(
  oidc: OidcConfig,
  returnedTo: URL,
  flow: OidcFlow,
): Promise<OidcPerson> {
  const provider = await discover(oidc);
  const tokens = await openid.authorizationCodeGrant(provider, returnedTo, {
    pkceCodeVerifier: flow.verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
    maxAge: freshS,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error("The identity provider gave no ID token.");
  const named =
    claims["preferred_username"] ??
    (await preferredNameByUserInfo(provider, tokens.access_token, claims.sub));
  return {
    issuer: claims.iss,
    subject: claims.sub,
    preferredName: typeof named === "string" && named !== "" ? named : null,
  };
}

/** Many providers put the name there and not into the token. */
async function preferredNameByUserInfo(
  provider: openid.Configuration,
  accessToken: string,
  subject: string,
): Promise<unknown> {
  if (!provider.serverMetadata().userinfo_endpoint) return null;
  const info = await openid.fetchUserInfo(provider, accessToken, subject);
  return info.preferred_username;
}

const known = new Map<string, Promise<openid.Configuration>>();

/** Cached; a failed request is repeated. */
function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<openid.Configuration> {
  const key = `${issuer} ${clientId}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const url = new URL(issuer);
  const found = openid.discovery(url, clientId, clientSecret, undefined, {
    timeout: timeoutS,
    // config.ts allows http on this machine only.
    ...(url.protocol === "http:" ? { execute: [openid.allowInsecureRequests] } : {}),
  });
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

/**
 * Signs in the person the provider vouches for, under the role kept here; null without an account
 * in use. The first sign-in finds the account by the name that an administrator entered, and binds
 * it to issuer and subject.
 */
export async function signInByProvider(
  db: Database,
  person: OidcPerson,
  caller: { readonly before: string | null; readonly device: string | null },
): Promise<string | null> {
  let known: Credentials | null = null;
  const work = db.transaction(
    gateActor,
    async (tx) => {
      const now = Date.now();
      const account = await accountOf(tx, person, now);
      known = account;
      if (!account?.isInUse) {
        await appendRefused(tx, account, account ? "not in use" : "no account");
        return null;
      }
      const token = await beginSession(tx, account, { ...caller, byProvider: true }, now);
      const detail = { by: "provider" };
      await appendAudit(tx, actorOfAccount(account), { ...note, outcome: "done", detail });
      return token;
    },
    { retries: 5 },
  );
  return work.catch(async (cause: unknown) => {
    if (!isUnconfirmed(cause)) throw cause;
    await db.transaction(gateActor, (tx) => appendRefused(tx, known, "waits for a second person"));
    return null;
  });
}

const note = { verb: "consultation", act: "sign in", purpose: "administration" } as const;

function appendRefused(
  tx: Transaction,
  account: Credentials | null,
  reason: string,
): Promise<void> {
  const actor = { person: account?.name ?? "unknown", role: "nobody", partner: null } as const;
  const detail = { by: "provider", reason };
  return appendAudit(tx, actor, { ...note, outcome: "refused", detail });
}

const numbered = z.object({ id: z.string() });

async function accountOf(
  tx: Transaction,
  { issuer, subject, preferredName }: OidcPerson,
  now: number,
): Promise<Credentials | null> {
  const bound = await tx.maybe(
    numbered,
    sql`select id from account where oidc_issuer = ${issuer} and oidc_subject = ${subject}`,
  );
  if (bound !== null) return lockCredentials(tx, bound.id, now);
  const names = [subject, ...(preferredName === null ? [] : [preferredName])];
  const [awaiting, ...others] = await tx.rows(
    numbered,
    sql`select id from account where oidc_name = any(${names}) and oidc_subject is null order by id`,
  );
  // Two accounts wait for two names of one person: ambiguous.
  if (awaiting === undefined || others.length > 0) return null;
  const account = await lockCredentials(tx, awaiting.id, now);
  if (account?.isInUse) {
    await tx.run(
      sql`update account set oidc_issuer = ${issuer}, oidc_subject = ${subject}
        where id = ${awaiting.id} and oidc_subject is null`,
    );
  }
  return account;
}
