import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page } from "#tests/browser/driver.ts";

/** What stands over a drawn map, and above it, at the sizes that people have: one map, each test a step on it. */
const { server, browser } = demoWith(openBrowser);
let page: Page;
beforeAll(async () => {
  const visit = await browser.visit({ map: true, fresh: true, role: "sergeant" });
  page = visit.page;
});

const sizes = [
  [1440, 900],
  [1280, 800],
  [768, 1024],
  [720, 450],
  [390, 844],
] as const;
const overMap = [
  ".map-view__legend",
  ".map-view__count",
  ".hotspots__switches",
  ".map-view__controls",
];

describe.each(sizes)("at %i x %i", (width, height) => {
  beforeAll(() => page.setViewportSize({ width, height }));

  test.each(["count", "pattern", "patrol_time"])(
    "ranked by %s legend, count and switches stand clear of each other",
    async (measure) => {
      await page.goto(`${server.url}/#/hotspots?measure=${measure}`);
      await page.locator(".map-view__canvas[data-drawn]").waitFor();
      await page
        .locator(`.segmented__choice input[value=${measure}]:checked`)
        .waitFor({ state: "attached" });
      expect(await page.evaluate(crossing, overMap)).toEqual([]);
      const ends = page.locator(".legend__row .legend__short").filter({ visible: true });
      if (measure === "count")
        expect(await ends.allInnerTexts()).toContainEqual(expect.stringMatching(/^\d+\+$/));
    },
  );
});

/** The pairs of these that lie over each other. Runs in the page. */
function crossing(selectors: readonly string[]): readonly string[] {
  const boxes = selectors.flatMap((selector) => {
    const element = document.querySelector(selector);
    return element?.checkVisibility()
      ? [{ selector, ...element.getBoundingClientRect().toJSON() }]
      : [];
  });
  return boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter((two) => one.left < two.right && two.left < one.right)
      .filter((two) => one.top < two.bottom && two.top < one.bottom)
      .map((two) => `${one.selector} and ${two.selector}`),
  );
}

test("at 390 wide nothing that is read lies over the map: its foot stands below it", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server.url}/#/hotspots?measure=count`);
  await page.locator(".map-view__canvas[data-drawn]").waitFor();
  const bottomOf = (box: { y: number; height: number } | null) =>
    (box?.y ?? 0) + (box?.height ?? 0);
  const map = bottomOf(await page.locator(".map-view__canvas").boundingBox());
  expect((await page.locator(".map-view__legend").boundingBox())?.y).toBeGreaterThanOrEqual(map);
  expect(await page.getByTestId("filtered-count").isVisible()).toBe(false);
  // The sentence under it has the figure.
  expect(await page.locator(".hotspots__sentence").innerText()).toMatch(/^276 reports/);
});

describe("with made-up and imported data", () => {
  beforeAll(async () => {
    await page.route("**/api/session", async (route) => {
      const reply = await route.fetch();
      await route.fulfill({
        response: reply,
        json: { ...(await reply.json()), demoHasImports: true },
      });
    });
    await page.goto("about:blank");
    await page.goto(`${server.url}/#/hotspots`);
    await page.getByText("MADE-UP AND IMPORTED DATA").first().waitFor();
    await page.locator(".hotspots__sentence").waitFor();
  });
  afterAll(() => page.unroute("**/api/session"));

  test.each([1280, 1440])("at %i wide the bar is one row with the longest mark", async (width) => {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.getByText("MADE-UP AND IMPORTED DATA").first().isVisible()).toBe(true);
    expect((await page.locator(".top-bar").boundingBox())?.height).toBeLessThanOrEqual(49);
  });
});

test.each([
  [1440, 900],
  [1280, 800],
  [768, 1024],
])(
  "a toast lies over nothing that is pressed, nor over Suggest once Plan is open, at %i x %i",
  async (width, height) => {
    await page.setViewportSize({ width, height });
    await page.locator(".toast").first().waitFor({ state: "detached" });
    await page.goto(`${server.url}/#/hotspots?measure=count`);
    await page.getByRole("button", { name: "One week back" }).click();
    // A slow machine opens Plan later than a toast stays: it stays until it is ended here.
    await page.evaluate(() => {
      const wait = window.setTimeout;
      window.setTimeout = ((act: () => void, ms?: number) => {
        if (ms !== 6_000) return wait(act, ms);
        window.addEventListener("end-toast", act, { once: true });
        return 0;
      }) as typeof window.setTimeout;
    });
    await page.getByRole("button", { name: "Undo: change dates" }).click();
    await page.locator(".toast").first().waitFor();
    expect(await page.evaluate(underToast)).toEqual([]);
    await page.evaluate(() => {
      window.location.hash = "#/plan";
    });
    await page.getByRole("button", { name: /^Suggest/ }).waitFor();
    await page.getByText(/^Keep clear \(see map\)/).waitFor();
    // What has not loaded yet pushes the foot of Plan down for a moment.
    await expect.poll(() => page.evaluate(underToast)).toEqual([]);
    await page.evaluate(() => window.dispatchEvent(new Event("end-toast")));
  },
);

/** What can be pressed and has a toast over some of it, which must be there. Runs in the page. */
function underToast(): readonly string[] {
  const toast = document.querySelector(".toast")?.getBoundingClientRect();
  if (!toast) return ["no toast"];
  return [...document.querySelectorAll("button, a, input, select, summary")]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
      const { left, right, top, bottom, width } = one.getBoundingClientRect();
      const isAside = left >= toast.right || right <= toast.left;
      return width > 0 && !isAside && top < toast.bottom && bottom > toast.top;
    })
    .map((one) => one.getAttribute("aria-label") ?? one.textContent);
}
