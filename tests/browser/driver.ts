import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import {
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import type { Role } from "#core/role.ts";
import {
  browserFor,
  endBrowsers,
  type Kind,
  launchOf,
  startedBrowsers,
} from "#tests/browser/launch.ts";
import { lookOften } from "#tests/browser/look-often.ts";
import { slowDownClock } from "#tests/same/slow-clock.ts";

export type { Locator, Page } from "playwright-core";

/** This file, launch.ts and look-often.ts alone talk to Playwright. */
export interface TestBrowser {
  /**
   * A new visitor: no cookies, no storage. Where somebody has closed theirs, the page is signed out and in again, as on
   * a desk that many share, instead of loaded again, which costs a fifth.
   */
  readonly visit: (options: VisitOptions) => Promise<Visit>;
  /** A file from disk, on a machine without a network: whatever it asks for is a problem. */
  readonly openFile: (path: string) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

export interface VisitOptions {
  /** `http://127.0.0.1:1234` */
  readonly server: string;
  /** Signed in before the page opens; absent: a stranger. */
  readonly role?: Role;
  readonly partner?: "a" | "b" | "c";
  /** `#/hotspots?...` */
  readonly fragment?: string;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  /** A touch screen: larger targets. */
  readonly touch?: boolean;
  /** In a browser that draws maps, which takes long in software; otherwise as on a machine that cannot. */
  readonly map?: boolean | undefined;
  /** In the whole browser, as people print with: the other one breaks lines of paper elsewhere. */
  readonly paper?: boolean;
  /** Loaded again in any case: where the test is about that, about going back, or changes the browser. */
  readonly fresh?: boolean;
  /** False: no script runs in it, and it is always loaded again. */
  readonly script?: false;
  /** What the browser likes to read; British English if absent. Goes with `fresh`. */
  readonly locale?: string;
  /** As on a person's own device, which keeps the shell of the page: always loaded again, and `page.route` sees less. */
  readonly app?: boolean;
}

export interface Visit {
  readonly page: Page;
  /** Faults on the console, uncaught errors, requests to other origins. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

/** Its visitors are closed by whoever asked for it; the browser behind it is one for all files of a process. */
export async function openBrowser(): Promise<TestBrowser> {
  const open = new Set<() => Promise<unknown>>();
  const newContext = async (kind: Kind, options: BrowserContextOptions) => {
    const context = await (await browserFor(kind)).newContext(options);
    const clock = process.env["BOXSTER_CLOCK"];
    if (clock) await context.addInitScript(slowDownClock, JSON.parse(clock));
    return context;
  };
  const visit = async (options: VisitOptions): Promise<Visit> => {
    const { server, touch, map, paper } = options;
    const fresh = options.fresh || options.app || options.script === false;
    const kind = map ? "drawing" : paper ? "whole" : "plain";
    const key = JSON.stringify([server, touch ?? false, kind]);
    const rested = fresh ? undefined : resting.get(key)?.pop();
    const opened = rested ?? (await openPage(await newContext(kind, contextOf(options)), options));
    const { page, rest } = opened;
    const close = async () => {
      open.delete(close);
      if (fresh || !(await canRest(page))) return page.context().close();
      await rest();
      resting.set(key, [...(resting.get(key) ?? []), opened]);
    };
    open.add(close);
    const problems = rested ? await visitAgain(rested, options) : opened.first;
    return { page, problems, close };
  };
  return {
    visit,
    openFile: async (path) => {
      const options = { offline: true, colorScheme: "light", locale: "en-GB" } as const;
      const opened = await openFile(await newContext("plain", options), path);
      open.add(opened.close);
      return opened;
    },
    close: async () => {
      await Promise.all([...open].map((close) => close()));
    },
  };
}

/** Not of strangers: what they have begun to fill in stays, as nobody signs out. */
async function canRest(page: Page): Promise<boolean> {
  const isWhole = !page.isClosed() && page.context().pages().length === 1;
  return isWhole && (await page.locator(".top-bar").count()) > 0;
}

/** Closed by their visitors, signed out, and open for the next ones of their kind. */
const resting = new Map<string, OpenPage[]>();

/** Every page that a visitor has open at this moment. */
export async function openPages(): Promise<readonly Page[]> {
  const started = await startedBrowsers();
  const idle = new Set([...resting.values()].flat().map(({ page }) => page));
  const pages = started.flatMap((browser) => browser.contexts()).flatMap((one) => one.pages());
  return pages.filter((page) => !idle.has(page));
}

/** With BOXSTER_TRACE=1 all that a visitor does is recorded, to be looked at with `playwright show-trace`. */
const isTraced = process.env["BOXSTER_TRACE"] === "1";
const traced = { screenshots: true, snapshots: true };

/** Writes what was recorded of a visitor, and records on. */
export async function keepTrace(page: Page, path: string): Promise<void> {
  if (!isTraced) return;
  const { tracing } = page.context();
  await tracing.stop({ path });
  await tracing.start(traced);
}

/** For scripts, which end by themselves. */
export async function closeBrowsers(): Promise<void> {
  await endBrowsers();
  resting.clear();
}

/** A visitor whose browser keeps what it learns in a folder, and what is for a while in another, as a person's own does. */
export async function visitKeeping(
  folder: string,
  options: VisitOptions,
  temporary: string = tmpdir(),
): Promise<Visit> {
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOf(options.map ? "wholeDrawing" : "whole"),
    ...contextOf({ ...options, app: true }),
    env: { ...process.env, TMPDIR: temporary },
  });
  return visitIn(context, options);
}

async function openFile(context: BrowserContext, path: string): Promise<Visit> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (request.url() !== `file://${path}`) problems.push(`A request left for ${request.url()}`);
  });
  await page.goto(`file://${path}`);
  return { page, problems, close: () => context.close() };
}

