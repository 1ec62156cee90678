import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createHistogram, type Histogram, type Metric } from "#server/http/metrics-text.ts";
import { ofOutreachWorkers } from "#server/http/request-log.ts";

/** Seconds: the targets of the screens lie between. */
const bounds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

export interface RequestCounts {
  readonly watch: (app: FastifyInstance) => void;
  readonly metrics: () => readonly Metric[];
}

/**
 * Counts requests by route as it is written in the code, so no id, no place and no search term of an
 * address is told, and by the class of their status. Files of the page are one route, `page`, and what no
 * route answers is `none`. Calls of outreach workers are one route without a method: nobody who watches the
 * server is to see when one of them saves a session.
 */
export function createRequestCounts(): RequestCounts {
  const counts = new Map<string, { labels: Readonly<Record<string, string>>; value: number }>();
  const seconds = new Map<string, Histogram>();
  const count = (request: FastifyRequest, reply: FastifyReply) => {
    const route = routeLabel(request.routeOptions.url);
    const labels = {
      method: route === "outreach" ? "any" : methodLabel(request.method),
      route,
      status: `${Math.floor(reply.statusCode / 100)}xx`,
    };
    const key = Object.values(labels).join(" ");
    const known = counts.get(key) ?? { labels, value: 0 };
    known.value += 1;
    counts.set(key, known);
    // An open screen's stream ends when the screen is closed, which says nothing of the server.
    if (String(reply.getHeader("content-type") ?? "").startsWith("text/event-stream")) return;
    const histogram = seconds.get(route) ?? createHistogram(bounds);
    histogram.observe(reply.elapsedTime / 1000);
    seconds.set(route, histogram);
  };
  const metrics = (): readonly Metric[] => [
    {
      name: "boxster_http_requests_total",
      help: "Requests answered, by method, route and class of status.",
      type: "counter",
      samples: [...counts.values()].map(({ labels, value }) => ({ labels, value })),
    },
    {
      name: "boxster_http_request_seconds",
      help: "Seconds from a request to the end of its answer, without the streams of open screens.",
      type: "histogram",
      samples: [...seconds].flatMap(([route, histogram]) => histogram.samples({ route })),
    },
  ];
  return {
    watch: (app) => {
      app.addHook("onResponse", async (request, reply) => count(request, reply));
    },
    metrics,
  };
}

function methodLabel(method: string): string {
  return methods.includes(method) ? method : "other";
}

function routeLabel(url: string | undefined): string {
  if (url === undefined) return "none";
  if (ofOutreachWorkers.test(url)) return "outreach";
  return url.startsWith("/api/") || url === "/healthz" || url === "/readyz" ? url : "page";
}
