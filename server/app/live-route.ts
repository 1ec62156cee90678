import { z } from "zod";
import { call } from "#core/contract/call.ts";
import type { Role } from "#core/role.ts";
import { sessionOf } from "#server/accounts/guard.ts";
import { type Route, serve } from "#server/http/route.ts";
import { createListener } from "#server/live/listener.ts";
import { follow, liveHub } from "#server/live/live.ts";
import { Problem } from "#server/problem.ts";
import { partnerOf } from "#server/protected-time/partners.ts";

/** Long-lived stream: names the topic to reload, by the topic's own route. */
const asked = call("GET /api/live", {
  query: z.strictObject({ since: z.coerce.number().int().min(0).optional() }),
});

const live = serve(asked, {
  summary: "Server-sent events: which of the caller's topics have changed, without content",
  audience: ["sergeant", "analyst", "partner", "coordinator", "auditor", "warden"],
  audit: { none: "it only says that something changed; reading it is logged" },
  handle: async (context, { query }) => {
    const { request, reply, actor, db } = context;
    const hub = await liveHub(context);
    // 204 stops the browser's automatic reconnection: the page polls once a minute instead.
    if (!hub.hears) return reply.code(204).send();
    const session = sessionOf(request);
    if (!session) throw new Problem(401, "Not signed in", "Sign in first.");
    const partner =
      actor.role === "partner" ? await db.transaction(actor, (tx) => partnerOf(tx, actor)) : null;
    const listener = createListener({
      sessionId: session.id,
      role: actor.role as Role,
      partner: actor.partner,
      partnerId: partner?.id ?? null,
    });
    reply.raw.on("close", () => {
      hub.remove(listener);
      listener.stream.destroy();
    });
    const lastId = Number(request.headers["last-event-id"]);
    const since = Number.isSafeInteger(lastId) && lastId > 0 ? lastId : query.since;
    await follow(hub, listener, since ?? null);
    return (
      reply
        .header("cache-control", "no-store, no-transform")
        // A buffering proxy would hold events back.
        .header("x-accel-buffering", "no")
        .type("text/event-stream; charset=utf-8")
        .send(listener.stream)
    );
  },
});

export const liveRoutes: readonly Route[] = [live];
