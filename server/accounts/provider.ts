import * as openid from "openid-client";
import { z } from "zod";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { actorOfAccount, isUnconfirmed } from "#server/accounts/prove.ts";
import { type Credentials, lockCredentials } from "#server/accounts/queries/credentials.ts";
import { beginSession } from "#server/accounts/sessions.ts";
import type { OidcConfig } from "#server/config.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

/** What the browser keeps while its person is at the provider. */
const oidcFlow = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  /** PKCE: proves that who redeems the code is who asked for it. */
  verifier: z.string(),
  /** The session of this browser that a new one takes the place of. */
  before: z.string().nullable(),
});
export type OidcFlow = z.infer<typeof oidcFlow>;

export function flowText(flow: OidcFlow): string {
  return Buffer.from(JSON.stringify(flow)).toString("base64url");
}

/** Null: the browser has none, or one that was made up. */
export function readFlow(text: string | null): OidcFlow | null {
  try {
    return oidcFlow.parse(JSON.parse(Buffer.from(text ?? "", "base64url").toString("utf8")));
  } catch {
    return null;
  }
}

/** Who came back. What else the provider says, such as groups and roles, is not read. */
export interface OidcPerson {
  readonly issuer: string;
  readonly subject: string;
  /** May be another person's tomorrow: of use at the first sign-in alone. */
  readonly preferredName: string | null;
}

const timeoutS = 10;
/** The person was asked, so the answer has to be from now. */
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
    // asks its person each time, and is held to it when they come back.
    prompt: "login",
    max_age: "0",
  });
  return { url: url.href, flow: { state, nonce, verifier, before } };
}

/** Throws where anything is not as it was asked for: state, nonce, verifier, signature, issuer, times. */
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

/** Asked once; a provider that did not answer is asked again. */
function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<openid.Configuration> {
  const key = `${issuer} ${clientId}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const url = new URL(issuer);
  const found = openid.discovery(url, clientId, clientSecret, undefined, {
    timeout: timeoutS,
    // config.ts lets http through on this machine alone.
    ...(url.protocol === "http:" ? { execute: [openid.allowInsecureRequests] } : {}),
  });
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

/**
 * Signs in whom the provider vouches for, under the role that is kept here; null where no account in
 * use is theirs. At the first sign-in an account is found by the name that an administrator entered
 * for it, and is bound to issuer and subject from then on.
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
  // Two accounts wait for the two names of one person: nobody can tell which is meant.
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
