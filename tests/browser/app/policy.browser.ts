import { expect, test } from "vitest";
import { refusedOn, watchPolicy } from "#tests/browser/app/policy-support.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser } from "#tests/browser/driver.ts";
import { pictures } from "#tests/browser/screen-list.ts";
import { teamPictures } from "#tests/browser/screen-list-teams.ts";
import { runsOf } from "#tests/support/runs.ts";

const { browser } = demoWith(openBrowser);

/** Of those that wait for the same part of the page, the last: it goes furthest. */
const furthest = new Map(
  [...pictures, ...teamPictures]
    .filter(({ print }) => !print)
    .map((picture) => [picture.ready, picture]),
);

/** MapLibre's worker comes from its file, on each kind of map. */
const drawing = new Set(["hotspots-analyst-borough", "plan-agreed", "outreach-preview"]);

/**
 * All in `npm run test:slow`; in `npm test` the console of every other journey, which tells of refusals, and the drawn
 * map of hotspots/hotspots-map.browser.ts.
 */
const visited = [...furthest.values()].slice(0, runsOf(furthest.size, 0));

test.each(visited)(
  "the policy of the server is never broken: $name",
  async ({ name, role, partner, fragment, ready, sizes, prepare }) => {
    const map = drawing.has(name);
    const { page, problems, close } = await browser.visit({
      ...sizes[0],
      touch: (sizes[0]?.width ?? 0) < 600,
      map,
      fresh: true,
    });
    await watchPolicy(page);
    const who = { role, ...(partner ? { partner } : {}) };
    if (role) expect((await page.request.post("/api/session", { data: who })).ok()).toBe(true);
    // A page of its own: an address behind the hash alone would only move the one that is still opening.
    await page.goto("about:blank");
    await page.goto(`/${fragment}`);
    await page.locator(ready).first().waitFor();
    await prepare?.(page);
    if (map) await page.locator("[data-drawn]").first().waitFor();
    expect(await refusedOn(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  },
);

test("a style or script that is written into the page is refused and reported", async () => {
  const { page, problems, close } = await browser.visit({ fresh: true });
  await watchPolicy(page);
  await page.reload();
  await page.evaluate(() => {
    const style = document.createElement("style");
    style.textContent = "body { display: none }";
    const script = document.createElement("script");
    script.textContent = "document.title = 'taken over'";
    document.head.append(style, script);
  });
  expect(await page.title()).not.toBe("taken over");
  expect(await refusedOn(page)).toHaveLength(2);
  // By which every other journey hears of it.
  expect(problems.join()).toMatch(/Content Security Policy/);
  await close();
});
