import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  assets,
  chunk,
  holdsCellLibrary,
  kiloBytes,
  sentKiloBytes,
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
/** Tonight on a phone, as it is sent, with its styles. Page, headers and answers are 12 more: the 120 that are asked are not reached. */
const mostForTonight = 121;

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

  test("Tonight on a phone: what it needs to its next stop, asked for at once", async () => {
    const code = withImports(chunk("index"), chunk("tonight"));
    const page = await (await fetch(server.url)).text();
    const [, ahead = ""] = page.match(/data-ahead-plan="([^"]*)"/) ?? [];
    const asked = ahead.split(" ");
    // Those of every page and of this screen.
    const styles = page.match(/(?<=\/assets\/)[\w-]+\.css/g) ?? [];
    const first = code.filter((name) => page.includes(`src="/assets/${name}"`));
    expect(first).toEqual([chunk("index")]);
    expect(asked.filter((path) => path.endsWith(".js")).sort()).toEqual(
      code
        .filter((name) => name !== chunk("index"))
        .map((name) => `/assets/${name}`)
        .sort(),
    );
    expect(sentKiloBytes(...code, ...styles)).toBeLessThan(mostForTonight);
    // Painted with the styles, seconds before the code has come.
    expect(page).toMatch(/<div id="root">\s*<div class="pad-3">\s*<svg /);
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
