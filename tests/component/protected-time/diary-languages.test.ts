import { afterAll, beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

/** The Diary in a partner's language, by the picker under More. */
const { server, browser } = demoWith(openPages);
let visit: Visit;
let page: Page;
beforeAll(async () => {
  visit = await visitPartner(browser, server);
  page = visit.page;
  await page.locator(".session-card").first().waitFor();
});
afterAll(() => visit.close());

const diary = () => page.locator(".outreach");
const choose = (name: string) => page.locator(".more select").selectOption({ label: name });

test("in English no language is named on the page, and nothing is said of a translation", async () => {
  expect(await diary().getAttribute("lang")).toBe(null);
  expect(await page.getByText("Translated by machine").count()).toBe(0);
});

test("the first screen is in the chosen language, named for readers, and says that nobody checked it", async () => {
  await choose("Polski");
  await page.getByRole("heading", { name: "Najbliższe wyjazdy" }).waitFor();
  expect(await diary().getAttribute("lang")).toBe("pl");
  await page.getByRole("button", { name: "Dodaj wyjazd" }).waitFor();
  expect(await page.locator(".more").textContent()).toContain(
    "Tłumaczenie maszynowe, jeszcze niesprawdzone. Translated by machine, not yet checked.",
  );
  const english = page.locator(".more [lang=en]", { hasText: "Translated by machine" });
  expect(await english.count()).toBe(1);
  const card = await page.locator(".session-card").first().textContent();
  expect(card).toMatch(/\d\d:\d\d\u2060–\u2060\d\d:\d\d/u);
  expect(card).toContain("Policja i strażnicy trzymają się z daleka");
  expect(await page.evaluate(() => window.localStorage.getItem("boxster-language-diary"))).toBe(
    "pl",
  );
});

test("out now is told in that language, on the card and in the note of a few seconds", async () => {
  await page.getByRole("button", { name: "Teraz w terenie, inne miejsce lub czas" }).click();
  const question = page.getByRole("dialog", { name: "Teraz w terenie" });
  await question.getByRole("button", { name: "Teraz w terenie, 2 godziny" }).click();
  const toast = page.locator(".toast", { hasText: "Na ekranach policji" });
  await toast.waitFor();
  expect(await toast.getAttribute("lang")).toBe("pl");
  expect(await toast.textContent()).toContain("Zadzwoń też do swojej osoby kontaktowej pod numer");
  const told = page.locator(".session-card__told--open").first();
  await told.waitFor();
  expect(await told.textContent()).toContain("Policja jeszcze nie potwierdziła.");
  expect(await told.locator("a[href^='tel:']").textContent()).toBe("01632 960 123");
});

test("what another room or the server says in English is marked as English", async () => {
  await page.locator(".more__part", { hasText: "Twoje zapisy" }).locator("summary").click();
  const record = page.locator(".more__inside").first();
  await record.getByRole("heading", { name: "Bez policji" }).waitFor();
  await record.locator(".kept-clear__sentence").waitFor();
  expect(await record.textContent()).toMatch(/Bez policji: \d+ z \d+\./u);
  expect(await record.locator("[lang=en]", { hasText: "Our contacts" }).count()).toBe(1);
});

test("a refusal that no dictionary has stays English, and says so to a reader", async () => {
  await page.route("**/api/outreach/out-now", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      body: JSON.stringify({
        title: "Not now",
        status: 409,
        detail: "Ask again.",
        type: "about:blank",
      }),
    }),
  );
  await page.locator(".out-now__places button:not([disabled])").first().click();
  const refusal = page.locator(".out-now .field__error");
  await refusal.getByText("Not now. Ask again.").waitFor();
  expect(await refusal.locator("[lang=en]").textContent()).toBe("Not now. Ask again.");
  await page.unroute("**/api/outreach/out-now");
});

test("English again at a choice", async () => {
  await choose("English");
  await page.getByRole("heading", { name: "Next sessions" }).waitFor();
  expect(await diary().getAttribute("lang")).toBe(null);
});
