import { afterAll, beforeAll } from "vitest";
import type { TestBrowser, Visit, VisitOptions } from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

/** Whose visitors come to the demonstration where they name no other server. */
export interface DemoBrowser extends TestBrowser {
  readonly visit: (options?: Omit<VisitOptions, "server"> & { server?: string }) => Promise<Visit>;
}

/** A demonstration and a browser for the tests of a file, which end with it. */
export function demoWith(
  open: () => Promise<TestBrowser>,
  ...given: Parameters<typeof startDemoServer>
): { readonly server: DemoServer; readonly browser: DemoBrowser } {
  let opened: { readonly server: DemoServer; readonly browser: TestBrowser } | null = null;
  const now = () => {
    if (!opened) throw new Error("The demonstration is open inside tests only");
    return opened;
  };
  beforeAll(async () => {
    const [server, browser] = await Promise.all([startDemoServer(...given), open()]);
    opened = { server, browser };
  });
  const close = async () => {
    await opened?.browser.close();
    await opened?.server.close();
  };
  afterAll(close);
  return {
    server: {
      get url() {
        return now().server.url;
      },
      get services() {
        return now().server.services;
      },
      close,
    },
    browser: {
      visit: (options = {}) => now().browser.visit({ server: now().server.url, ...options }),
      openFile: (path) => now().browser.openFile(path),
      close,
    },
  };
}
