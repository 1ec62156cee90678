import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import files from "@fastify/static";
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import type { Services } from "#server/context.ts";
import { describeRoutes } from "#server/http/openapi.ts";
import { sendProblems } from "#server/http/problems.ts";
import { registerRoute } from "#server/http/register.ts";
import type { Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";
import { allRoutes } from "#server/routes/routes.ts";

const built = fileURLToPath(new URL("../dist/client/", import.meta.url));

export interface AppOptions {
  readonly routes?: readonly Route[];
  /** Where structured log lines go; nothing is logged when absent. */
  readonly log?: (line: string) => void;
}

/** The whole HTTP side, without listening: tests call it in process. */
export async function createApp(
  services: Services,
  options: AppOptions = {},
): Promise<FastifyInstance> {
  const routes = options.routes ?? allRoutes;
  const app = Fastify({
    logger: options.log
      ? { level: "warn", stream: { write: options.log }, serializers: { req: () => ({}) } }
      : false,
    forceCloseConnections: true,
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      reply.code(400).type("application/problem+json").send(unreadableAddress);
    },
  });
  refuseOtherNames(app);
  await app.register(helmet, { contentSecurityPolicy: { directives: contentPolicy } });
  await app.register(cookie);
  await app.register(compress, { global: true, threshold: 1024 });
  leaveUploadsUnparsed(app);
  sendProblems(app);
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/api/openapi.json", async () => describeRoutes(routes));
  for (const route of routes) registerRoute(app, services, route);
  if (existsSync(built)) await app.register(files, { root: built, wildcard: false });
  return app;
}

const unreadableAddress = {
  type: "about:blank",
  title: "Not understood",
  status: 400,
  detail: "The address could not be read.",
};

const ownNames = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * A page of another site can point its own name at this machine and then calls itself the same
 * origin (DNS rebinding): only this machine's names are answered.
 */
function refuseOtherNames(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    const name = (request.headers.host ?? "").replace(/:\d+$/, "");
    if (!ownNames.has(name)) {
      throw new Problem(
        421,
        "Not this address",
        "Open Boxster by the address that its start prints.",
      );
    }
  });
}

/** Own origin only; MapLibre's worker is a file of ours, its tiles and glyphs are data of ours. */
const contentPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  workerSrc: ["'self'", "blob:"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", "data:", "blob:"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
};

/** Files stream through `request.raw`; a route reads them as they come. */
function leaveUploadsUnparsed(app: FastifyInstance): void {
  app.addContentTypeParser(["application/octet-stream", "text/csv"], (_request, payload, done) =>
    done(null, payload),
  );
}
