import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { visitRelease } from "#tests/browser/releases/panel-support.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

/** Presenting: by keyboard or remote control alone, and without a network once it is open. */
const { browser } = demoWith(openBrowser);
let presenter: Visit;
let page: Page;

beforeAll(async () => {
  presenter = await visitRelease(browser, sampleRelease(), { height: 720 });
  page = presenter.page;
  await page.locator(".panel__stage > .panel__moved").waitFor();
});

const patiently = { timeout: 20_000 };
const slide = async () =>
  (await page.locator(".panel__slide").getAttribute("class"))?.split("--").at(-1);
/** What is below the fold comes first: so a slide may take more than one press. */
async function next(key: string): Promise<string | undefined> {
  const before = await slide();
  for (let press = 0; press < 8 && (await slide()) === before; press += 1) {
    await page.keyboard.press(key);
  }
  return slide();
}

test("without a network every slide and every answer opens, full screen, by keys alone", async () => {
  await page.keyboard.press("f");
  await expect
    .poll(() => page.evaluate(() => document.fullscreenElement?.classList[0]), patiently)
    .toBe("panel");
  expect(await page.locator(".panel__head .demo-mark").isVisible()).toBe(true);
  expect(await page.locator(".panel__foot").isVisible()).toBe(true);
  // The hall sees no control until a pointer moves.
  const controls = page.locator(".panel__controls");
  const isInSight = async () => ((await controls.boundingBox())?.y ?? 0) > -1;
  await expect.poll(isInSight).toBe(false);
  await page.mouse.move(300, 300);
  await expect.poll(isInSight).toBe(true);
  await page.context().setOffline(true);
  const seen = [await slide()];
  const keys = ["PageDown", "ArrowRight", " "];
  for (let at = 0; at < 15; at += 1) seen.push(await next(keys[at % 3] ?? ""));
  expect(seen).toEqual([
    "reported",
    "where",
    "list",
    "when",
    "done",
    "helped",
    "moved",
    "promised",
    "law",
    "selling",
    "powers",
    "limits",
    "you",
    "help",
    "contact",
    "method",
  ]);
  expect(await next("PageDown")).toBe("method");
  await page.keyboard.press("q");
  expect(await slide()).toBe("questions");
  for (const [at, key] of [..."1234567890"].entries()) {
    await page.keyboard.press(key);
    expect(await slide()).toBe(`q${at + 1}`);
    expect(await page.locator(".panel__slide").textContent()).toContain("Where this comes from");
  }
  await page.keyboard.press("q");
  expect(await slide()).toBe("method");
  await page.keyboard.press("Home");
  expect(await slide()).toBe("reported");
  await page.keyboard.press("End");
  expect(await slide()).toBe("method");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Shift+Space");
  expect(await slide()).toBe("you");
  expect(presenter.problems.filter((one) => !one.includes("ERR_INTERNET_DISCONNECTED"))).toEqual(
    [],
  );
  await page.context().setOffline(false);
});

test("B or a full stop blanks the slides and any step shows them again; F leaves the full screen", async () => {
  for (const key of ["b", "."]) {
    await page.keyboard.press(key);
    await page.locator(".panel__blank").waitFor();
    for (const part of [".panel__head", ".panel__slide", ".panel__foot", ".panel__controls"]) {
      expect(await page.locator(part).isVisible(), part).toBe(false);
    }
    // In the light theme too the note is read on black.
    expect(await seriousViolations(page, ".panel")).toEqual([]);
    await page.keyboard.press(key === "b" ? "b" : "PageUp");
    await page.locator(".panel__sentence").waitFor();
    expect(await page.locator(".panel__blank").count()).toBe(0);
  }
  await page.keyboard.press("f");
  await expect
    .poll(() => page.evaluate(() => document.fullscreenElement === null), patiently)
    .toBe(true);
});

test("on a touch screen a swipe turns the slides; one that goes down, or is short, does not", async () => {
  const swipe = (right: number, down: number) =>
    page.locator(".panel__stage").evaluate(
      (target, { right, down }) => {
        const at = (x: number, y: number) =>
          new Touch({ identifier: 1, target, clientX: 400 + x, clientY: 300 + y });
        const start = at(0, 0);
        target.dispatchEvent(
          new TouchEvent("touchstart", {
            bubbles: true,
            touches: [start],
            changedTouches: [start],
          }),
        );
        target.dispatchEvent(
          new TouchEvent("touchend", { bubbles: true, changedTouches: [at(right, down)] }),
        );
      },
      { right, down },
    );
  await page.keyboard.press("End");
  expect(await slide()).toBe("method");
  await swipe(200, 20);
  await expect.poll(slide).toBe("contact");
  await swipe(80, 200);
  await swipe(30, 0);
  expect(await slide()).toBe("contact");
  for (let press = 0; press < 8 && (await slide()) === "contact"; press += 1) await swipe(-200, 20);
  expect(await slide()).toBe("method");
});
