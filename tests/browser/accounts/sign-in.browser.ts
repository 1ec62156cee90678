import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, seriousViolations } from "#tests/browser/driver.ts";
import { isWhole } from "#tests/support/runs.ts";

const { browser } = demoWith(openBrowser);

describe("sign-in", () => {
  test("both ways in are in view without scrolling, on every screen, and have no serious fault of access in either theme", async () => {
    const { page, close } = await browser.visit();
    const other = page.getByRole("button", { name: "Sign in with an account instead" });
    const back = page.getByRole("button", {
      name: "Choose a demo role instead",
    });
    for (const [width, height] of [
      [768, 1024],
      [1280, 720],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      const inView = async (name: string) => {
        const box = await page.getByRole("button", { name, exact: true }).boundingBox();
        expect(box, name).not.toBeNull();
        // In the upper half, and whole.
        expect((box?.y ?? 0) + (box?.height ?? 0), name).toBeLessThan(height / 2);
        expect((box?.x ?? 0) + (box?.width ?? 0), name).toBeLessThanOrEqual(width);
      };
      await page.getByRole("button", { name: /^Sergeant/ }).waitFor();
      await inView("Sign in with an account instead");
      await other.click();
      await inView("Sign in");
      await inView("Choose a demo role instead");
      await page.getByRole("button", { name: "I have a one-time secret" }).click();
      const set = page.getByRole("button", { name: "Set password and sign in" });
      const box = await set.boundingBox();
      expect((box?.y ?? height) + (box?.height ?? 0)).toBeLessThan(height);
      expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(width);
      await back.click();
    }
    await page.getByRole("heading", { name: "Who are you today?" }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await seriousViolations(page)).toEqual([]);
    await other.click();
    await page.getByRole("form", { name: "Sign in" }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await close();
  });

  test.runIf(isWhole)(
    "code that does not come while the server starts again is asked for again; what never comes is said",
    async () => {
      const { page, problems, close } = await browser.visit({ fresh: true });
      let asked = 0;
      let missing = 2;
      await page.route("**/assets/RoleChoice-*.js", (route) => {
        asked += 1;
        return asked <= missing ? route.abort() : route.continue();
      });
      await page.reload();
      await page.locator(".sign-in__role").first().waitFor();
      expect(asked).toBe(3);

      missing = Number.POSITIVE_INFINITY;
      await page.clock.install();
      await page.reload();
      const stopped = page.getByRole("heading", { name: "The page has stopped" });
      const wait = async () => {
        await page.clock.runFor(8_000);
        return stopped.isVisible();
      };
      await expect.poll(wait, { timeout: 20_000 }).toBe(true);
      missing = 0;
      await page.getByRole("button", { name: "Retry" }).click();
      await page.locator(".sign-in__role").first().waitFor();
      expect(problems.join()).toContain("Failed to load resource");
      await close();
    },
  );

  test("on a phone the mark covers neither title nor date, with imported rows beside", async () => {
    const { page, close } = await browser.visit({
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

  test("a link to another role's screen says so, and whoever signs in next has none of it", async () => {
    const { page, close } = await browser.visit({ role: "partner", partner: "a" });
    await page.evaluate(() => {
      window.location.hash = "#/records";
    });
    await page.getByText("You have no screen for that link: here is Outreach.").waitFor();
    expect(new URL(page.url()).hash).toBe("#/outreach");
    await page.getByRole("button", { name: /^Signed in as/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.locator(".sign-in").waitFor();
    expect(new URL(page.url()).hash).toBe("#/");
    await close();
  });
});
