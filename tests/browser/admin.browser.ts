import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
} from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
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

const asAdmin = (more: { width?: number; theme?: "light" | "dark" } = {}) =>
  browser.visit({ server: server.url, role: "admin", ...more });

async function add(page: Page, name: string, role: string, more?: () => Promise<void>) {
  await page.getByRole("button", { name: "Add an account" }).click();
  await page.getByLabel("Sign-in name").fill(name);
  await page.getByLabel("Role").selectOption({ label: role });
  await more?.();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("dialog", { name }).waitFor();
}

/** Whether the browser is signed in, by the server's own word. */
async function stateOf(page: Page): Promise<boolean> {
  const reply = await page.request.get("/api/session");
  return ((await reply.json()) as { signedIn: boolean }).signedIn;
}

describe("the Accounts screen", () => {
  test("adds an account, hands out a secret; its person sets a password, and is put out at once", async () => {
    const admin = await asAdmin();
    await add(admin.page, "new.sergeant", "Sergeant");
    const dialog = admin.page.getByRole("dialog", { name: "new.sergeant" });
    await dialog.getByRole("button", { name: "One-time secret" }).click();
    const secret = await dialog.getByRole("status").locator("strong").textContent();
    expect(secret).toMatch(/^([a-z2-9]{5}-){4}[a-z2-9]{5}$/);

    const person = await browser.visit({ server: server.url });
    await person.page.getByRole("button", { name: "Sign in with an account instead" }).click();
    await person.page.getByRole("button", { name: "I have a one-time secret" }).click();
    const form = person.page.getByRole("form", { name: "Set a first password" });
    await form.getByLabel("Name").fill("new.sergeant");
    await form.getByLabel("One-time secret").fill(secret ?? "");
    await form.getByLabel("New password").fill("new.sergeant");
    await form.getByText("says the sign-in name").waitFor();
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
    await person.page.getByTestId("filtered-count").waitFor();

    // Asked first, saying what follows; whoever says no has done nothing.
    const question = admin.page.getByRole("dialog", { name: "Disable new.sergeant?" });
    await dialog.getByRole("button", { name: "Disable and sign out" }).click();
    await question.getByText(/new\.sergeant is signed out everywhere at once/).waitFor();
    await question.getByRole("button", { name: "Leave it as it is" }).click();
    await question.waitFor({ state: "detached" });
    expect(await stateOf(person.page)).toBe(true);
    await dialog.getByRole("button", { name: "Disable and sign out" }).click();
    await question.getByRole("button", { name: "Disable and sign out" }).click();
    await dialog.getByText(/^Disabled\./).waitFor();
    expect(await stateOf(person.page)).toBe(false);
    await person.page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await person.page.getByRole("heading", { name: "Who are you today?" }).waitFor();
    await admin.page.keyboard.press("Escape");
    await admin.page.getByRole("row", { name: /new\.sergeant.*Disabled/ }).waitFor();
    expect(admin.problems).toEqual([]);
    await person.close();
    await admin.close();
  });

  test("asks before a role, a password or a secret cuts somebody off, and not before what does not", async () => {
    const { page, close } = await asAdmin();
    await add(page, "asked.first", "Sergeant");
    const dialog = page.getByRole("dialog", { name: "asked.first", exact: true });
    const typePassword = async () => {
      await dialog.getByRole("button", { name: "Type a password for this person" }).click();
      await dialog.getByRole("textbox", { name: "New password" }).fill("four geese over water");
      await dialog.getByRole("button", { name: "Show what is typed" }).click();
      expect(await dialog.getByRole("textbox", { name: "New password" }).getAttribute("type")).toBe(
        "text",
      );
      await dialog.getByRole("button", { name: "Set password" }).click();
    };
    // Nobody is there yet to be cut off.
    await typePassword();
    await dialog.getByText(/Signs in by password/).waitFor();
    await typePassword();
    const other = page.getByRole("dialog", { name: "Give asked.first another password?" });
    await other.getByText("The password there is stops working").waitFor();
    await other.getByRole("button", { name: "Leave it as it is" }).click();

    await dialog.getByRole("button", { name: /by a one-time secret/ }).click();
    const secret = page.getByRole("dialog", { name: "Give asked.first a new one-time secret?" });
    await secret.getByText("The password there is stops working").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await secret.waitFor({ state: "detached" });
    await dialog.getByText(/Signs in by password/).waitFor();

    await dialog.getByLabel("Role").selectOption({ label: "Analyst" });
    await dialog.getByRole("button", { name: "Save" }).click();
    const change = page.getByRole("dialog", { name: "Change asked.first?" });
    await change.getByText("Another role signs asked.first out everywhere at once").waitFor();
    await change.getByRole("button", { name: "Save and sign out" }).click();
    const row = page.getByRole("row", { name: /asked\.first.*Analyst/ });
    await row.waitFor();

    await row.getByRole("button").click();
    await dialog.getByLabel("Name on screen").fill("Somebody");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByRole("row", { name: /asked\.first.*Somebody/ }).waitFor();
    await close();
  });

  test("passwords are switched off after asking, and on again without", async () => {
    const { page, close } = await asAdmin();
    await add(page, "by.password.alone", "Sergeant");
    await page.keyboard.press("Escape");
    await page.getByRole("radio", { name: "Off" }).click();
    const question = page.getByRole("dialog", { name: "Switch passwords off?" });
    await question
      .getByText(/no name at Station and could not sign in.*by\.password\.alone/)
      .waitFor();
    await question.getByRole("button", { name: "Leave it as it is" }).click();
    await page.getByText("By password, or through Station.").waitFor();
    await page.getByRole("radio", { name: "Off" }).click();
    await question.getByRole("button", { name: "Switch them off" }).click();
    await page.getByText("passwords are switched off").waitFor();
    await page.getByRole("radio", { name: "On" }).click();
    await page.getByText("By password, or through Station.").waitFor();
    await close();
  });

  test("an outreach partner that is not there yet is added with its first account", async () => {
    const { page, close } = await asAdmin();
    await add(page, "van.driver", "Outreach partner", async () => {
      await page.getByLabel("Outreach partner").selectOption({ label: "Another one, to be added" });
      await page.getByLabel("Name of the new outreach partner").fill("Night Van");
      await page.getByText("No patrols are suggested until it has confirmed its times.").waitFor();
    });
    await page.keyboard.press("Escape");
    await page.getByRole("row", { name: /van\.driver.*Night Van/ }).waitFor();
    await close();
  });

  test("a wrong name is told at the form, and nothing is added", async () => {
    const { page, close } = await asAdmin();
    await page.getByRole("button", { name: "Add an account" }).click();
    await page.getByLabel("Sign-in name").fill("two words");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("alert").getByText("2 to 64 characters").waitFor();
    await close();
  });

  test("an auditor reads the same and has nothing to change it with", async () => {
    const { page, close } = await browser.visit({
      server: server.url,
      role: "auditor",
      fragment: "#/accounts",
    });
    await page.getByRole("heading", { name: "How people sign in" }).waitFor();
    await page.getByText(/accounts? in use|by an account yet/).waitFor();
    expect(await page.getByRole("button", { name: /Add|Change/ }).count()).toBe(0);
    await close();
  });

  for (const theme of ["light", "dark"] as const) {
    for (const width of [390, 1280]) {
      test(`has no serious accessibility fault in the ${theme} theme at ${width}`, async () => {
        const { page, close } = await asAdmin({ theme, width });
        await page.getByRole("button", { name: "Add an account" }).waitFor();
        expect(await seriousViolations(page)).toEqual([]);
        await page.getByRole("button", { name: "Add an account" }).click();
        await page.getByLabel("Sign-in name").waitFor();
        expect(await seriousViolations(page)).toEqual([]);
        await close();
      });
    }
  }
});

test("through the provider, which is another site: the lax cookie comes back, the session's is strict", async () => {
  const admin = await asAdmin();
  await add(admin.page, "by.provider", "Sergeant", () =>
    admin.page.getByLabel("Name at Station").fill("By.Provider"),
  );
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
  await other.page.getByRole("alert").getByText("did not vouch").waitFor();
  expect(new URL(other.page.url()).search).toBe("");
  await other.close();
  await close();
  await admin.close();
});
