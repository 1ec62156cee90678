import type { ServerOptions } from "node:http";
import type { ServerOptions as HttpsOptions } from "node:https";
import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import { createCallers } from "#server/accounts/callers.ts";
import { browserOf } from "#server/accounts/known-browser.ts";
import { accountSettingRoutes } from "#server/accounts/routes/account-settings.ts";
import { accountRoutes } from "#server/accounts/routes/accounts.ts";
import { auditRoutes } from "#server/accounts/routes/audit.ts";
import { deviceRoutes } from "#server/accounts/routes/devices.ts";
import { openingRoutes } from "#server/accounts/routes/openings.ts";
import { ownAccountRoutes } from "#server/accounts/routes/own-account.ts";
import { providerRoutes } from "#server/accounts/routes/provider.ts";
import { secondFactorRoutes } from "#server/accounts/routes/second-factor.ts";
import { secondFactorClearingRoutes } from "#server/accounts/routes/second-factor-clearings.ts";
import { secondStepRoutes } from "#server/accounts/routes/second-step.ts";
import { sessionRoutes } from "#server/accounts/routes/session.ts";
import type { Services } from "#server/acts/services.ts";
import { secureContext } from "#server/app/exposure.ts";
import { liveRoutes } from "#server/app/live-route.ts";
import { registerRoute } from "#server/app/register.ts";
import { alertRoutes } from "#server/displacement/routes/alerts.ts";
import { controlDayRoutes } from "#server/displacement/routes/control-days.ts";
import { displacementRoutes } from "#server/displacement/routes/displacement.ts";
import { operationRoutes } from "#server/displacement/routes/operations.ts";
import { hotspotRoutes } from "#server/hotspots/routes/hotspots.ts";
import { savedViewRoutes } from "#server/hotspots/routes/saved-views.ts";
import { type Room, usualRoom, watchConnections } from "#server/http/connections.ts";
import { answerHealth } from "#server/http/health.ts";
import { type Limits, limitCalls, usualLimits } from "#server/http/limits.ts";
import { describeRoutes } from "#server/http/openapi.ts";
import { answerOwnAddressOnly } from "#server/http/own-address.ts";
import { servePage } from "#server/http/page-files.ts";
import { sendProblems, sendUnreadableAddress } from "#server/http/problems.ts";
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
import { stopGracefully } from "#server/http/stop.ts";
import { endLive } from "#server/live/live.ts";
import { exchangeRoutes } from "#server/neighbours/routes/exchange.ts";
import { handoverRoutes } from "#server/neighbours/routes/handovers.ts";
import { outcomeRoutes } from "#server/outcomes/routes/outcomes.ts";
import { tallyRoutes } from "#server/outcomes/routes/tallies.ts";
import { debriefRoutes } from "#server/patrols/routes/debriefs.ts";
import { doseRoutes } from "#server/patrols/routes/dose.ts";
import { noticeRoutes } from "#server/patrols/routes/notices.ts";
import { planRoutes } from "#server/patrols/routes/plan.ts";
import { planBoardRoutes } from "#server/patrols/routes/plan-board.ts";
import { staffingRoutes } from "#server/patrols/routes/staffing.ts";
import { meetingRoutes } from "#server/place-plans/routes/meeting.ts";
import { placePlanRoutes } from "#server/place-plans/routes/place-plans.ts";
import { boundaryRoutes } from "#server/places/routes/boundaries.ts";
import { gazetteerRoutes } from "#server/places/routes/gazetteer.ts";
import { layerRoutes } from "#server/places/routes/layers.ts";
import { placesRoutes } from "#server/places/routes/places.ts";
import { coordinatorRoutes } from "#server/protected-time/routes/coordinator.ts";
import { keepClearRoutes } from "#server/protected-time/routes/keep-clear.ts";
import { outreachRoutes } from "#server/protected-time/routes/outreach.ts";
import { partnerRoutes } from "#server/protected-time/routes/partners.ts";
import { policeRoutes } from "#server/protected-time/routes/police.ts";
import { eventRoutes } from "#server/records/routes/events.ts";
import { importRoutes } from "#server/records/routes/import.ts";
import { importProfileRoutes } from "#server/records/routes/import-profiles.ts";
import { incidentRoutes } from "#server/records/routes/incidents.ts";
import { qualityRoutes } from "#server/records/routes/quality.ts";
import { bannerRoutes } from "#server/releases/routes/banners.ts";
import { releaseRoutes } from "#server/releases/routes/releases.ts";
import { publicReleaseRoutes } from "#server/releases/routes/releases-public.ts";
import { retentionRoutes } from "#server/upkeep/routes/retention.ts";

