import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "vite";
import { expect, test, vi } from "vitest";

/**
 * The server answers a page of its own address alone (`server/http/own-address.ts`, `refuseForeignPage`), so the Host
 * that the browser sends has to reach it unchanged: otherwise nobody can sign in under `npm run dev`.
 */
test("npm run dev hands on the interface with the browser's Host, and serves the sources of the page, those in client/api too", async () => {
  const api = createHttpServer((request, response) => {
    response.end(JSON.stringify({ host: request.headers.host, url: request.url }));
  });
  await new Promise<void>((done) => {
    api.listen(0, "127.0.0.1", done);
  });
  vi.stubEnv("PORT", String((api.address() as AddressInfo).port));
  const dev = await createServer({
    configFile: "vite.config.ts",
    logLevel: "silent",
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { host: "127.0.0.1", port: 0 },
  });
  try {
    await dev.listen();
    const address = dev.httpServer?.address() as AddressInfo;
    const own = `127.0.0.1:${address.port}`;
    for (const url of ["/api/session", "/api/imports?fileName=words.ts"]) {
      expect(await (await fetch(`http://${own}${url}`)).json()).toEqual({ host: own, url });
    }
    for (const url of ["/api/fetch.ts", "/api/fetch.ts?t=1"]) {
      expect(await (await fetch(`http://${own}${url}`)).text()).toContain("export ");
    }
    expect(await (await fetch(`http://${own}/`)).text()).toContain("/@vite/client");
  } finally {
    await dev.close();
    api.close();
    vi.unstubAllEnvs();
  }
});
