import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { startEmptyServer } from "#tests/browser/support-server.ts";
import { openPages } from "#tests/component/driver.ts";

const { browser } = demoWith(openPages);

describe("sign-in", () => {
  test("one click on a role opens its first screen, under the mark of made-up data", async () => {
    const { page, problems, close } = await browser.visit();
    await page.getByRole("button", { name: /^Sergeant/ }).click();
    await page.getByRole("heading", { name: "Hotspots", level: 1 }).waitFor();
    expect(await page.getByText("MADE-UP DATA").isVisible()).toBe(true);
    expect(new URL(page.url()).hash).toMatch(/^#\/hotspots/);
    expect(problems).toEqual([]);
    await close();
  });

  test("signing out leaves nothing of the last person on the page", async () => {
    const { page, close } = await browser.visit({ role: "analyst" });
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

  test("a word on what the last person did is gone with them", async () => {
    const { page, close } = await browser.visit({ role: "partner", partner: "a" });
    await page.getByRole("button", { name: /^Out now at Late walk/ }).click();
    await page.locator(".toast", { hasText: "On police screens" }).waitFor();
    await page.getByRole("button", { name: /Signed in as Outreach partner A/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Who are you today?" }).waitFor();
    expect(await page.locator(".toast").count()).toBe(0);
    await close();
  });

  test("a role cannot open a screen that is not its own by address", async () => {
    const { page, close } = await browser.visit({
      role: "partner",
      partner: "a",
      fragment: "#/hotspots",
    });
    await page.getByRole("heading", { name: "Outreach", level: 1 }).waitFor();
    await close();
  });

  test("a session that the server has ended leads back to the sign-in page", async () => {
    const { page, close } = await browser.visit({ role: "sergeant" });
    await page.getByTestId("filtered-count").waitFor();
    await page.context().clearCookies();
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await page.getByRole("heading", { name: "Who are you today?" }).waitFor();
    await close();
  });

  test("keyboard alone signs in, reaches the screen past the frame, and opens and leaves help", async () => {
    const { page, close } = await browser.visit();
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
});

test("without a demonstration nobody can sign in by role: the page asks for name and password", async () => {
  const empty = await startEmptyServer();
  const { page, close } = await browser.visit({ server: empty.url });
  await page.getByRole("form", { name: "Sign in" }).waitFor();
  expect(await page.getByRole("button", { name: /Sergeant/ }).count()).toBe(0);
  await close();
  await empty.close();
});
