import { cellAt } from "#core/geo/cell.ts";
import { hourMs } from "#core/time/zone.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  spreadOf,
} from "#tests/bench/timing.ts";
import { openBrowser, type TestBrowser } from "#tests/browser/driver.ts";
import { startDemoServer } from "#tests/browser/support-server.ts";
import { agreedWalk } from "#tests/support/agreed-walk.ts";

const visits = 5;
const mostKb = 120;
const mostMs = 3_000;
/** Two kilometres from every place of a partner. */
const pondersEnd = [-0.0352, 51.6447] as const;

interface Look {
  readonly name: string;
  /** There and back, in milliseconds. */
  readonly latency: number;
  /** With the shell of the page kept on the phone. */
  readonly isKept: boolean;
}

const looks: readonly Look[] = [
  { name: "a first visit, 40 ms there and back", latency: 40, isKept: false },
  { name: "a first visit, 400 ms", latency: 400, isKept: false },
  { name: "kept on the phone, 400 ms", latency: 400, isKept: true },
];

/**
 * A crew's phone on a weak signal: 400 kbit/s and a processor four times slower. Until it reads its next stop, what
 * crossed the line and how long it took. The browser does not slow what a service worker asks for itself.
 */
export async function benchPhone({ say }: BenchContext): Promise<BenchLine[]> {
  const server = await startDemoServer();
  const browser = await openBrowser();
  try {
    const now = server.services.asAt.now();
    const hours = { from: now - hourMs / 12, to: now + 1.5 * hourMs };
    await agreedWalk(server.services.db, { ...hours, cells: [cellAt(pondersEnd, 10)] });
    const lines: BenchLine[] = [];
    for (const look of looks) {
      say(`Phone: ${look.name}...`);
      const seen: Seen[] = [];
      for (let visit = 0; visit < visits; visit += 1) {
        seen.push(await lookAt(browser, server.url, look));
      }
      lines.push(...linesOf(look, seen));
    }
    return lines;
  } finally {
    await browser.close();
    await server.close();
  }
}

interface Seen {
  readonly ms: number;
  readonly paint: number;
  readonly kb: number;
}

function linesOf({ name }: Look, seen: readonly Seen[]): BenchLine[] {
  const ms = spreadOf(seen.map((one) => one.ms));
  const paint = spreadOf(seen.map((one) => one.paint));
  const kb = Math.max(...seen.map((one) => one.kb));
  return [
    {
      work: `Tonight on a phone at 400 kbit/s and a quarter of the speed, to its next stop: ${name}`,
      measured: `${milliseconds(ms.median)} median, ${milliseconds(ms.p95)} at worst of ${visits}`,
      beside: `asked: ${mostMs.toLocaleString("en-GB")} ms; first paint after ${milliseconds(paint.median)}`,
      ratio: "",
      figure: atMost(ms.median, "ms", mostMs),
    },
    {
      work: "the same, sent until then",
      measured: `${kb.toFixed(1)} kB`,
      beside: `asked: ${mostKb} kB`,
      ratio: "",
      figure: atMost(kb, "kB", mostKb),
    },
  ];
}

async function lookAt(browser: TestBrowser, server: string, look: Look): Promise<Seen> {
  const { page, close } = await browser.visit({
    server,
    role: "sergeant",
    fragment: "#/plan",
    app: look.isKept,
    width: 390,
    height: 844,
    touch: true,
    fresh: true,
  });
  if (look.isKept) await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.goto("about:blank");
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  if (!look.isKept) await line.send("Network.clearBrowserCache");
  await line.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const kilobit = 1_000 / 8;
  await line.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: look.latency,
    downloadThroughput: 400 * kilobit,
    uploadThroughput: 400 * kilobit,
  });
  let octets = 0;
  line.on("Network.loadingFinished", (done) => {
    octets += done.encodedDataLength;
  });
  await page.goto(`${server}/#/plan`, { waitUntil: "commit" });
  const ms = await page.evaluate(waitForStop);
  const kb = octets / 1_000;
  const paint = await page.evaluate(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  );
  await close();
  return { ms, paint, kb };
}

/** In the page: milliseconds from the request for it until its next stop can be read. */
function waitForStop(): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(".tonight__title")) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}
