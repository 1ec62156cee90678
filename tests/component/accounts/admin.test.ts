import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addAccount } from "#tests/browser/accounts/accounts-support.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { openPages, type TestBrowser } from "#tests/component/driver.ts";
import { startTestProvider, type TestProvider } from "#tests/support/oidc-provider.ts";

let server: DemoServer;
let browser: TestBrowser;
let provider: TestProvider;
beforeAll(async () => {
  provider = await startTestProvider();
  [server, browser] = await Promise.all([startDemoServer({ oidc: provider.oidc }), openPages()]);
  provider.expect(server.url);
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await provider.close();
});

const asAdmin = (more: { width?: number; theme?: "light" | "dark" } = {}) =>
  browser.visit({ server: server.url, role: "admin", ...more });

describe("the Accounts screen", () => {
  test("sets the number that partners phone, and refuses what no phone dials", async () => {
    const { page, close } = await asAdmin();
    const part = page.getByRole("region", { name: "Police contact for partners" });
    await part.getByText("Partners phone 01632 960 123 until police confirm.").waitFor();
    const field = part.getByLabel("Phone number");
    await field.fill("999");
    await part.getByRole("button", { name: "Save number" }).click();
    await part.getByText("An emergency call needs no contact").waitFor();
    await field.fill("01632 960 456");
    expect(await part.getByText("An emergency call needs no contact").count()).toBe(0);
    await part.getByRole("button", { name: "Save number" }).click();
    await part.getByText("Partners phone 01632 960 456 until police confirm.").waitFor();
    await part.getByRole("button", { name: "Remove" }).click();
    await part.getByText("No number yet.").waitFor();
    await close();
  });

  test("asks before a role or a secret cuts somebody off, and not before what does not", async () => {
    const { page, close } = await asAdmin();
    await addAccount(page, "asked.first", "Sergeant");
    const dialog = page.getByRole("dialog", { name: "asked.first", exact: true });
    // Nobody is there yet to be cut off.
    await dialog.getByRole("button", { name: "One-time secret" }).click();
    await dialog.getByText(/Signs in by one-time secret/).waitFor();

    await dialog.getByRole("button", { name: "One-time secret" }).click();
    const secret = page.getByRole("dialog", { name: "Give asked.first a new one-time secret?" });
    await secret.getByText("The earlier one-time secret stops working").waitFor();
    await page.keyboard.press("Escape");
    await secret.waitFor({ state: "detached" });

    await dialog.getByLabel("Role").selectOption({ label: "Analyst" });
    await dialog.getByRole("button", { name: "Save" }).click();
    const change = page.getByRole("dialog", { name: "Change asked.first?" });
    await change.getByText("Changing the role signs asked.first out everywhere at once").waitFor();
    await change.getByRole("button", { name: "Save and sign out" }).click();
    const row = page.getByRole("row", { name: /asked\.first.*Analyst/ });
    await row.waitFor();

    await row.getByRole("button").click();
    await dialog.getByLabel("Display name").fill("Somebody");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByRole("row", { name: /asked\.first.*Somebody/ }).waitFor();
    await close();
  });

  test("only: passwords are off after asking, and on again without", async () => {
    const { page, close } = await asAdmin();
    await addAccount(page, "by.password.alone", "Sergeant");
    await page.keyboard.press("Escape");
    await page.getByRole("radio", { name: "Off" }).click();
    const question = page.getByRole("dialog", { name: "Turn passwords off?" });
    await question
      .getByText(/no name at Station and could no longer sign in.*by\.password\.alone/)
      .waitFor();
    await question.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Password, or Station.").waitFor();
    await page.getByRole("radio", { name: "Off" }).click();
    await question.getByRole("button", { name: "Turn passwords off" }).click();
    await page.getByText("only: passwords are off").waitFor();
    await page.getByRole("radio", { name: "On", exact: true }).click();
    await page.getByText("Password, or Station.").waitFor();
    await close();
  });

  test("an outreach partner that is not there yet is added with its first account", async () => {
    const { page, close } = await asAdmin();
    await addAccount(page, "van.driver", "Outreach partner", async () => {
      await page.getByLabel("Outreach partner").selectOption({ label: "Add a new partner" });
      await page.getByLabel("Name of the new outreach partner").fill("Night Van");
      await page.getByText("No patrols are suggested until it confirms its times.").waitFor();
    });
    await page.keyboard.press("Escape");
    await page.getByRole("row", { name: /van\.driver.*Night Van/ }).waitFor();
    await close();
  });

  test("a name that looks like another asks first; what is changed since is asked about again", async () => {
    const { page, close } = await asAdmin();
    await addAccount(page, "j.hollis", "Sergeant");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add an account" }).click();
    const name = page.getByLabel("Sign-in name");
    const anyway = page.getByRole("button", { name: "Add anyway" });
    const askedAbout = page.getByText('This looks like "j.hollis"');
    await name.fill("j.ho1lis");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await askedAbout.waitFor();
    await anyway.waitFor();
    await name.fill("j.hol1is");
    await anyway.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await anyway.click();
    await page.getByRole("dialog", { name: "j.hol1is" }).waitFor();
    await close();
  });

  test("an auditor reads the same and has nothing to change it with", async () => {
    const { page, close } = await browser.visit({
      server: server.url,
      role: "auditor",
      fragment: "#/accounts",
    });
    await page.getByRole("heading", { name: "How people sign in" }).waitFor();
    await page.getByText(/accounts? in use|with an account yet/).waitFor();
    expect(await page.getByRole("button", { name: /Add|Change/ }).count()).toBe(0);
    await close();
  });
});
