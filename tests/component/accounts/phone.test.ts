import { beforeAll, expect, test } from "vitest";
import { openByPin } from "#tests/browser/accounts/accounts-support.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openMore } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";
import { addTestAccount, asOwner, confirmWaiting, countIn } from "#tests/support/accounts.ts";

/** A phone that is set up by link and opened by PIN. Leaving it in a hurry is a browser's: tests/browser/accounts/phone.browser.ts. */
const pin = "704913";

const { server, browser } = demoWith(openPages);
let visit: Visit;
let page: Page;
beforeAll(async () => {
  await addTestAccount(server.services.db, {
    name: "night.worker",
    role: "partner",
    partner: "a",
    withoutPassword: true,
  });
});

test("the administrator's link sets up a phone: what is no good PIN is refused in words", async () => {
  const admin = await browser.visit({ role: "admin" });
  await admin.page.getByRole("button", { name: "Change night.worker" }).click();
  await admin.page.getByRole("button", { name: "Link to set up a phone" }).click();
  const link = (await admin.page.locator(".device-link-note").textContent()) ?? "";
  expect(link).toMatch(/^http:.+\/#\/phone\?key=([a-z2-9]{5}-){4}[a-z2-9]{5}$/);
  await confirmWaiting(server.services.db, "night.worker");
  visit = await browser.visit({
    fragment: new URL(link).hash,
    width: 390,
    height: 844,
    touch: true,
  });
  page = visit.page;
  await page.getByRole("heading", { name: "Set up this phone" }).waitFor();
  expect(page.url()).toBe(`${server.url}/`);
  await page.getByLabel("New PIN").fill("123456");
  await page.getByRole("button", { name: "Set up this phone" }).click();
  await page.getByText("too easy to guess").waitFor();
  await page.getByLabel("New PIN").fill(pin);
  await page.getByLabel("Repeat the PIN").fill("704914");
  await page.getByText("The two PINs do not match.").waitFor();
  await page.getByLabel("Repeat the PIN").fill(pin);
  await page.getByRole("button", { name: "Set up this phone" }).click();
  await page.getByRole("heading", { name: "Next sessions" }).waitFor();
});

test("a phone is opened in the language chosen there, and the Diary speaks it; signing out leaves no trace of it", async () => {
  const signOut = async () => {
    await page.getByRole("button", { name: /Signed in as/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
  };
  await signOut();
  await page.getByLabel("Language", { exact: true }).selectOption({ label: "Polski" });
  await page.getByRole("form", { name: "Otwórz PIN-em" }).waitFor();
  expect(await page.locator("main").getAttribute("lang")).toBe("pl");
  await page.getByRole("textbox", { name: "PIN" }).fill(pin);
  await page.getByRole("button", { name: "Otwórz", exact: true }).click();
  await page.getByRole("heading", { name: "Najbliższe wyjazdy" }).waitFor();
  await signOut();
  await page.getByRole("form", { name: "Open with PIN" }).waitFor();
  expect(await page.evaluate(() => window.localStorage.length)).toBe(0);
  await openByPin(page, pin);
});

test("what is saved when the session has ended waits in the page, and goes out with the PIN", async () => {
  await page.getByRole("button", { name: "Out now, another place or time" }).click();
  const dialog = page.getByRole("dialog", { name: "Out now" });
  await dialog.getByRole("button", { name: "Leave quickly" }).waitFor();
  const outNow = dialog.getByRole("button", { name: "Out now, 2 hours" });
  // As after half an hour without use; ended as this call goes out, so that nothing else hears of it before.
  const path = "**/api/outreach/out-now";
  await page.route(path, async (route) => {
    await page.unroute(path);
    await asOwner(server.services.db, "delete from sign_in where person = 'night.worker'");
    await route.continue();
  });
  await outNow.click();
  await page.getByText("1 entry is not sent yet.").waitFor();
  const words = (await page.locator("body").textContent()) ?? "";
  expect(words).not.toMatch(/boxster|police|outreach|patrol/i);
  await openByPin(page, pin);
  await page
    .getByText(/On police screens since [\w:]+/)
    .first()
    .waitFor();
  expect(await page.getByText("Police not told yet").count()).toBe(0);
});

test("what is given up as a person leaves is never kept to be sent again", async () => {
  const countOf = () => countIn(server.services.db, "outreach_session");
  const before = await countOf();
  const path = "**/api/outreach/out-now";
  let asked = 0;
  let goOn: () => void = () => undefined;
  await page.route(path, async (route) => {
    asked += 1;
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await route.continue();
  });
  await page.getByRole("button", { name: "Out now, another place or time" }).click();
  const dialog = page.getByRole("dialog", { name: "Out now" });
  await dialog.getByLabel("Where").selectOption({ index: 1 });
  await dialog.getByRole("button", { name: "Out now, 2 hours" }).click();
  await expect.poll(() => asked).toBe(1);
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: /Signed in as/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  goOn();
  await page.getByRole("form", { name: "Open with PIN" }).waitFor();
  expect(await page.getByText("not sent yet").count()).toBe(0);
  await page.unroute(path);
  await openByPin(page, pin);
  expect(await page.getByText("Police not told yet").count()).toBe(0);
  expect(await countOf()).toEqual(before);
});

test("a phone is taken away after a question, and opens nothing any more", async () => {
  await openMore(page, "Phones and accounts");
  const phones = page.getByRole("region", { name: "Phones" });
  await phones.getByText("(this one)").waitFor();
  await phones.getByRole("button", { name: /^Remove/ }).click();
  await page.getByRole("dialog", { name: "Remove this phone?" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("Ask whoever gave you the link for a new one.").waitFor();
  expect(await page.getByRole("textbox", { name: "PIN" }).count()).toBe(0);
  const words = (await page.locator("body").textContent()) ?? "";
  expect(words).not.toMatch(/boxster|police|outreach|patrol/i);
});
