import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Actor } from "#core/model/role.ts";
import { type AuditedAct, auditedAct } from "#server/audit/audited.ts";
import { actorOfSession, sessionCookie } from "#server/auth/sessions.ts";
import type { Services } from "#server/context.ts";
import { noteCaller } from "#server/http/callers.ts";
import type { Audience, Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const nobody: Actor = { person: "nobody", role: "nobody", partner: null };
const smallBody = 64 * 1024;

/** Puts one route behind its audience, and its input behind its schemas. */
export function registerRoute(app: FastifyInstance, services: Services, route: Route): void {
  app.route({
    method: route.method,
    url: route.url,
    bodyLimit: route.bodyLimit ?? smallBody,
    handler: async (request, reply) => {
      const actor = await identify(services, request);
      noteCaller(request, actor);
      const act = actOf(services, route, actor);
      try {
        refuseUnlessAllowed(route.audience, actor);
        refuseForeignOrigin(request);
        const input = {
          params: parse(route.params, request.params, "address"),
          query: parse(route.query, request.query, "query"),
          body: parse(route.body, request.body, "body"),
        };
        reply.header("cache-control", "no-store");
        const value = await route.handle(
          {
            ...services,
            db: act.db,
            actor,
            addDetail: act.addDetail,
            request,
            reply,
            signal: abortWith(request, reply),
          },
          input,
        );
        await act.done();
        return reply.sent || value === undefined ? reply : value;
      } catch (error) {
        if (error instanceof Problem) await act.refused({ status: error.status });
        throw error;
      }
    },
  });
}

/** A stranger's calls are in the server's log: there is no person for the chain. */
function actOf({ db }: Services, { audit }: Route, actor: Actor): AuditedAct {
  if ("none" in audit || actor.role === "nobody") return unaudited(db);
  return auditedAct(db, actor, audit);
}

function unaudited(db: Services["db"]): AuditedAct {
  const nothing = async () => undefined;
  return { db, addDetail: () => undefined, done: nothing, refused: nothing };
}

async function identify(services: Services, request: FastifyRequest): Promise<Actor> {
  const token = request.cookies[sessionCookie];
  if (!token) return nobody;
  return (await actorOfSession(services.db, token, Date.now())) ?? nobody;
}

function refuseUnlessAllowed(audience: Audience, actor: Actor): void {
  if (audience === "public") return;
  if (actor.role === "nobody") {
    throw new Problem(401, "Not signed in", "Sign in first; your session may have ended.");
  }
  const allowed = audience === "signed-in" || audience.some((role) => role === actor.role);
  if (!allowed) {
    throw new Problem(403, "Not for this role", "Your role does not include this.");
  }
}

/** A page of another site must not act with this browser's cookie. */
function refuseForeignOrigin(request: FastifyRequest): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const { origin, host } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") {
    throw new Problem(403, "Foreign origin", "This request did not come from Boxster's own page.");
  }
  if (origin !== undefined && URL.parse(origin)?.host !== host) {
    throw new Problem(403, "Foreign origin", "This request did not come from Boxster's own page.");
  }
}

function parse(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  throw new Problem(
    400,
    "Not understood",
    `The ${where} of the request is not as described.`,
    result.error.issues.map((issue) => ({
      field: issue.path.map(String).join(".") || where,
      reason: issue.message,
    })),
  );
}

function abortWith(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.on("close", () => {
    if (!reply.raw.writableFinished) controller.abort(new Error("The caller went away"));
  });
  request.raw.on("error", () => controller.abort(new Error("The caller went away")));
  return controller.signal;
}
