import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer, loadConfigFromFile, type ProxyOptions } from "vite";
import { expect, test } from "vitest";

/**
 * The server answers a page of its own address alone (`server/http/own-address.ts`, `refuseForeignPage`), so the Host
 * that the browser sends has to reach it unchanged: otherwise nobody can sign in under `npm run dev`.
 */
test("npm run dev hands the interface the Host that the browser sent, and serves the page with hot reload", async () => {
  const api = createHttpServer((request, response) => {
    response.end(JSON.stringify({ host: request.headers.host, url: request.url }));
  });
  await new Promise<void>((done) => {
    api.listen(0, "127.0.0.1", done);
  });
  const { port } = api.address() as AddressInfo;
  const loaded = await loadConfigFromFile({ command: "serve", mode: "development" });
  const proxy = loaded?.config.server?.proxy?.["/api"] as ProxyOptions;
  expect(proxy).toMatchObject({ target: "http://127.0.0.1:4173" });
  const dev = await createServer({
    configFile: "vite.config.ts",
    logLevel: "silent",
    optimizeDeps: { noDiscovery: true, include: [] },
    server: {
      host: "127.0.0.1",
      port: 0,
      proxy: { "/api": { ...proxy, target: `http://127.0.0.1:${port}` } },
    },
  });
  try {
    await dev.listen();
    const address = dev.httpServer?.address() as AddressInfo;
    const own = `127.0.0.1:${address.port}`;
    const answer = await fetch(`http://${own}/api/session`);
    expect(await answer.json()).toEqual({ host: own, url: "/api/session" });
    const page = await (await fetch(`http://${own}/`)).text();
    expect(page).toContain("/@vite/client");
  } finally {
    await dev.close();
    api.close();
  }
});
