import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { listenFault } from "#server/cli/before-start.mjs";
import { CommandError } from "#server/cli/command.ts";
import { metricsType } from "#server/http/metrics-text.ts";

/** Only `GET /metrics`, on a port of its own that no proxy exposes. */
export async function serveMetrics(
  { host, port }: { readonly host: string; readonly port: number },
  metrics: () => Promise<string>,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const patience = { requestTimeout: 10_000, headersTimeout: 5_000 };
  const server = createServer(patience, ({ url, method }, reply) => {
    const answer = (status: number, body: string) => {
      reply.writeHead(status, { "content-type": metricsType, "cache-control": "no-store" });
      reply.end(method === "HEAD" ? "" : body);
    };
    if (url !== "/metrics") answer(404, "Only /metrics is here.\n");
    else if (method !== "GET" && method !== "HEAD") answer(405, "Only GET.\n");
    else
      metrics().then(
        (body) => answer(200, body),
        () => answer(500, "The metrics could not be read.\n"),
      );
  });
  server.maxConnections = 20;
  try {
    await once(server.listen(port, host), "listening");
  } catch (error) {
    const why = listenFault((error as NodeJS.ErrnoException).code, host, port)
      .replace(/\bHOST\b/, "BOXSTER_METRICS_HOST")
      .replace(/\bPORT\b/, "BOXSTER_METRICS_PORT");
    throw new CommandError(why, { cause: error });
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
