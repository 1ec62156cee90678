/**
 * The service worker: keeps the page's shell on this device so that it opens offline. The shell is
 * the page and its initial code and styles, as listed by the build, and nothing else. `/api`
 * never passes through here.
 */

/** Filled in by the build (vite.config.ts). */
declare const __SHELL__: Shell;

interface Shell {
  /** Changes with any file of the page; the page carries it too. */
  readonly version: string;
  /** Paths with a content hash: never changed. */
  readonly lasting: readonly string[];
  /** Paths that are asked for again with each version. */
  readonly changing: readonly string[];
}

/* What TypeScript's library for pages leaves out of a worker of this kind. */
interface LastingEvent extends Event {
  readonly waitUntil: (work: Promise<unknown>) => void;
}
interface FetchEvent extends LastingEvent {
  readonly request: Request;
  readonly respondWith: (reply: Promise<Response>) => void;
}
type OpenPage = Record<"focus" | "navigate", (path?: string) => Promise<unknown>>;
type NotificationEvent = LastingEvent & { readonly notification: { readonly close: () => void } };
interface WorkerScope {
  addEventListener(
    kind: "install" | "activate" | "push",
    listener: (event: LastingEvent) => void,
  ): void;
  addEventListener(kind: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(kind: "notificationclick", listener: (event: NotificationEvent) => void): void;
  addEventListener(kind: "message", listener: (event: MessageEvent) => void): void;
  readonly skipWaiting: () => Promise<void>;
  readonly registration: Pick<ServiceWorkerRegistration, "showNotification">;
  readonly clients: {
    readonly claim: () => Promise<void>;
    readonly matchAll: (kind: { readonly type: "window" }) => Promise<readonly OpenPage[]>;
    readonly openWindow: (path: string) => Promise<unknown>;
  };
}

const worker = globalThis as unknown as WorkerScope;
const shell = __SHELL__;
const prefix = "shell ";
const own = `${prefix}${shell.version}`;
/** After this long on a dead connection, the kept page opens. */
const patienceMs = 3_000;

worker.addEventListener("install", (event) => event.waitUntil(keepShell()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("message", ({ data, ports }) => {
  if (data === "which") ports[0]?.postMessage(shell.version);
  if (data === "take over") void worker.skipWaiting();
});
// Messages are empty: whatever came, this and no more is shown.
worker.addEventListener("push", (event) => {
  const look = { tag: "plan", renotify: true, icon: "/icons/boxster-192.png" };
  event.waitUntil(worker.registration.showNotification("Check your plan", look));
});
worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openTonight());
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === "/") event.respondWith(freshOrKept(request, "/"));
    return;
  }
  if (shell.changing.includes(pathname)) event.respondWith(freshOrKept(request, pathname));
  else if (pathname.startsWith("/assets/")) event.respondWith(keptOrFetched(request, pathname));
});

async function openTonight(): Promise<void> {
  const [page] = await worker.clients.matchAll({ type: "window" });
  // Of an open page the fragment changes, and nothing is loaded anew.
  if (page) await Promise.all([page.focus(), page.navigate("/#/plan")]);
  else await worker.clients.openWindow("/#/plan");
}

/** All or nothing: a page of one version with code of another would not open. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(own);
  await Promise.all([
    ...shell.lasting.map((path) => cache.add(asked(path, "default"))),
    ...shell.changing.map((path) => cache.add(asked(path, "reload"))),
  ]);
  const page = await (await cache.match("/"))?.text();
  if (page?.includes(shell.version)) return;
  await caches.delete(own);
  throw new Error("The server has another version by now: it is kept the next time");
}

/** Without cookies: the same for everybody. */
function asked(path: string, cache: RequestCache): Request {
  return new Request(path, { cache, credentials: "omit" });
}

/** Keeps the previous version for pages still open with it; older ones go. */
async function takeOver(): Promise<void> {
  const kept = (await caches.keys()).filter((name) => name.startsWith(prefix));
  const old = kept.filter((name) => name !== own).slice(0, -1);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** Network first, so that a new version shows at once; the kept page on a failure or a timeout. */
async function freshOrKept(request: Request, path: string): Promise<Response> {
  const kept = await (await caches.open(own)).match(path);
  if (!kept) return fetch(request);
  const fresh = fetch(request).then(
    (reply) => (reply.status < 500 ? reply : kept),
    () => kept,
  );
  return Promise.race([
    fresh,
    new Promise<Response>((done) => setTimeout(() => done(kept), patienceMs)),
  ]);
}

async function keptOrFetched(request: Request, path: string): Promise<Response> {
  return (await caches.match(path)) ?? fetch(request);
}
