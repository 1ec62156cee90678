import { beforeAll, describe, expect, test } from "vitest";
import { roles } from "#core/role.ts";
import { signInWith } from "#tests/browser/accounts/accounts-support.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page, type VisitOptions } from "#tests/component/driver.ts";
import { addTestAccount, goodPassword } from "#tests/support/accounts.ts";

const { server, browser } = demoWith(openPages);
beforeAll(async () => {
  await addTestAccount(server.services.db, { name: "jane.hollis", role: "sergeant" });
});

async function signedIn(options: Partial<VisitOptions> = {}) {
  const visit = await browser.visit(options);
  await visit.page.getByRole("button", { name: "Sign in with an account instead" }).click();
  await signInWith(visit.page, "jane.hollis", goodPassword);
  await visit.page.getByTestId("filtered-count").waitFor();
  return visit;
}

describe("an account", () => {
  test("signs in by keyboard, sees its own name, changes something, and signs out", async () => {
    const { page, close, problems } = await browser.visit();
    await page.getByRole("button", { name: "Sign in with an account instead" }).press("Enter");
    await page.getByLabel("Name").fill("Jane.Hollis");
    await page.keyboard.press("Tab");
    await page.keyboard.type(goodPassword);
    await page.keyboard.press("Enter");
    await page.getByTestId("filtered-count").waitFor();
    await page.getByRole("button", { name: /^Signed in as Sergeant/ }).click();
    await page.getByText("jane.hollis").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Who are you today?" }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});

describe("without a signal", () => {
  test.each(roles)(
    "a person (%s) who signs out is signed out here at once, and on the server as soon as it hears",
    async (role) => {
      const { page, close } = await browser.visit({ role });
      await page.locator(".top-bar").waitFor();
      await page.context().setOffline(true);
      await page.getByRole("button", { name: /^Signed in as/ }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByText("You are signed out here.").waitFor();
      expect(await page.locator(".top-bar, main table").count()).toBe(0);
      await expect.poll(() => page.title()).toBe("Diary");
      await page.reload();
      await page.getByText("You are signed out here.").waitFor();
      await page.context().setOffline(false);
      await page.getByRole("heading", { name: "Who are you today?" }).waitFor();
      const reply = await page.request.get(`${server.url}/api/session`);
      expect(await reply.json()).toMatchObject({ signedIn: false });
      await close();
    },
  );
});

describe("the screen lock", () => {
  const locked = (page: Page) => page.getByRole("dialog", { name: "Screen locked" });
  const unlock = async (page: Page, password: string) => {
    await locked(page).getByLabel("Password").fill(password);
    await locked(page).getByRole("button", { name: "Unlock" }).click();
  };

  test("no key and no reload gets past it; the password does, and the view is as it was", async () => {
    const { page, close } = await signedIn({ fragment: "#/hotspots?days=fri,sat&hours=20-02" });
    const view = page.url();
    const count = await page.getByTestId("filtered-count").textContent();
    await page.getByRole("button", { name: /^Signed in as/ }).click();
    const answered = page.waitForResponse((reply) => reply.url().endsWith("/api/session/lock"));
    await page.getByRole("button", { name: "Lock the screen" }).click();
    expect((await answered).status()).toBe(200);
    for (let n = 0; n < 4; n += 1) await page.keyboard.press("Escape");
    expect(await locked(page).isVisible()).toBe(true);
    await unlock(page, "not the password");
    await locked(page).getByRole("alert").waitFor();
    await unlock(page, goodPassword);
    await page.getByTestId("filtered-count").waitFor();
    expect(page.url()).toBe(view);
    expect(await page.getByTestId("filtered-count").textContent()).toBe(count);
    await close();
  });

  test("the lock holds on the server: after a reload nothing is loaded before it is off", async () => {
    const { page, close } = await signedIn();
    await page.getByRole("button", { name: /^Signed in as/ }).click();
    const answered = page.waitForResponse((reply) => reply.url().endsWith("/api/session/lock"));
    await page.getByRole("button", { name: "Lock the screen" }).click();
    await answered;
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await locked(page).waitFor();
    expect(asked.filter((path) => path.startsWith("/api/"))).toEqual(["/api/session"]);
    await unlock(page, goodPassword);
    await page.getByTestId("filtered-count").waitFor();
    await close();
  });
});
