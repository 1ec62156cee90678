import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Actor } from "#core/role.ts";
import { freshProofType } from "#core/text/problem-types.ts";
import { type AuditedAct, auditedAct, unauditedAct } from "#server/accounts/audit/audited.ts";
import {
  identify,
  refuseForeignPage,
  refuseUnlessAllowed,
  sessionOf,
} from "#server/accounts/guard.ts";
import type { Services } from "#server/acts/services.ts";
import { markRefused } from "#server/http/limits.ts";
import type { Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const nobody: Actor = { person: "nobody", role: "nobody", partner: null };
const smallBody = 64 * 1024;

export function registerRoute(app: FastifyInstance, services: Services, route: Route): void {
  app.route({
    method: route.method,
    url: route.url,
    bodyLimit: route.bodyLimit ?? smallBody,
    // Before the body: a refused request's body is never read, however long.
    onRequest: async (request, reply) => {
      reply.header("cache-control", "no-store");
      const session = await identify(services, request, route);
      try {
        refuseUnlessAllowed(route, session);
        refuseForeignPage(request, session);
      } catch (error) {
        await noteRefusal(services, route, session?.actor ?? nobody, error);
        throw error;
      }
    },
    handler: async (request, reply) => {
      const actor = sessionOf(request)?.actor ?? nobody;
      const act = actOf(services, route, actor);
      try {
        const input = {
          params: parse(route.params, request.params, "address"),
          query: parse(route.query, request.query, "query"),
          body: parse(route.body, request.body, "body"),
        };
        const value = await route.handle(
          {
            ...services,
            ...act.notes,
            refuse: (detail) => {
              markRefused(request);
              act.notes.refuse(detail);
            },
            db: act.db,
            actor,
            request,
            reply,
            signal: abortWith(request, reply),
          },
          input,
        );
        await act.done();
        // JSON serialised once for all callers.
        if (route.replySchema && Buffer.isBuffer(value))
          reply.type("application/json; charset=utf-8");
        return reply.sent || value === undefined ? reply : value;
      } catch (error) {
        await act.failed(error);
        throw error;
      }
    },
  });
}

/** Strangers' calls go to the server log: the chain needs a person. */
function actOf({ db }: Services, { audit }: Route, actor: Actor): AuditedAct {
  if ("none" in audit || actor.role === "nobody") return unauditedAct(db);
  return auditedAct(db, actor, audit);
}

/** Not for a locked screen, which polls by itself, nor for a missing proof of presence. */
async function noteRefusal(
  services: Services,
  route: Route,
  actor: Actor,
  error: unknown,
): Promise<void> {
  if (error instanceof Problem && (error.status === 423 || error.type === freshProofType)) return;
  await actOf(services, route, actor).failed(error);
}

function parse(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  throw new Problem(
    400,
    "Request not valid",
    `The ${where} of the request is not valid.`,
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
