import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import type { Role } from "#core/model/role.ts";

export type { Locator, Page } from "playwright-core";

/** The only file that talks to Playwright. */
export interface TestBrowser {
  /** A fresh visitor: no cookies, no storage. */
  readonly visit: (options: VisitOptions) => Promise<Visit>;
  /** A file from disk, on a machine without a network: whatever it asks for is a problem. */
  readonly openFile: (path: string, theme?: "light" | "dark") => Promise<Visit>;
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
}

export interface Visit {
  readonly page: Page;
  /** Faults on the console, uncaught errors, requests to other origins. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

/** Its visitors are closed by whoever asked for it; the browser behind it is one for all files of a process. */
export async function openBrowser(): Promise<TestBrowser> {
  const contexts = new Set<BrowserContext>();
  const kept = async (context: BrowserContext) => {
    contexts.add(context);
    context.on("close", () => contexts.delete(context));
    return context;
  };
  return {
    visit: async (options) => {
      const browser = await browserFor(options.map ? "drawing" : "plain");
      return visitIn(await kept(await browser.newContext(contextOf(options))), options);
    },
    openFile: async (path, colorScheme = "light") => {
      const browser = await browserFor("plain");
      const options = { offline: true, colorScheme, locale: "en-GB" } as const;
      return openFile(await kept(await browser.newContext(options)), path);
    },
    close: async () => {
      await Promise.all([...contexts].map((context) => context.close()));
    },
  };
}

/** WebGL in software costs 2 to 4 s of processor time for each page with a map; without it there is none. */
const flags = {
  drawing: ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
  plain: ["--disable-gpu", "--disable-software-rasterizer"],
};
type Kind = keyof typeof flags;

const browsers = new Map<Kind, Promise<Browser>>();

function browserFor(kind: Kind): Promise<Browser> {
  const known = browsers.get(kind) ?? chromium.launch(launchOf(kind));
  browsers.set(kind, known);
  return known;
}

/** For scripts, which end by themselves. */
export async function closeBrowsers(): Promise<void> {
  for (const browser of browsers.values()) await (await browser).close();
  browsers.clear();
}

function launchOf(kind: Kind) {
  return {
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-background-networking", ...flags[kind]],
  };
}

/** The headless one first: a visit costs it half. */
function findChromium(): string {
  const places = [
    process.env["BOXSTER_CHROMIUM"],
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const found = places.find((file) => file && existsSync(file));
  if (found) return found;
  throw new Error("No Chromium was found: install Debian's, or set BOXSTER_CHROMIUM to one.");
}

/** A visitor whose browser keeps what it learns in a folder, as a person's own does. */
export async function visitKeeping(folder: string, options: VisitOptions): Promise<Visit> {
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOf(options.map ? "drawing" : "plain"),
    ...contextOf(options),
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

function contextOf(options: VisitOptions): BrowserContextOptions {
  return {
    baseURL: options.server,
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.theme ?? "light",
    hasTouch: options.touch ?? false,
    isMobile: options.touch ?? false,
    reducedMotion: "reduce",
    locale: "en-GB",
    // Not London: nothing on screen may follow the clock of the machine.
    timezoneId: "America/New_York",
  };
}

async function visitIn(context: BrowserContext, options: VisitOptions): Promise<Visit> {
  if (options.role) {
    const data = { role: options.role, ...(options.partner ? { partner: options.partner } : {}) };
    const reply = await context.request.post("/api/session", { data });
    if (!reply.ok()) throw new Error(`Sign-in as ${options.role} failed: ${await reply.text()}`);
  }
  const page = await context.newPage();
  // Two files of tests share the machine.
  page.setDefaultTimeout(30_000);
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.stack ?? error.message));
  page.on("request", (request) => {
    const url = request.url();
    const isOwn = url.startsWith(options.server) || /^(blob|data):/.test(url);
    if (!isOwn) problems.push(`A request left for ${url}`);
  });
  await page.goto(`/${options.fragment ?? ""}`);
  return { page, problems, close: () => context.close() };
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

/** What axe calls serious or critical, each as one line; evaluated, so that the policy need not allow it. */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    // A colour on its way to another is no colour of the page.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    interface Found {
      readonly id: string;
      readonly impact: string | null;
      readonly help: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
    }
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: readonly Found[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}: ${node.failureSummary}`),
      );
  });
}
