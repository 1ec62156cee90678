import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { openPages, type TestBrowser } from "#tests/component/driver.ts";

let server: DemoServer;
let browser: TestBrowser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openPages()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const settingFor = async (role: "admin" | "auditor") => {
  const { page, close } = await browser.visit({ server: server.url, role, fragment: "#/accounts" });
  return { page, close, part: page.getByRole("region", { name: "Public page" }) };
};

test("the public page: one turns it off, one asks for it, and another confirms", async () => {
  const admin = await settingFor("admin");
  await admin.part.getByText("On: anyone can read the newest release").waitFor();
  await admin.part.getByRole("button", { name: "Turn off" }).click();
  const question = admin.page.getByRole("dialog", { name: "Turn the public page off?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await admin.part.getByText("On: anyone can read").waitFor();
  await admin.part.getByRole("button", { name: "Turn off" }).click();
  await question.getByRole("button", { name: "Turn off" }).click();
  await admin.part.getByText("Off.", { exact: true }).waitFor();
  await admin.part.getByRole("button", { name: "Request to turn on" }).click();
  await admin.part.getByText("a second person must confirm it above").waitFor();
  const waits = admin.page.getByRole("region", { name: "To be confirmed by a second person" });
  await waits.getByText("wants to turn on the public page").waitFor();
  expect(await waits.getByRole("button", { name: "Confirm" }).count()).toBe(0);
  await admin.close();

  const auditor = await settingFor("auditor");
  await auditor.part.getByRole("button", { name: "Withdraw request" }).waitFor();
  const asked = auditor.page.getByRole("region", { name: "To be confirmed by a second person" });
  await asked.getByText("Anyone can then read the newest release").waitFor();
  await asked.getByRole("button", { name: "Confirm" }).click();
  await auditor.part.getByText("On: anyone can read the newest release").waitFor();
  expect(await auditor.part.getByRole("link", { name: "Open it" }).getAttribute("href")).toBe(
    "/public",
  );
  await auditor.close();
});
