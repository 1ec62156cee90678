import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import type { OidcConfig } from "#server/config.ts";

export interface TestProvider {
  readonly oidc: OidcConfig;
  /** Who is at the provider's own sign-in page, and signs in there at once. */
  readonly person: {
    subject: string;
    preferredName: string | null;
    /** Seconds since they signed in there; the provider takes that for enough. */
    signedInAgo?: number;
  };
  /** Once the address of the tool is known. */
  readonly expect: (server: string) => void;
  /** The last request for authorization. */
  readonly asked: () => URLSearchParams;
  readonly close: () => Promise<void>;
}

/**
 * A real provider on another site than the tool: `localhost` against `127.0.0.1`. Nothing of it is
 * put on but its own sign-in page, which lets `person` in without asking.
 */
export async function startTestProvider(): Promise<TestProvider> {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, "localhost", resolve));
  const issuer = `http://localhost:${(http.address() as AddressInfo).port}`;
  const oidc: OidcConfig = {
    issuer,
    clientId: "boxster",
    clientSecret: "s".repeat(40),
    name: "Station",
  };
  const person: TestProvider["person"] = { subject: "1", preferredName: null };
  let asked = new URLSearchParams();
  return {
    oidc,
    person,
    asked: () => asked,
    expect: (server) => {
      const provider = createProvider(oidc, server, person);
      const answer = provider.callback();
      http.on("request", (request, response) => {
        const url = new URL(request.url ?? "/", issuer);
        if (url.pathname === "/auth") asked = url.searchParams;
        if (!url.pathname.startsWith("/interaction/")) return void answer(request, response);
        const ts = Math.floor(Date.now() / 1000) - (person.signedInAgo ?? 0);
        const login = { accountId: person.subject, remember: false, ts };
        void provider.interactionFinished(request, response, { login });
      });
    },
    close: () => end(http),
  };
}

function createProvider(
  oidc: OidcConfig,
  server: string,
  person: TestProvider["person"],
): Provider {
  const provider: Provider = new Provider(oidc.issuer, {
    clients: [
      {
        client_id: oidc.clientId,
        client_secret: oidc.clientSecret,
        redirect_uris: [`${server}/api/session/provider/return`],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    cookies: { keys: ["only for tests"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ["sub"], profile: ["preferred_username", "roles", "groups"] },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    // What it says of roles is what an attacker would have it say.
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({
        sub: accountId,
        ...(person.preferredName === null ? {} : { preferred_username: person.preferredName }),
        roles: ["admin"],
        groups: ["admin"],
      }),
    }),
    loadExistingGrant: async ({ oidc: { session } }) => {
      const accountId = session?.accountId ?? "";
      const grant = new provider.Grant({ clientId: oidc.clientId, accountId });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
  });
  return provider;
}

function end(http: Server): Promise<void> {
  http.closeAllConnections();
  return new Promise((resolve) => http.close(() => resolve()));
}