function viewportOf({ width = 1280, height = 800 }: VisitOptions) {
  return { width, height };
}

function contextOf(options: VisitOptions): BrowserContextOptions {
  return {
    baseURL: options.server,
    viewport: viewportOf(options),
    colorScheme: options.theme ?? "light",
    javaScriptEnabled: options.script ?? true,
    hasTouch: options.touch ?? false,
    isMobile: options.touch ?? false,
    serviceWorkers: options.app ? "allow" : "block",
    reducedMotion: "reduce",
    locale: options.locale ?? "en-GB",
    // Not London: nothing on screen may follow the clock of the machine.
    timezoneId: "America/New_York",
  };
}

async function visitIn(context: BrowserContext, options: VisitOptions): Promise<Visit> {
  const { page, first } = await openPage(context, options);
  return { page, problems: first, close: () => context.close() };
}

interface OpenPage {
  readonly page: Page;
  /** What goes wrong in its first visit. */
  readonly first: readonly string[];
  /** What goes wrong from now on. */
  readonly listen: () => readonly string[];
  /** Nothing of the visit stays but the loaded page. */
  readonly rest: () => Promise<void>;
}

async function openPage(context: BrowserContext, options: VisitOptions): Promise<OpenPage> {
  await signIn(context, options);
  if (isTraced) await context.tracing.start(traced);
  const page = await context.newPage();
  const listen = () => {
    const found: string[] = [];
    // Three files of tests share the machine, and maps are drawn in software.
    lookOften(page, options.map ? 60_000 : 30_000);
    page.on("console", (message) => {
      if (message.type() === "error") found.push(message.text());
    });
    page.on("pageerror", (error) => found.push(error.stack ?? error.message));
    page.on("request", (request) => {
      const url = request.url();
      const isOwn = url.startsWith(options.server) || /^(blob|data):/.test(url);
      if (!isOwn) found.push(`A request left for ${url}`);
    });
    return found;
  };
  const first = listen();
  await page.goto(`/${options.fragment ?? ""}`);
  return {
    page,
    first,
    listen,
    rest: async () => {
      for (const event of ["console", "pageerror", "request", "response", "dialog", "download"]) {
        page.removeAllListeners(event);
      }
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await context.clearCookies();
      await page.evaluate(() => {
        localStorage.clear();
        sessionStorage.clear();
        window.dispatchEvent(new Event("focus"));
      });
      await page.locator(".sign-in").waitFor();
    },
  };
}

/** The page looks who is signed in whenever somebody comes back to it. */
async function visitAgain(
  { page, listen }: OpenPage,
  options: VisitOptions,
): Promise<readonly string[]> {
  await page.setViewportSize(viewportOf(options));
  await page.emulateMedia({ media: null, colorScheme: options.theme ?? "light" });
  await signIn(page.context(), options);
  const found = listen();
  await page.evaluate((fragment) => {
    window.location.hash = fragment;
    window.dispatchEvent(new Event("focus"));
  }, options.fragment ?? "");
  await page.locator(".sign-in").waitFor({ state: options.role ? "detached" : "visible" });
  return found;
}

async function signIn(context: BrowserContext, { role, partner }: VisitOptions): Promise<void> {
  if (!role) return;
  const data = { role, ...(partner ? { partner } : {}) };
  const reply = await context.request.post("/api/session", { data });
  if (!reply.ok()) throw new Error(`Sign-in as ${role} failed: ${await reply.text()}`);
}

/** What the page's main thread works meanwhile, in milliseconds of processor time: scripts, layout, drawing. */
export async function workedMs(page: Page, meanwhile: () => Promise<unknown>): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  const worked = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value;
    if (seconds === undefined) throw new Error("The browser does not say how long it worked");
    return seconds * 1000;
  };
  // It counts from here on.
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await worked();
  await meanwhile();
  const after = await worked();
  await devtools.detach();
  return after - before;
}

/** A device that makes passkeys and verifies its person, as Chromium's own tools have it, until it loses them. */
export async function plugInPasskeys(page: Page): Promise<{ readonly lose: () => Promise<void> }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    lose: async () => {
      await devtools.send("WebAuthn.clearCredentials", { authenticatorId });
    },
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** One finger, as a screen reports it: down, along these points, up. */
export async function touchAlong(page: Page, points: readonly Point[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: readonly Point[]) =>
    devtools.send("Input.dispatchTouchEvent", { type, touchPoints: [...touchPoints] });
  const [first, ...rest] = points;
  if (!first) throw new Error("A finger needs a place to go down");
  await send("touchStart", [first]);
  for (const point of rest) await send("touchMove", [point]);
  await send("touchEnd", []);
  await devtools.detach();
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/**
 * What axe calls serious or critical, each as one line, on the page or in the first of what a selector finds: a whole
 * briefing takes seconds. Evaluated, so that the policy need not allow it.
 */
export async function seriousViolations(page: Page, within = "html"): Promise<readonly string[]> {
  const isThere = await page.evaluate(() => "axe" in globalThis);
  if (!isThere) await page.evaluate(axeSource);
  return page.evaluate(async (selector) => {
    // A colour on its way to another is no colour of the page.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    interface Found {
      readonly id: string;
      readonly impact: string | null;
      readonly help: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
    }
    const { axe } = globalThis as unknown as {
      axe: {
        run: (
          context: Element | null,
          options: object,
        ) => Promise<{ violations: readonly Found[] }>;
      };
    };
    // Of what passes, it need not tell where.
    const { violations } = await axe.run(document.querySelector(selector), {
      resultTypes: ["violations"],
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}: ${node.failureSummary}`),
      );
  }, within);
}
