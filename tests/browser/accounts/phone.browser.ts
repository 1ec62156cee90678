import { afterAll, beforeAll, expect, test } from "vitest";
import { openByPin } from "#tests/browser/accounts/accounts-support.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { patiently } from "#tests/browser/protected-time/outreach-support.ts";
import { addTestAccount } from "#tests/support/accounts.ts";

const pin = "704913";
const elsewhere = "https://www.bbc.co.uk/weather";

const { server, browser } = demoWith(openBrowser);
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
afterAll(async () => {
  await visit.close();
});

async function openOnPhone(link: string) {
  visit = await browser.visit({
    fragment: new URL(link).hash,
    width: 390,
    height: 844,
    touch: true,
    // Its history is looked at.
    fresh: true,
  });
  page = visit.page;
  await page.route(elsewhere, (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>Weather</title>" }),
  );
}

/** Whether the browser is signed in, by the server's own word. */
async function isSignedIn(): Promise<boolean> {
  const reply = await page.request.get(`${server.url}/api/session`);
  return ((await reply.json()) as { signedIn: boolean }).signedIn;
}

test("the administrator's link sets up a phone once the partner has confirmed it: a PIN is chosen, and the link is out of the address", async () => {
  const admin = await browser.visit({ role: "admin" });
  await admin.page.getByRole("button", { name: "Change night.worker" }).click();
  await admin.page.getByRole("button", { name: "Link to set up a phone" }).click();
  const link = (await admin.page.locator(".device-link-note").textContent()) ?? "";
  expect(link).toMatch(/^http:.+\/#\/phone\?key=([a-z2-9]{5}-){4}[a-z2-9]{5}$/);
  // The same QR code of the link; what it holds, tests/unit/client/ui/qr-rows.test.ts reads back.
  await admin.page.getByRole("img", { name: "QR code of the link" }).waitFor();
  expect(await seriousViolations(admin.page)).toEqual([]);
  await admin.close();

  await openOnPhone(link);
  await page.getByRole("heading", { name: "Set up this phone" }).waitFor();
  expect(page.url()).toBe(`${server.url}/`);
  await page.getByLabel("New PIN").fill(pin);
  await page.getByLabel("Repeat the PIN").fill(pin);
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Set up this phone" }).click();
  await page.getByText("Waiting for a second person").waitFor();

  const colleague = await browser.visit({
    server: server.url,
    role: "partner",
    partner: "a",
    width: 390,
    height: 844,
    touch: true,
  });
  await colleague.page.getByText("wants to add a phone for night.worker").waitFor(patiently);
  expect(await seriousViolations(colleague.page)).toEqual([]);
  await colleague.page.getByRole("button", { name: "Confirm for night.worker" }).tap();
  await colleague.page.getByText("Confirmed by one of your team").first().waitFor();
  await colleague.close();

  await page.getByRole("button", { name: "Set up this phone" }).click();
  await page.getByRole("heading", { name: "Next sessions" }).waitFor(patiently);
});

test("the page's name and mark say nothing of what is open, signed in or not", async () => {
  const marked = () => page.locator('link[rel="icon"]').getAttribute("href");
  expect(await page.title()).toBe("Diary");
  expect(await marked()).toMatch(/plain|data:/);
  await page.getByRole("button", { name: /Signed in as/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("form", { name: "Open with PIN" }).waitFor();
  expect(await page.title()).toBe("Diary");
  const words = (await page.locator("body").textContent()) ?? "";
  expect(words).not.toMatch(/boxster|police|outreach|patrol/i);
  expect(await seriousViolations(page)).toEqual([]);
});

test("one tap leaves at once: the session ends, and neither Back nor Forward leads to the page", async () => {
  await openByPin(page, pin);
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.getByLabel("First date").fill("2021-12-05");
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.locator(".preview").waitFor();
  // As after a night in the page: nearly all that a browser keeps of a history.
  await page.evaluate(() => {
    for (let count = 0; count < 40; count += 1) {
      const state = window.history.state as { steps: number };
      window.history.pushState({ steps: state.steps + 1 }, "", `#/outreach?step=${count}`);
    }
  });
  await page.getByRole("button", { name: "Leave quickly" }).click();
  await page.waitForURL(elsewhere);
  await expect.poll(isSignedIn).toBe(false);
  const kept = await page.context().newCDPSession(page);
  const { entries, currentIndex } = await kept.send("Page.getNavigationHistory");
  const ahead = entries.slice(currentIndex + 1).map(({ url }) => url);
  expect(ahead.length).toBeGreaterThan(40);
  expect(ahead.filter((url) => !url.endsWith("#/away"))).toEqual([]);
  expect(entries.filter(({ url }) => url.includes("step="))).toEqual([]);
  // The steps were left behind: they lie ahead now, and lead on.
  await page.goForward();
  await page.waitForURL(elsewhere);
  await page.goBack().catch(() => null);
  const words = (await page.locator("body").textContent()) ?? "";
  expect(words).not.toContain("Add a session");
  await page.goto(server.url);
  await page.getByRole("form", { name: "Open with PIN" }).waitFor();
});

test("Escape twice leaves from within a dialog, Escape once only closes it", async () => {
  await openByPin(page, pin);
  await page.getByRole("button", { name: "Out now, another place or time" }).click();
  const dialog = page.getByRole("dialog", { name: "Out now" });
  await dialog.getByRole("button", { name: "Leave quickly" }).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await new Promise((resolve) => setTimeout(resolve, 900));
  await page.getByRole("button", { name: "Out now, another place or time" }).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.waitForURL(elsewhere);
  await expect.poll(isSignedIn).toBe(false);
});
