import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, seriousViolations, type TestBrowser } from "#tests/browser/driver.ts";
import {
  type DemoServer,
  startDemoServer,
  startEmptyServer,
} from "#tests/browser/support-server.ts";

let server: DemoServer;
let browser: TestBrowser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe("sign-in", () => {
  test("one click on a role opens its first screen, under the mark of made-up data", async () => {
    const { page, problems, close } = await browser.visit({ server: server.url });
    await page.getByRole("button", { name: /^Sergeant/ }).click();
    await page.getByRole("heading", { name: "Hotspots", level: 1 }).waitFor();
    expect(await page.getByText("MADE-UP DATA").isVisible()).toBe(true);
    expect(new URL(page.url()).hash).toMatch(/^#\/hotspots/);
    expect(problems).toEqual([]);
    await close();
  });

  test("signing out leaves nothing of the last person on the page", async () => {
    const { page, close } = await browser.visit({ server: server.url, role: "analyst" });
    await page.getByRole("link", { name: "Records" }).click();
    await page.getByRole("button", { name: /Signed in as Analyst/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Who are you today?" }).waitFor();
    expect(await page.getByRole("navigation", { name: "Screens" }).count()).toBe(0);
    await page.getByRole("button", { name: /^Outreach partner A/ }).click();
    await page.getByRole("heading", { name: "Outreach", level: 1 }).waitFor();
    expect(await page.getByRole("link", { name: "Records" }).count()).toBe(0);
    await close();
  });

  test("a role cannot open a screen that is not its own by address", async () => {
    const { page, close } = await browser.visit({
      server: server.url,
      role: "partner",
      partner: "a",
      fragment: "#/hotspots",
    });
    await page.getByRole("heading", { name: "Outreach", level: 1 }).waitFor();
    await close();
  });

  test("a session that the server has ended leads back to the sign-in page", async () => {
    const { page, close } = await browser.visit({ server: server.url, role: "sergeant" });
    await page.getByTestId("filtered-count").waitFor();
    await page.context().clearCookies();
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await page.getByRole("heading", { name: "Who are you today?" }).waitFor();
    await close();
  });

  test("keyboard alone signs in, reaches the screen past the frame, and opens and leaves help", async () => {
    const { page, close } = await browser.visit({ server: server.url });
    await page.getByRole("button", { name: /^Sergeant/ }).waitFor();
    // Past the other way in.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByTestId("filtered-count").waitFor();
    await page.getByRole("button", { name: "Help" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Help: Hotspots" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      "Help",
    );
    await close();
  });

  test.each([
    [768, 1024],
    [1280, 720],
    [390, 844],
  ])("both ways in are in view without scrolling at %s x %s", async (width, height) => {
    const { page, close } = await browser.visit({ server: server.url, width, height });
    const inView = async (name: string) => {
      const box = await page.getByRole("button", { name, exact: true }).boundingBox();
      expect(box, name).not.toBeNull();
      // In the upper half, and whole.
      expect((box?.y ?? 0) + (box?.height ?? 0), name).toBeLessThan(height / 2);
      expect((box?.x ?? 0) + (box?.width ?? 0), name).toBeLessThanOrEqual(width);
    };
    await page.getByRole("button", { name: /^Sergeant/ }).waitFor();
    await inView("Sign in with an account instead");
    await page.getByRole("button", { name: "Sign in with an account instead" }).click();
    await inView("Sign in");
    await inView("Choose a role of the demonstration instead");
    await page.getByRole("button", { name: "I have a one-time secret" }).click();
    const set = page.getByRole("button", { name: "Set password and sign in" });
    const box = await set.boundingBox();
    expect((box?.y ?? height) + (box?.height ?? 0)).toBeLessThan(height);
    expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(width);
    await close();
  });

  test("on a phone the mark covers neither title nor date, with imported rows beside", async () => {
    const { page, close } = await browser.visit({
      server: server.url,
      role: "partner",
      partner: "a",
      width: 390,
      touch: true,
    });
    const mark = page.locator(".top-bar .demo-mark");
    await mark.evaluate((words) => {
      words.textContent = "MADE-UP AND IMPORTED DATA";
    });
    const left = (await mark.boundingBox())?.x ?? 0;
    for (const name of ["title", "as-at"]) {
      const right = await page.locator(`.top-bar__${name}`).evaluate((words) => {
        const range = document.createRange();
        range.selectNodeContents(words);
        return range.getBoundingClientRect().right;
      });
      expect(right).toBeLessThan(left);
    }
    expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(390);
    await close();
  });

  for (const theme of ["light", "dark"] as const) {
    test(`has no serious accessibility fault in the ${theme} theme`, async () => {
      const { page, close } = await browser.visit({ server: server.url, theme });
      await page.getByRole("heading", { name: "Who are you today?" }).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await close();
    });
  }
});

test("without a demonstration nobody can sign in by role: the page asks for name and password", async () => {
  const empty = await startEmptyServer();
  const { page, close } = await browser.visit({ server: empty.url });
  await page.getByRole("form", { name: "Sign in" }).waitFor();
  expect(await page.getByRole("button", { name: /Sergeant/ }).count()).toBe(0);
  expect(await seriousViolations(page)).toEqual([]);
  await close();
  await empty.close();
});