/** Every route there is; the OpenAPI document and the role tests read this list. */
export const allRoutes: readonly Route[] = [
  ...accountRoutes,
  ...accountSettingRoutes,
  ...alertRoutes,
  ...auditRoutes,
  ...boundaryRoutes,
  ...coordinatorRoutes,
  ...deviceRoutes,
  ...debriefRoutes,
  ...displacementRoutes,
  ...bannerRoutes,
  ...controlDayRoutes,
  ...doseRoutes,
  ...eventRoutes,
  ...exchangeRoutes,
  ...gazetteerRoutes,
  ...handoverRoutes,
  ...hotspotRoutes,
  ...importRoutes,
  ...importProfileRoutes,
  ...incidentRoutes,
  ...keepClearRoutes,
  ...noticeRoutes,
  ...layerRoutes,
  ...liveRoutes,
  ...meetingRoutes,
  ...openingRoutes,
  ...operationRoutes,
  ...outcomeRoutes,
  ...outreachRoutes,
  ...ownAccountRoutes,
  ...partnerRoutes,
  ...placePlanRoutes,
  ...placesRoutes,
  ...planRoutes,
  ...policeRoutes,
  ...planBoardRoutes,
  ...providerRoutes,
  ...publicReleaseRoutes,
  ...qualityRoutes,
  ...releaseRoutes,
  ...retentionRoutes,
  ...savedViewRoutes,
  ...secondFactorRoutes,
  ...secondFactorClearingRoutes,
  ...secondStepRoutes,
  ...sessionRoutes,
  ...staffingRoutes,
  ...tallyRoutes,
];

export interface AppOptions {
  readonly routes?: readonly Route[];
  /** Where structured log lines go; nothing is logged when absent. */
  readonly log?: (line: string) => void;
  readonly limits?: Partial<Limits>;
  readonly patience?: Patience;
  readonly room?: Partial<Room>;
}

/** The whole HTTP side, without listening: tests call it in process. */
export async function createApp(
  services: Services,
  options: AppOptions = {},
): Promise<FastifyInstance> {
  const { config, db, asAt } = services;
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
  // In the order in which a request meets them.
  await sendSecurityHeaders(app, config.secure);
  logRequests(app, callers);
  answerOwnAddressOnly(app, config);
  const room = { ...usualRoom, ...options.room };
  stopGracefully(app, watchConnections(app, room, config.proxy.length > 0));
  await app.register(cookie);
  const limits = { ...usualLimits, ...options.limits };
  await limitCalls(app, routes, callers, limits, (request) => browserOf(config, request));
  refuseSlowCallers(app, routes, patience);
  // Replies alone: what comes in compressed could be of any size inside.
  await app.register(compress, { global: true, globalDecompression: false, threshold: 1024 });
  leaveUploadsUnparsed(app);
  sendProblems(app);
  answerHealth(app, db, config.databaseUrl === null ? config.dataFolder : null);
  app.get("/api/openapi.json", async () => describeRoutes(routes));
  for (const route of routes) registerRoute(app, services, route);
  app.addHook("preClose", () => endLive(services));
  await servePage(app);
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
  // Passed off as plain http: whoever uses the app sees no difference.
  return { https } as unknown as { http: ServerOptions };
}

/** Files stream through `request.raw`; a route reads them as they come. */
function leaveUploadsUnparsed(app: FastifyInstance): void {
  app.addContentTypeParser(["application/octet-stream", "text/csv"], (_request, payload, done) =>
    done(null, payload),
  );
}
