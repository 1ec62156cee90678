import type { Page, TestBrowser, Visit, VisitOptions } from "#tests/browser/driver.ts";
import { requestsOf } from "#tests/component/light/asks.ts";
import { type Network, openNetwork } from "#tests/component/light/network.ts";
import { openPage } from "#tests/component/light/page.tsx";
import { pollWithPatience } from "#tests/component/light/patience.ts";

export type { Locator, Page, TestBrowser, Visit, VisitOptions } from "#tests/browser/driver.ts";

/** Of all files of a process. */
let last: Visit | null = null;

/**
 * The page without a browser: the whole of its code over the real server, in a document that is not drawn. By the words
 * of the browser's driver, so that a test says the same in both; what is measured, printed or drawn is a browser's, and
 * asking for it fails. One visitor at a time, whom the next one sends home.
 */
export async function openPages(): Promise<TestBrowser> {
  const mine = new Set<Visit>();
  const stopPolling = pollWithPatience();
  return {
    visit: async (options) => {
      await last?.close();
      const visit = await enter(options);
      mine.add(visit);
      last = visit;
      return visit;
    },
    openFile: () => Promise.reject(new Error("A file is opened in a browser")),
    close: async () => {
      for (const visit of mine) await visit.close();
      stopPolling();
    },
  };
}

/** Somebody else, who asks the server beside whoever has the page open, without a page of their own. */
export async function askAs(options: VisitOptions): Promise<Page["request"]> {
  const network = openNetwork(options.server);
  await signIn(network, options);
  return requestsOf(network, options.server) as unknown as Page["request"];
}

async function enter(options: VisitOptions): Promise<Visit> {
  const { page, network, problems, begin, close } = await openPage(options);
  await signIn(network, options);
  await begin();
  let isOver = false;
  return {
    page: onlyWhatThereIs(page),
    problems,
    close: async () => {
      if (isOver) return;
      isOver = true;
      await close();
    },
  };
}

async function signIn(network: Network, { server, role, partner }: VisitOptions): Promise<void> {
  if (!role) return;
  const reply = await network.ask(new URL("/api/session", server), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role, ...(partner ? { partner } : {}) }),
  });
  if (!reply.ok) throw new Error(`Sign-in as ${role} failed: ${await reply.text()}`);
}

/** Of a browser's page what works without one; the rest says so. */
function onlyWhatThereIs(page: object): Page {
  const known = new Proxy(page, {
    get: (target, name) => {
      if (name === "then" || name in target) return Reflect.get(target, name);
      throw new Error(`page.${String(name)} needs a browser: the test belongs into tests/browser`);
    },
  });
  return known as Page;
}
