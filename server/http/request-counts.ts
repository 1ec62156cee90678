import type { FastifyInstance, FastifyReply } from "fastify";
import type { Metric, Sample } from "#server/http/metrics-text.ts";
import type { Route } from "#server/http/route.ts";

/** Seconds; chosen around the screens' targets. */
const bounds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];
const dayMs = 86_400_000;
const watchedHealth = ["GET /healthz", "GET /readyz"];

export type RequestCounts = ReturnType<typeof createRequestCounts>;

/**
 * Counts requests by route pattern, so that no id, place or search term is exposed, and by status
 * class. Everything partners may call, the page, signing in and unmatched routes count as one
 * route, `shared`, given in whole days only: monitoring must not reveal when a partner acts, nor
 * that someone outside the police came.
 */
export function createRequestCounts(now: () => number = Date.now) {
  const own = createCounts();
  const shared = createCounts();
  let day = Math.floor(now() / dayMs);
  let told = shared.samples();
  const turnDay = () => {
    const today = Math.floor(now() / dayMs);
    if (today !== day) told = shared.samples();
    day = today;
  };
  return {
    watch: (
      app: FastifyInstance,
      routes: readonly Pick<Route, "method" | "url" | "audience">[],
    ) => {
      const ofPolice = new Set(watchedHealth);
      for (const { method, url, audience } of routes) {
        if (typeof audience !== "string" && !audience.includes("partner")) {
          ofPolice.add(`${method} ${url}`);
        }
      }
      app.addHook("onResponse", async ({ method, routeOptions }, reply) => {
        turnDay();
        const route = routeOptions.url ?? "";
        if (ofPolice.has(`${method === "HEAD" ? "GET" : method} ${route}`)) {
          own.add(method, route, reply);
        } else {
          shared.add("any", "shared", reply);
        }
      });
    },
    metrics: (): readonly Metric[] => {
      turnDay();
      const { requests, seconds } = own.samples();
      return [
        {
          name: "boxster_http_requests_total",
          help: "Requests answered, by method, route and class of status; shared routes up to the last midnight (UTC).",
          type: "counter",
          samples: [...requests, ...told.requests],
        },
        {
          name: "boxster_http_request_seconds",
          help: "Seconds from a request to the end of its answer, without the streams of open screens; shared routes up to the last midnight (UTC).",
          type: "histogram",
          samples: [...seconds, ...told.seconds],
        },
      ];
    },
  };
}

function createCounts() {
  const requests = new Map<string, { labels: Record<string, string>; value: number }>();
  const timings = new Map<string, ReturnType<typeof createTiming>>();
  return {
    add: (method: string, route: string, reply: FastifyReply) => {
      const status = `${Math.floor(reply.statusCode / 100)}xx`;
      const key = `${method} ${route} ${status}`;
      const count = requests.get(key) ?? { labels: { method, route, status }, value: 0 };
      count.value += 1;
      requests.set(key, count);
      // A stream's duration is that of an open screen and says nothing about the server.
      if (String(reply.getHeader("content-type") ?? "").startsWith("text/event-stream")) return;
      const timing = timings.get(route) ?? createTiming(route);
      timing.add(reply.elapsedTime / 1000);
      timings.set(route, timing);
    },
    samples: (): { readonly requests: readonly Sample[]; readonly seconds: readonly Sample[] } => ({
      requests: [...requests.values()].map((count) => ({ ...count })),
      seconds: [...timings.values()].flatMap((timing) => timing.samples()),
    }),
  };
}

/** A histogram: each bucket counts what is at or below its bound. */
function createTiming(route: string) {
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map((bound) => ({ bound, count: 0 }));
  let sum = 0;
  return {
    add: (seconds: number) => {
      sum += seconds;
      for (const bucket of buckets) if (seconds <= bucket.bound) bucket.count += 1;
    },
    samples: (): Sample[] => [
      ...buckets.map(({ bound, count }) => ({
        suffix: "_bucket",
        labels: { route, le: Number.isFinite(bound) ? String(bound) : "+Inf" },
        value: count,
      })),
      { suffix: "_sum", labels: { route }, value: sum },
      { suffix: "_count", labels: { route }, value: buckets.at(-1)?.count ?? 0 },
    ],
  };
}
