import { atMost, type BenchLine, milliseconds, spreadOf } from "#tests/bench/timing.ts";
import type { TestBrowser } from "#tests/browser/driver.ts";

const visits = 5;
const mostKb = 120;
const mostMs = 3_000;

/**
 * A crew's phone on a weak signal that has never been here: a processor four times slower, 400
 * kbit/s, 20 ms each way. Until it reads its patrols of tonight, what crossed the line and how long
 * it took.
 */
export async function benchPhone(browser: TestBrowser, server: string): Promise<BenchLine[]> {
  const seen: Seen[] = [];
  for (let visit = 0; visit < visits; visit += 1) seen.push(await firstLook(browser, server));
  const ms = spreadOf(seen.map((one) => one.ms));
  const kb = Math.max(...seen.map((one) => one.kb));
  const work = "Tonight on a phone, a first visit at 400 kbit/s and a quarter of the speed";
  return [
    {
      work,
      measured: `${milliseconds(ms.median)} median, ${milliseconds(ms.p95)} at worst of ${visits}`,
      beside: `asked: ${mostMs.toLocaleString("en-GB")} ms; first paint after ${milliseconds(spreadOf(seen.map((one) => one.paint)).median)}`,
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

interface Seen {
  readonly ms: number;
  readonly paint: number;
  readonly kb: number;
}

async function firstLook(browser: TestBrowser, server: string): Promise<Seen> {
  const size = { width: 390, height: 844, touch: true, fresh: true } as const;
  const { page, close } = await browser.visit({ server, role: "sergeant", ...size });
  await page.goto("about:blank");
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.clearBrowserCache");
  await line.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const kilobit = 1_000 / 8;
  await line.send("Network.emulateNetworkConditions", {
    ...{ offline: false, latency: 40 },
    ...{ downloadThroughput: 400 * kilobit, uploadThroughput: 400 * kilobit },
  });
  let octets = 0;
  line.on("Network.loadingFinished", (done) => {
    octets += done.encodedDataLength;
  });
  await page.goto(`${server}/#/plan`, { waitUntil: "commit" });
  await page.getByText("No approved patrol in the next 12 hours.").waitFor({ timeout: 60_000 });
  const kb = octets / 1_000;
  const ms = await page.evaluate(() => performance.now());
  const paint = await page.evaluate(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  );
  await close();
  return { ms, paint, kb };
}
