import { sessionCalls } from "#core/accounts/wire/sign-in.ts";
import { flowCookie } from "#server/accounts/cookies.ts";
import { callerOf, sessionOf } from "#server/accounts/guard.ts";
import {
  beginOidc,
  finishOidc,
  flowText,
  readFlow,
  signInByProvider,
} from "#server/accounts/provider.ts";
import { handOver } from "#server/accounts/routes/session-reply.ts";
import type { OidcConfig } from "#server/config.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const returnPath = "/api/session/provider/return";

const begin = serve(sessionCalls.toProvider, {
  summary: "Go to the identity provider, to sign in or to unlock the screen",
  audience: "public",
  audit: { none: "nobody is signed in yet" },
  handle: async (context) => {
    const oidc = providerOf(context);
    const session = sessionOf(context.request);
    try {
      const { url, flow } = await beginOidc(oidc, {
        redirectUri: addressOf(context, returnPath),
        before: session?.id ?? null,
      });
      flowCookie.set(context.config, context.reply, flowText(flow));
      return context.reply.redirect(url, 303);
    } catch (error) {
      return goHome(context, "unreachable", error);
    }
  },
});

/** Every failure (flow, tokens, no account, disabled) ends on the same page. */
const finish = serve(sessionCalls.fromProvider, {
  summary: "Return from the identity provider",
  audience: "public",
  audit: { none: "the sign-in writes its own line" },
  handle: async (context) => {
    const oidc = providerOf(context);
    const given = flowCookie.read(context.config, context.request);
    // Single use: cleared whatever the outcome.
    if (given !== null) flowCookie.clear(context.config, context.reply);
    const flow = readFlow(given);
    if (!flow) return goHome(context, "refused");
    let token: string | null;
    try {
      const returnedTo = new URL(addressOf(context, context.request.url));
      const person = await finishOidc(oidc, returnedTo, flow);
      const { device } = callerOf(context);
      token = await signInByProvider(context.db, person, { before: flow.before, device });
    } catch (error) {
      return goHome(context, "refused", error);
    }
    if (token === null) return goHome(context, "refused");
    await handOver(context, token);
    return context.reply.redirect("/", 303);
  },
});

export const providerRoutes: readonly Route[] = [begin, finish];

function providerOf({ config }: RequestContext): OidcConfig {
  if (config.oidc) return config.oidc;
  throw new Problem(404, "Not found", "No identity provider is set up here.");
}

/** The host was checked before any route (server/app/app.ts). */
function addressOf({ config, request }: RequestContext, path: string): string {
  return `${config.secure ? "https" : "http"}://${request.host}${path}`;
}

/** The reason is logged only; the user just reads that it failed. */
function goHome(context: RequestContext, why: "refused" | "unreachable", error?: unknown) {
  if (error !== undefined) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    context.request.log.warn({ code }, `sign-in by the provider: ${String(message)}`);
  }
  return context.reply.redirect(`/?sign-in=${why}`, 303);
}
