import { expect, test } from "vitest";
import type { AlertsReply } from "#core/displacement/wire/alerts.ts";
import { databaseBehind } from "#server/db/database.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { askAs, openPages, type Page, type Visit } from "#tests/component/driver.ts";
import { storeReports } from "#tests/support/store-reports.ts";
import { comeTogether, pickettsLock } from "#tests/support/watch.ts";

const { server, browser } = demoWith(openPages);
let sergeant: Visit;
let page: Page;

const fragment = "#/displacement?part=alerts";
const cards = () => page.locator(".alert-card");
const read = async () => (await (await page.request.get("/api/alerts")).json()) as AlertsReply;

/** The server watches by itself. */
const watched = { timeout: 30_000 };

/** The watch raises the demonstration's own soon after the start. */
async function firstAlert(): Promise<void> {
  const desk = await askAs({ server: server.url, role: "sergeant" });
  const count = async () =>
    ((await (await desk.get("/api/alerts")).json()) as AlertsReply).alerts.length;
  await expect.poll(count, watched).toBe(1);
}

test("the list says in a sentence what came together, and the tab how many are open", async () => {
  await firstAlert();
  sergeant = await browser.visit({ role: "sergeant", fragment });
  page = sergeant.page;
  await cards().first().waitFor();
  const { alerts } = await read();
  expect(await cards().count()).toBe(alerts.length);
  expect(await cards().first().textContent()).toContain(alerts[0]?.sentence ?? "one was expected");
  const tab = page.getByRole("link", { name: /^Alerts/ });
  expect(await tab.textContent()).toBe("Alerts1 open");
  expect(await page.locator(".alerts__looks").textContent()).toContain("A cluster found among");
  const words = (await page.locator("main").textContent()) ?? "";
  expect(words).not.toMatch(/hot spot|significant|anomaly|target/i);
});

test("when it was last looked, how often chance does that, and how, stand there", async () => {
  const looks = (await page.locator(".alerts__looks").textContent()) ?? "";
  expect(looks).toMatch(/checked 26 Nov 2021, \d\d:\d\d/);
  expect(looks).toContain("By chance alone, expect at most one alert a year.");
  await page.getByText("How this is calculated").click();
  expect(await page.locator(".alerts__method").textContent()).toContain("Kulldorff");
});

test("a new import raises an alert, which stands first", async () => {
  await storeReports(databaseBehind(server.services.db), comeTogether(pickettsLock, 14));
  await expect.poll(async () => (await read()).alerts.length, watched).toBe(2);
  await page.reload();
  await expect.poll(() => cards().count()).toBe(2);
  expect(await cards().first().textContent()).toContain("Alert 2");
  await expect
    .poll(() => page.getByRole("link", { name: /^Alerts/ }).textContent())
    .toBe("Alerts2 open");
});

test("by keyboard one is chosen, acknowledged with words, and its history says so", async () => {
  const second = cards().nth(1);
  await second.locator(".alert-card__choose").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url()).toContain("alert=1");
  expect(await second.locator(".alert-card__choose").getAttribute("aria-pressed")).toBe("true");
  await second.getByRole("button", { name: "Acknowledge" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Acknowledge the alert" });
  const send = dialog.getByRole("button", { name: "Acknowledge" });
  expect(await send.isDisabled()).toBe(true);
  const words = dialog.getByLabel("Action taken");
  await words.fill("Ring 07700 900123");
  expect(await dialog.textContent()).toContain("looks like a phone number");
  expect(await send.isDisabled()).toBe(true);
  await words.fill("The night team goes by on foot.");
  await send.focus();
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => second.textContent()).toContain("Acknowledged");
  await expect
    .poll(() => page.getByRole("link", { name: /^Alerts/ }).textContent())
    .toBe("Alerts1 open");
  expect(await page.locator(".alerts__sentence").textContent()).toContain("; 1 acknowledged.");
  await second.getByText(/^History/).click();
  expect(await second.locator(".alert-card__history").textContent()).toContain(
    "The night team goes by on foot.",
  );
  expect(await second.getByRole("button", { name: "Acknowledge" }).count()).toBe(0);
});

test("Escape backs out of a decision, and what somebody else decided meanwhile is said", async () => {
  const first = cards().first();
  await first.getByRole("button", { name: "Close", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Close the alert" });
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await first.getByRole("button", { name: "Close", exact: true }).click();
  await dialog.getByLabel("Outcome").fill("Nothing there.");
  const analyst = await askAs({ server: server.url, role: "analyst" });
  const { pageToken } = (await (await analyst.get("/api/session")).json()) as { pageToken: string };
  const theirs = await analyst.post("/api/alerts/2/close", {
    headers: { "x-boxster-token": pageToken },
    data: { words: "Road works." },
  });
  expect(theirs.status(), await theirs.text()).toBe(200);
  await dialog.getByRole("button", { name: "Close alert" }).click();
  await dialog.getByText("has been closed since you opened it").waitFor();
});

test("it is handed to the neighbour whose line it lies at, their outreach first", async () => {
  await page.reload();
  await cards().first().waitFor();
  const second = cards().nth(1);
  await second.getByRole("button", { name: "Hand over" }).click();
  const dialog = page.getByRole("dialog", { name: "Hand the alert over" });
  expect(await dialog.getByLabel("Neighbour").inputValue()).toBe("Waltham Forest");
  expect(await dialog.getByLabel("Role").inputValue()).toBe("outreach");
  await dialog.getByLabel("Message").fill("Reports after dark, by the station.");
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await dialog.waitFor({ state: "detached" });
  await expect
    .poll(() => second.textContent())
    .toContain("Handed over to Waltham Forest, their outreach service");
  expect(await page.locator(".alerts__sentence").textContent()).toBe(
    "No open alert; 1 handed over.",
  );
});

test("nothing went wrong on the way", () => {
  // The one who came too late was refused, as it should be.
  expect(sergeant.problems.filter((one) => !one.includes("409"))).toEqual([]);
});

test("without an alert it says when it was last looked, and at what", async () => {
  const visit = await browser.visit({ role: "sergeant" });
  const reply = await read();
  const look = { ...reply.operations[0]?.look, answer: "too_few" };
  const sentence =
    "Not enough reports to tell: 12 reports within 3,000 m of the treated area. A check needs 30.";
  await visit.page.route("**/api/alerts", (route) =>
    route.fulfill({
      json: {
        ...reply,
        open: 0,
        alerts: [],
        operations: [{ ...reply.operations[0], isBehind: true, look: { ...look, sentence } }],
      },
    }),
  );
  await visit.page.goto(`/${fragment}`);
  await visit.page.getByText("No alerts").waitFor();
  const words = (await visit.page.locator(".alerts").textContent()) ?? "";
  expect(words).toContain(sentence);
  expect(words).toContain("The list below is from the last check");
  expect(await visit.page.locator(".parts-nav__mark").count()).toBe(0);
  await visit.close();
});
