import { cellToDecimal } from "#core/geo/cell.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { placesOf } from "#server/places/places.ts";
import { createBatch, finishBatch } from "#server/records/queries/batches.ts";
import {
  atLeast,
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  type Spread,
  spreadOf,
} from "#tests/bench/timing.ts";
import { openBrowser, type Page, type TestBrowser } from "#tests/browser/driver.ts";
import { startDemoServer } from "#tests/browser/support-server.ts";

const visits = 9;
export const drawnCells = 5_000;
const movedFor = 4_000;
/** To the map, and so to what comes before it. */
const mapMs = 1_500;
const backMs = 300;

/**
 * What a person waits for in a real Chromium that has never been there, map drawn in software: the sign-in page, then
 * Hotspots by its sentence and table and by its drawn map, and again after Plan; and frames a second while a map of 5,000 cells is moved,
 * beside the same map without cells. Wall-clock times: on a machine that does nothing else.
 */
export async function benchPage({ say }: BenchContext): Promise<BenchLine[]> {
  const server = await startDemoServer();
  const browser = await openBrowser();
  try {
    say(`Page: ${visits} first visits...`);
    const first = await waitsOf(browser, server.url);
    say(`Page: a map of ${drawnCells} cells...`);
    const empty = await framesOf(
      browser,
      server.url,
      "#/hotspots?from=2021-11-26&to=2021-11-26&kinds=arrest&res=10",
    );
    await fillCells(server.services.db);
    const full = await framesOf(
      browser,
      server.url,
      "#/hotspots?from=2021-10-01&to=2021-11-25&res=10",
    );
    return [
      lineOf("first page, to its first text", first.paint, 500),
      lineOf("Hotspots on a first visit, to sentence and table", first.table, mapMs),
      lineOf("the same, to cells on the map", first.cells, mapMs),
      lineOf("the same, to the drawn map", first.map, mapMs),
      lineOf("back to Hotspots from Plan, to the drawn map", first.back, backMs),
      {
        work: `frames a second while a map of ${drawnCells.toLocaleString("en-GB")} cells with ${full.cells.toLocaleString("en-GB")} reports is moved, drawn in software`,
        measured: full.perSecond.toFixed(1),
        beside: `${empty.perSecond.toFixed(1)} with ${empty.cells} reports; asked: 10`,
        ratio: (full.perSecond / empty.perSecond).toFixed(2),
        figure: atLeast(full.perSecond, "frames a second", 10),
      },
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

function lineOf(work: string, spread: Spread, target: number): BenchLine {
  const measured = `${milliseconds(spread.median)} median, ${milliseconds(spread.p95)} at worst of ${visits}`;
  const beside = `asked: ${target.toLocaleString("en-GB")} ms`;
  return { work, measured, beside, ratio: "", figure: atMost(spread.median, "ms", target) };
}

export async function waitsOf(browser: TestBrowser, server: string, times = visits) {
  const paint: number[] = [];
  const table: number[] = [];
  const cells: number[] = [];
  const map: number[] = [];
  const back: number[] = [];
  for (let visit = 0; visit < times; visit += 1) {
    const stranger = await browser.visit({ server });
    await stranger.page.getByRole("button").first().waitFor();
    paint.push(await stranger.page.evaluate(firstPaint));
    await stranger.close();
    const { page, close } = await browser.visit({
      server,
      role: "sergeant",
      fragment: "#/hotspots",
      map: true,
      fresh: true,
    });
    const seen = await page.evaluate(waitForScreen);
    table.push(seen.table);
    cells.push(seen.cells);
    map.push(seen.map);
    await page.getByRole("link", { name: "Plan" }).click();
    await page.locator(".plan [data-drawn]").waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1_000);
    back.push(await page.evaluate(waitForReturn));
    await close();
  }
  return {
    paint: spreadOf(paint),
    table: spreadOf(table),
    cells: spreadOf(cells),
    map: spreadOf(map),
    back: spreadOf(back),
  };
}

function firstPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName("first-contentful-paint");
      if (entry) resolve(entry.startTime);
    }).observe({ type: "paint", buffered: true });
  });
}

/** In the page: milliseconds from the request for it until the table has rows, cells stand on the map, and the map says it is drawn. */
async function waitForScreen() {
  const until = (selector: string) =>
    new Promise<number>((resolve) => {
      const look = () => {
        if (document.querySelector(selector)) resolve(performance.now());
        else setTimeout(look, 5);
      };
      look();
    });
  const [table, cells, map] = await Promise.all([
    until(".hotspots__table tbody tr"),
    until(".map-view:not(:has(.map-waiting)) canvas"),
    until("[data-drawn]"),
  ]);
  return { table, cells, map };
}

/** In the page: milliseconds from a press on Hotspots until its map says that it is drawn again. */
function waitForReturn(): Promise<number> {
  const from = performance.now();
  document.querySelector<HTMLElement>('a[href^="#/hotspots"]')?.click();
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(".hotspots [data-drawn]")) resolve(performance.now() - from);
      else setTimeout(look, 5);
    };
    look();
  });
}

export async function framesOf(browser: TestBrowser, server: string, fragment: string) {
  const how = { role: "sergeant", map: true, fresh: true } as const;
  const { page, close } = await browser.visit({ server, fragment, ...how });
  await page.locator("[data-drawn]").waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2_000);
  const cells = Number(
    (await page.getByTestId("filtered-count").innerText()).replace(/ .*|,/g, ""),
  );
  const perSecond = await moveAndCount(page);
  await close();
  return { cells, perSecond };
}

/** Drags the map to and fro by its own pointer handling and counts the frames that were shown. */
async function moveAndCount(page: Page): Promise<number> {
  const box = await page.locator("canvas").first().boundingBox();
  if (!box) throw new Error("The map has no place on the screen.");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(() => {
    const counted = globalThis as unknown as { frames: number };
    counted.frames = 0;
    const count = () => {
      counted.frames += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await page.mouse.move(x, y);
  await page.mouse.down();
  const from = performance.now();
  for (let step = 0; performance.now() - from < movedFor; step += 1) {
    await page.mouse.move(x + 120 * Math.sin(step / 8), y + 80 * Math.cos(step / 8));
  }
  const seconds = (performance.now() - from) / 1000;
  const frames = await page.evaluate(() => (globalThis as unknown as { frames: number }).frames);
  await page.mouse.up();
  return frames / seconds;
}

/** One report in each of so many cells in the last eight weeks. */
export async function fillCells(db: Database): Promise<void> {
  const { command } = await placesOf({ db });
  const cells = command.cells.slice(0, drawnCells).map(cellToDecimal);
  await db.transaction(ownerActor, async (tx) => {
    const batch = await createBatch(tx, { person: "bench", fileName: "made-up" });
    await tx.query(
      `insert into event (batch_id, cell, kind, source, category, starts_at, ends_at)
       select $1::int, cell, 'complaint', 'resident', 'asb', at, at
       from unnest($2::bigint[]) with ordinality as each (cell, n),
            lateral (select timestamptz '2021-10-02 12:00Z' + (n % 50) * interval '1 day' as at) as moment`,
      [batch, cells],
    );
    await finishBatch(tx, batch, {
      rows: cells.length,
      accepted: cells.length,
      rejected: 0,
      duplicates: 0,
    });
  });
}
