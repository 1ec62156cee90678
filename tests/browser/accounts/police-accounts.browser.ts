import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, seriousViolations } from "#tests/browser/driver.ts";

const { server, browser } = demoWith(openBrowser);

test("an administrator asks, a sergeant confirms on their own page, and the coordinator reads who it was", async () => {
  const admin = await browser.visit({ role: "admin" });
  await admin.page.getByRole("button", { name: "Add an account" }).click();
  await admin.page.getByLabel("Sign-in name").fill("new.sergeant");
  await admin.page.getByLabel("Role").selectOption({ label: "Sergeant" });
  await admin.page.getByRole("button", { name: "Add", exact: true }).click();
  await admin.page.getByText("It cannot be used until a second person confirms it.").waitFor();
  const dialog = admin.page.getByRole("dialog", { name: "new.sergeant" });
  await dialog.getByRole("button", { name: "One-time secret" }).click();
  await dialog.getByText("within three days of a second person confirming it").waitFor();
  const secret = await dialog.getByRole("status").locator("strong").textContent();
  await admin.page.keyboard.press("Escape");
  await admin.page
    .getByRole("row", { name: /new\.sergeant.*waiting for a second person/ })
    .waitFor();
  const take = () =>
    admin.page.request.post("/api/session/set-up", {
      data: { name: "new.sergeant", secret, password: "four geese over water" },
      headers: { cookie: "" },
    });
  expect((await take()).status()).toBe(403);
  await admin.close();

  const desk = await browser.visit({
    ...{ server: server.url, role: "sergeant" as const, fragment: "#/plan" },
    width: 1440,
    height: 900,
  });
  await desk.page.getByText("a second person must confirm. new.sergeant.").waitFor();
  await desk.page.getByRole("button", { name: "Review" }).click();
  const asked = desk.page.getByRole("dialog", { name: "Police accounts" });
  await asked
    .getByText("demonstration admin wants to open an account for new.sergeant (sergeant).")
    .waitFor();
  expect(await seriousViolations(desk.page)).toEqual([]);
  await asked.getByRole("button", { name: "Confirm for new.sergeant" }).click();
  await asked.getByText(/Confirmed by a sergeant on/).waitFor();
  await desk.page.keyboard.press("Escape");
  await desk.page.getByRole("button", { name: "Review" }).waitFor({ state: "detached" });
  await desk.close();

  const coordinator = await browser.visit({ role: "coordinator" });
  const told = coordinator.page
    .getByRole("listitem")
    .filter({ hasText: "New account for new.sergeant" });
  await told.getByText(/by demonstration admin\. Confirmed by a sergeant on/).waitFor();
  await coordinator.close();
});
