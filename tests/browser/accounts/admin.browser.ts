import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addAccount } from "#tests/browser/accounts/accounts-support.ts";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
} from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { confirmWaiting } from "#tests/support/accounts.ts";
import { startTestProvider, type TestProvider } from "#tests/support/oidc-provider.ts";

let server: DemoServer;
let browser: TestBrowser;
let provider: TestProvider;
beforeAll(async () => {
  provider = await startTestProvider();
  [server, browser] = await Promise.all([startDemoServer({ oidc: provider.oidc }), openBrowser()]);
  provider.expect(server.url);
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await provider.close();
});

const asAdmin = () => browser.visit({ server: server.url, role: "admin" });

/** Whether the browser is signed in, by the server's own word. */
async function stateOf(page: Page): Promise<boolean> {
  const reply = await page.request.get("/api/session");
  return ((await reply.json()) as { signedIn: boolean }).signedIn;
}

describe("the Accounts screen", () => {
  test("adds an account, hands out a secret; its person sets a password, and is put out at once", async () => {
    const admin = await asAdmin();
    await addAccount(admin.page, "new.coordinator", "Coordinator");
    const dialog = admin.page.getByRole("dialog", { name: "new.coordinator" });
    await dialog.getByRole("button", { name: "One-time secret" }).click();
    const secret = await dialog.getByRole("status").locator("strong").textContent();
    expect(secret).toMatch(/^([a-z2-9]{5}-){4}[a-z2-9]{5}$/);
    await confirmWaiting(server.services.db, "new.coordinator");

    const person = await browser.visit({ server: server.url });
    await person.page.getByRole("button", { name: "Sign in with an account instead" }).click();
    await person.page.getByRole("button", { name: "I have a one-time secret" }).click();
    const form = person.page.getByRole("form", { name: "Set a first password" });
    await form.getByLabel("Name").fill("new.coordinator");
    await form.getByLabel("One-time secret").fill(secret ?? "");
    await form.getByLabel("New password").fill("new.coordinator");
    await form.getByText("contains the sign-in name").waitFor();
    const chosen = form.getByLabel("New password");
    await chosen.fill("four geese over water");
    // Typed once, so it can be looked at.
    const kind = () => chosen.getAttribute("type");
    expect(await kind()).toBe("password");
    await form.getByRole("button", { name: "Show what is typed" }).click();
    expect(await kind()).toBe("text");
    await form.getByRole("button", { name: "Hide what is typed" }).click();
    expect(await kind()).toBe("password");
    await form.getByRole("button", { name: "Set password and sign in" }).click();
    await person.page.locator(".coordinator").waitFor();

    // Asked first, saying what follows; whoever says no has done nothing.
    const question = admin.page.getByRole("dialog", { name: "Disable new.coordinator?" });
    await dialog.getByRole("button", { name: "Disable and sign out" }).click();
    await question.getByText(/new\.coordinator is signed out everywhere at once/).waitFor();
    expect(await seriousViolations(admin.page)).toEqual([]);
    await question.getByRole("button", { name: "Cancel" }).click();
    await question.waitFor({ state: "detached" });
    expect(await stateOf(person.page)).toBe(true);
    await dialog.getByRole("button", { name: "Disable and sign out" }).click();
    await question.getByRole("button", { name: "Disable and sign out" }).click();
    await dialog.getByText(/^Disabled\./).waitFor();
    expect(await stateOf(person.page)).toBe(false);
    await person.page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await person.page.getByRole("heading", { name: "Who are you today?" }).waitFor();
    await admin.page.keyboard.press("Escape");
    await admin.page.getByRole("row", { name: /new\.coordinator.*Disabled/ }).waitFor();
    expect(admin.problems).toEqual([]);
    await person.close();
    await admin.close();
  });
});

test("through the provider, which is another site: the lax cookie comes back, the session's is strict", async () => {
  const admin = await asAdmin();
  await addAccount(admin.page, "by.provider", "Sergeant", () =>
    admin.page.getByLabel("Name at Station").fill("By.Provider"),
  );
  await confirmWaiting(server.services.db, "by.provider");
  Object.assign(provider.person, { subject: "4711", preferredName: "By.Provider" });
  const { page, close } = await browser.visit({
    server: server.url,
    fragment: "#/hotspots?days=fri,sat&hours=20-02",
  });
  await page.getByRole("button", { name: "Sign in with an account instead" }).click();
  await page.getByRole("link", { name: "Sign in with Station" }).click();
  await page.getByTestId("filtered-count").waitFor();
  expect(new URL(page.url()).search).toBe("");
  expect(new URL(page.url()).hash).toContain("days=fri,sat");
  const cookies = await page.context().cookies(server.url);
  expect(cookies.find(({ name }) => name === "boxster_session")).toMatchObject({
    sameSite: "Strict",
    httpOnly: true,
  });
  expect(cookies.find(({ name }) => name === "boxster_flow")).toBeUndefined();

  Object.assign(provider.person, { subject: "4712", preferredName: "Somebody.Else" });
  const other = await browser.visit({ server: server.url });
  await other.page.getByRole("button", { name: "Sign in with an account instead" }).click();
  await other.page.getByRole("link", { name: "Sign in with Station" }).click();
  await other.page.getByRole("alert").getByText("does not match an active account").waitFor();
  expect(new URL(other.page.url()).search).toBe("");
  await other.close();
  await close();
  await admin.close();
});
