import { createServer, type Server } from "node:http";
import { listenFault } from "#server/cli/before-start.mjs";
import { CommandError } from "#server/cli/command.ts";
import { metricsType } from "#server/http/metrics-text.ts";

export interface MetricsServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Only `GET /metrics`, on a port of its own that no proxy exposes. */
export async function serveMetrics(
  at: { readonly host: string; readonly port: number },
  metrics: () => Promise<string>,
): Promise<MetricsServer> {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000 },
    (request, reply) => {
      const answer = (status: number, body: string) => {
        reply.writeHead(status, { "content-type": metricsType, "cache-control": "no-store" });
        reply.end(request.method === "HEAD" ? "" : body);
      };
      if (request.url !== "/metrics") answer(404, "Only /metrics is here.\n");
      else if (request.method !== "GET" && request.method !== "HEAD") answer(405, "Only GET.\n");
      else
        metrics().then(
          (body) => answer(200, body),
          () => answer(500, "The metrics could not be read.\n"),
        );
    },
  );
  server.maxConnections = 20;
  return { port: await listen(server, at), close: () => close(server) };
}

function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", ({ code }: NodeJS.ErrnoException) => {
      const why = listenFault(code, host, port)
        .replace(/\bHOST\b/, "BOXSTER_METRICS_HOST")
        .replace(/\bPORT\b/, "BOXSTER_METRICS_PORT");
      reject(new CommandError(why));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
