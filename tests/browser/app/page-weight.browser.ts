import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  assets,
  chunk,
  holdsCellLibrary,
  kiloBytes,
  withImports,
} from "#tests/browser/app/built-page.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

/**
 * What may be sent, gzipped, in kB: times on a loaded machine say little, weights are exact. What a browser asks for in
 * all is in hotspots/hotspots-map.browser.ts.
 */
const mostForFirstPage = 150;
/** Sentence and table need the cell library (64 kB) that the map stands on as well. */
const mostForTable = 242;

let server: DemoServer;
beforeAll(async () => {
  server = await startDemoServer();
});
afterAll(() => server.close());

describe("what Hotspots weighs", () => {
  test("the first page, and what sentence and table need: no code of the map among it", () => {
    const first = withImports(chunk("index"));
    expect(kiloBytes(...first)).toBeLessThan(mostForFirstPage);
    const table = withImports(chunk("index"), chunk("HotspotsScreen"));
    expect(table.filter(holdsCellLibrary)).toHaveLength(1);
    expect(table).not.toContain(chunk("MapView"));
    expect(kiloBytes(...table)).toBeLessThan(mostForTable);
  });

  test("code is sent as the build pressed it, and only to those who can unpack it", async () => {
    const name = chunk("MapView");
    const url = `${server.url}/assets/${name}`;
    const pressed = await fetch(url, { headers: { "accept-encoding": "br" } });
    expect(pressed.headers.get("content-encoding")).toBe("br");
    expect(pressed.headers.get("vary")).toMatch(/accept-encoding/i);
    expect(pressed.headers.get("cache-control")).toContain("immutable");
    expect(await pressed.text()).toBe(readFileSync(join(assets, name), "utf8"));
    const plain = await fetch(url, { headers: { "accept-encoding": "identity" } });
    expect(plain.headers.get("content-encoding")).toBeNull();
  });
});
