import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  createHistogram,
  type Histogram,
  type Metric,
  type Sample,
} from "#server/http/metrics-text.ts";
import type { Route } from "#server/http/route.ts";

/** Seconds; chosen around the screens' targets. */
const bounds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];
const dayMs = 86_400_000;

export interface RequestCounts {
  readonly watch: (app: FastifyInstance, routes: readonly CountedRoute[]) => void;
  readonly metrics: () => readonly Metric[];
}

type CountedRoute = Pick<Route, "method" | "url" | "audience">;

/**
 * Counts requests by route pattern, so that no id, place or search term is exposed, and by status
 * class. Everything partners may call, the page, signing in and unmatched routes count as one
 * route, `shared`, given in whole days only: monitoring must not reveal when a partner acts, nor
 * that someone outside the police came.
 */
export function createRequestCounts(now: () => number = Date.now): RequestCounts {
  const own = createTally();
  const shared = createTally();
  let ofPolice: ReadonlySet<string> = new Set(watchedHealth);
  let day = Math.floor(now() / dayMs);
  let told = shared.samples();
  const turnDay = () => {
    const today = Math.floor(now() / dayMs);
    if (today !== day) told = shared.samples();
    day = today;
  };
  const count = ({ method, routeOptions }: FastifyRequest, reply: FastifyReply) => {
    turnDay();
    const route = routeOptions.url ?? "";
    const isOwn = ofPolice.has(`${method === "HEAD" ? "GET" : method} ${route}`);
    const tally = isOwn ? own : shared;
    tally.count(isOwn ? { method, route } : { method: "any", route: "shared" }, reply);
  };
  const metrics = (): readonly Metric[] => {
    turnDay();
    const now = own.samples();
    return [
      {
        name: "boxster_http_requests_total",
        help: "Requests answered, by method, route and class of status; shared routes up to the last midnight (UTC).",
        type: "counter",
        samples: [...now.requests, ...told.requests],
      },
      {
        name: "boxster_http_request_seconds",
        help: "Seconds from a request to the end of its answer, without the streams of open screens; shared routes up to the last midnight (UTC).",
        type: "histogram",
        samples: [...now.seconds, ...told.seconds],
      },
    ];
  };
  return {
    watch: (app, routes) => {
      const own = routes.filter(
        ({ audience }) => typeof audience !== "string" && !audience.includes("partner"),
      );
      ofPolice = new Set([...watchedHealth, ...own.map(({ method, url }) => `${method} ${url}`)]);
      app.addHook("onResponse", async (request, reply) => count(request, reply));
    },
    metrics,
  };
}

const watchedHealth = ["GET /healthz", "GET /readyz"];

function createTally() {
  const counts = new Map<string, { labels: Readonly<Record<string, string>>; value: number }>();
  const seconds = new Map<string, Histogram>();
  return {
    count: (called: { method: string; route: string }, reply: FastifyReply) => {
      const labels = { ...called, status: `${Math.floor(reply.statusCode / 100)}xx` };
      const key = Object.values(labels).join(" ");
      const known = counts.get(key) ?? { labels, value: 0 };
      known.value += 1;
      counts.set(key, known);
      // A stream's duration is that of an open screen and says nothing about the server.
      if (String(reply.getHeader("content-type") ?? "").startsWith("text/event-stream")) return;
      const histogram = seconds.get(called.route) ?? createHistogram(bounds);
      histogram.observe(reply.elapsedTime / 1000);
      seconds.set(called.route, histogram);
    },
    samples: (): { readonly requests: readonly Sample[]; readonly seconds: readonly Sample[] } => ({
      requests: [...counts.values()].map(({ labels, value }) => ({ labels, value })),
      seconds: [...seconds].flatMap(([route, histogram]) => histogram.samples({ route })),
    }),
  };
}
