import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  notAsked,
} from "#tests/bench/timing.ts";
import { openBrowser, type Page } from "#tests/browser/driver.ts";
import { visitRecords } from "#tests/browser/records/records-support.ts";
import { startDemoServer } from "#tests/browser/support-server.ts";

const fileBytes = 60_000_000;

interface Freeze {
  /** Milliseconds: the longest task that the browser itself reports (over 50), and the longest wait for a frame. */
  readonly task: number;
  readonly gap: number;
}

/** What a large file does to the page while it is read, counted, prepared and sent: asked is at most 100 ms. */
export async function benchFile({ folder, say }: BenchContext): Promise<BenchLine[]> {
  const file = join(folder, "large.csv");
  const rows = await writeLarge(file);
  const server = await startDemoServer();
  const browser = await openBrowser();
  try {
    const { page, close } = await visitRecords({ browser, server });
    // The demonstration keeps its events: here it answers as a database of real ones does.
    const reply = { eventYears: 6, isOn: true, announced: null, done: null };
    await page.route("**/api/retention", (route) => route.fulfill({ json: reply }));
    await page.reload();
    await page.getByRole("table", { name: "Imports, newest first" }).waitFor();
    await page.waitForTimeout(2_000);
    await page.evaluate(watch);
    const idle = await freezeWhile(page, () => page.waitForTimeout(3_000));
    say("File: reading the beginning of 60 MB, then the whole for its age...");
    const from = performance.now();
    const opened = await freezeWhile(page, async () => {
      await page.locator("input[type=file]").first().setInputFiles(file);
      await page.getByRole("table", { name: "Preview of the first rows" }).waitFor();
    });
    const waited = performance.now() - from;
    // An import waits until the age of every row is known.
    const counted = await freezeWhile(page, () =>
      page
        .getByRole("button", { name: "Import this file" })
        .and(page.locator(":enabled"))
        .waitFor({ timeout: 300_000 }),
    );
    const known = performance.now() - from;
    say("File: preparing, hashing and sending it...");
    const sent = await freezeWhile(page, async () => {
      await page.getByRole("button", { name: "Try without storing" }).click();
      await page.getByText(/rows a second/).waitFor({ timeout: 300_000 });
    });
    await page.getByRole("button", { name: "Cancel" }).click();
    await close();
    const beside = `idle: ${milliseconds(idle.task)} and ${milliseconds(idle.gap)}; asked: 100 ms`;
    const line = (work: string, { task, gap }: Freeze): BenchLine => ({
      work: `longest task and longest wait for a frame while ${work}`,
      measured: `${milliseconds(task)}, ${milliseconds(gap)}`,
      beside,
      ratio: "",
      figure: atMost(Math.max(task, gap), "ms", 100),
    });
    return [
      {
        work: "a file of 60 MB, from choice to preview",
        measured: milliseconds(waited),
        beside: "asked: 1,000 ms",
        ratio: "",
        figure: atMost(waited, "ms", 1_000),
      },
      {
        work: "the same, until the age of its rows is known",
        measured: milliseconds(known),
        beside: "",
        ratio: "",
        figure: notAsked(known, "ms"),
      },
      line(
        `a file of 60 MB (${rows.toLocaleString("en-GB")} rows) is chosen and previewed`,
        opened,
      ),
      line("all of it is read for its age", counted),
      line("it is prepared, hashed and sent", sent),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

async function writeLarge(path: string): Promise<number> {
  const out = createWriteStream(path);
  out.write("Date,Time,Latitude,Longitude,Kind,Category,Reference,Notes\n");
  let [bytes, rows] = [0, 0];
  while (bytes < fileBytes) {
    let piece = "";
    for (let at = 0; at < 1_000; at += 1, rows += 1) {
      const day = String((rows % 28) + 1).padStart(2, "0");
      const year = 2016 + (rows % 6);
      piece += `${day}/${String((rows % 12) + 1).padStart(2, "0")}/${year},${String(rows % 24).padStart(2, "0")}:15,51.6${100 + (rows % 300)},-0.0${500 + (rows % 300)},complaint,asb,CAD${rows},a note of no meaning that takes some room\n`;
    }
    bytes += piece.length;
    if (!out.write(piece)) await new Promise((resolve) => out.once("drain", () => resolve(null)));
  }
  out.end();
  await finished(out);
  return rows;
}

/** In the page: keeps the longest task and the longest time between two frames. */
function watch(): void {
  const seen = { task: 0, gap: 0, last: performance.now() };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.task = Math.max(seen.task, duration);
  }).observe({ type: "longtask" });
  const frame = (now: number) => {
    seen.gap = Math.max(seen.gap, now - seen.last);
    seen.last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

async function freezeWhile(page: Page, work: () => Promise<unknown>): Promise<Freeze> {
  await page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: { task: number; gap: number; last: number } };
    Object.assign(seen, { task: 0, gap: 0, last: performance.now() });
  });
  await work();
  return page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: Freeze };
    return { task: seen.task, gap: seen.gap };
  });
}
