import * as openid from "openid-client";
import { z } from "zod";
import type { OidcConfig } from "#server/config.ts";

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
