import type { ServerOptions } from "node:http";
import type { ServerOptions as HttpsOptions } from "node:https";
import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import { createCallers, sharedCount } from "#server/accounts/call-limits.ts";
import { browserOf } from "#server/accounts/known-browser.ts";
import type { Services } from "#server/acts/services.ts";
import { secureContext } from "#server/app/exposure.ts";
import { registerRoute } from "#server/app/register.ts";
import { allRoutes } from "#server/app/routes.ts";
import {
  type Room,
  refuseUnread,
  stopGracefully,
  usualRoom,
  watchConnections,
} from "#server/http/connections.ts";
import { answerHealth } from "#server/http/health.ts";
import { takeTurns } from "#server/http/large-answers.ts";
import { type Limits, limitCalls, usualLimits } from "#server/http/limits.ts";
import { answerOneAtATime } from "#server/http/one-at-a-time.ts";
import { describeRoutes } from "#server/http/openapi.ts";
import { answerOwnAddressOnly } from "#server/http/own-address.ts";
import { servePage } from "#server/http/page-files.ts";
import { sendProblems, sendUnreadableAddress } from "#server/http/problems.ts";
import type { RequestCounts } from "#server/http/request-counts.ts";
import { loggerOptions, logRequests } from "#server/http/request-log.ts";
import type { Route } from "#server/http/route.ts";
import { sendSecurityHeaders } from "#server/http/security-headers.ts";
import {
  httpOptions,
  type Patience,
  refuseSlowCallers,
  slowCallerOptions,
  usualPatience,
} from "#server/http/slow-callers.ts";
import { sendInSlices } from "#server/http/whole-answers.ts";
import { endLive } from "#server/live/live.ts";
import { servePublicPage } from "#server/releases/public-page.ts";

export interface AppOptions {
  readonly routes?: readonly Route[];
  /** Where structured log lines go; nothing is logged when absent. */
  readonly log?: (line: string) => void;
  readonly limits?: Partial<Limits>;
  readonly patience?: Patience;
  readonly room?: Partial<Room>;
  /** Absent: no counting. */
  readonly counts?: RequestCounts;
}

/** The whole HTTP side, without listening: tests call it in process. */
export async function createApp(
  services: Services,
  options: AppOptions = {},
): Promise<FastifyInstance> {
  const { config, asAt } = services;
  const { routes = allRoutes, patience = usualPatience } = options;
  const app = Fastify({
    ...loggerOptions(options.log),
    ...slowCallerOptions,
    ...serverOptions(services, patience),
    return503OnClosing: false,
    trustProxy: config.proxy.length > 0 ? [...config.proxy] : false,
    frameworkErrors: sendUnreadableAddress,
  });
  const callers = createCallers(config, () => asAt.demo);
  // In the order in which a request passes through them.
  await sendSecurityHeaders(app, config.secure);
  logRequests(app, callers);
  options.counts?.watch(app, routes);
  answerOwnAddressOnly(app, config);
  const room = { ...usualRoom, ...options.room };
  const connections = watchConnections(app, room, config.proxy.length > 0, patience);
  stopGracefully(app, connections);
  refuseUnread(app, connections);
  answerOneAtATime(app.server);
  await app.register(cookie);
  const limits = { ...usualLimits, ...options.limits };
  await limitCalls(app, routes, callers, {
    limits,
    sharedCount: sharedCount(services),
    browserOf: (request) => browserOf(config, request),
  });
  refuseSlowCallers(app, routes, patience);
  sendInSlices(app);
  takeTurns(app, callers, room.largeAnswers);
  // Before the compression of streams: its files are compressed by the build, or served as they
  // are.
  await servePage(app);
  // Replies only: a compressed request could expand to any size. Gzip, for its encoder's small
  // memory.
  await app.register(compress, {
    global: true,
    globalDecompression: false,
    threshold: 1024,
    encodings: ["gzip"],
  });
  // Uploads are streamed from `request.raw`.
  app.addContentTypeParser(["application/octet-stream", "text/csv"], (_request, payload, done) =>
    done(null, payload),
  );
  sendProblems(app);
  answerHealth(app, services, config.databaseUrl === null ? config.dataFolder : null);
  app.get("/api/openapi.json", async () => describeRoutes(routes));
  for (const route of routes) registerRoute(app, services, route);
  await servePublicPage(app, services);
  app.addHook("preClose", () => endLive(services));
  return app;
}

function serverOptions({ config }: Services, patience: Patience): { readonly http: ServerOptions } {
  const http = httpOptions(patience);
  if (config.tls === null) return { http };
  const https: HttpsOptions = {
    ...http,
    handshakeTimeout: patience.handshakeMs,
    ...secureContext(config.tls),
  };
  // Typed as plain http: the app's users need no difference.
  return { https } as unknown as { http: ServerOptions };
}
