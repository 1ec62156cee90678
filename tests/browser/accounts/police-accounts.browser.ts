import { expect, test } from "vitest";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations } from "#tests/browser/driver.ts";
import { visitPartner } from "#tests/browser/protected-time/outreach-support.ts";

const { server, browser } = demoWith(openBrowser);

/** Notices in this order, each below the one before. */
async function expectStacked(page: Page, words: readonly RegExp[]): Promise<void> {
  const notices = page.locator(".frame__notices .banner");
  await expect.poll(() => notices.count()).toBe(words.length);
  let above = 0;
  for (const [at, word] of words.entries()) {
    const notice = notices.nth(at);
    expect((await notice.innerText()).trim()).toMatch(word);
    const { y = 0, height = 0 } = (await notice.boundingBox()) ?? {};
    expect(y).toBeGreaterThanOrEqual(above);
    above = y + height;
  }
}

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

  const { page: outreach } = await visitPartner(browser, server);
  const saved = await outreach.request.get("/api/outreach/places");
  const { places } = (await saved.json()) as { places: [SavedPlaceReply] };
  const out = await outreach.request.post("/api/outreach/out-now", {
    data: { key: crypto.randomUUID(), placeId: places[0].id },
  });
  expect(out.status()).toBe(200);

  const desk = await browser.visit({
    server: server.url,
    role: "sergeant" as const,
    fragment: "#/plan",
    width: 1440,
    height: 900,
  });
  await desk.page.getByText("a second person must confirm. new.sergeant.").waitFor();
  // A late change stands above it, not under it.
  await expectStacked(desk.page, [/^Keep-clear times changed/, /^1 request/]);
  await desk.page.setViewportSize({ width: 390, height: 844 });
  await expectStacked(desk.page, [/^Keep-clear times changed/, /^1 request/]);
  await desk.page.setViewportSize({ width: 1440, height: 900 });
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
