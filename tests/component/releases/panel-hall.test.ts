import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { visitRelease } from "#tests/browser/releases/panel-support.ts";
import { openPages, type Visit } from "#tests/component/driver.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

/** The panel in front of people: what it says of its months and releases, and what goes wrong. */
const { browser } = demoWith(openPages);
const reply = sampleRelease();

const openPanel = async (fragment: string, release = reply): Promise<Visit> => {
  const visit = await visitRelease(browser, release, { fragment });
  await visit.page.locator(".panel__stage > .panel__moved").waitFor();
  return visit;
};

test("the months of one area have its name, and marks where nothing is shown", async () => {
  const area = reply.release.areas.find(({ name }) => name === "Edmonton Green");
  const { page, problems } = await openPanel(`#/panel?slide=when&month=2021-09&area=${area?.id}`);
  await page
    .getByRole("heading", { name: "Complaints in Edmonton Green, month by month" })
    .waitFor();
  const own = reply.release.values.filter((value) => value.area === area?.id);
  const shown = own.filter(({ count }) => count !== null).length;
  expect(shown).toBeGreaterThan(0);
  expect(own.length - shown).toBeGreaterThan(0);
  expect(await page.locator(".panel__slide .panel-months__bar").count()).toBe(shown);
  const marks = page.locator(".panel__slide .panel-months .panel-months__few");
  expect(await marks.count()).toBe(own.length - shown);
  expect(await page.locator(".panel__slide .panel-months__key").textContent()).toMatch(
    /^Not shown: fewer than 10/,
  );
  expect(problems).toEqual([]);
});

test("months before any figure look different from months that are not shown", async () => {
  const values = reply.release.values.map((value) =>
    value.month < "2021-01" ? { ...value, count: null } : value,
  );
  const visit = await visitRelease(browser, sampleRelease({ values }), {
    fragment: "#/panel?slide=when",
  });
  await visit.page.locator(".panel__slide--when").waitFor();
  expect(await visit.page.locator(".panel__slide .panel-months__plot--before").count()).toBe(4);
  expect(await visit.page.locator(".panel__slide .panel-months .panel-months__few").count()).toBe(
    0,
  );
  expect(await visit.page.locator(".panel__slide .panel-months__key").textContent()).toContain(
    "No figures yet",
  );
  await visit.close();
});

test("a month that may not be shown is refused in words, and the address is put right", async () => {
  const { page, problems } = await openPanel("#/panel?month=2021-11");
  await page.getByText("November 2021 cannot be shown yet").waitFor();
  await expect.poll(() => page.url()).toContain("month=2021-09");
  expect(await page.getByLabel("Month", { exact: true }).inputValue()).toBe("2021-09");
  await page.getByLabel("Month", { exact: true }).selectOption("2021-08");
  await expect.poll(() => page.getByText("cannot be shown yet").count()).toBe(0);
  expect(problems).toEqual([]);
});

test("a withdrawn release shows its notice and no figure", async () => {
  const withdrawn = { on: "2021-12-02", notice: "One borough was counted twice." };
  const emptied = sampleRelease({ values: [], outlines: [], done: [], answers: [] });
  const visit = await visitRelease(
    browser,
    { ...emptied, withdrawn },
    { fragment: "#/panel?release=3" },
  );
  await visit.page.getByText("Release 3 was withdrawn on 2 December 2021").waitFor();
  await visit.page.getByText("One borough was counted twice.").waitFor();
  expect(await visit.page.locator(".panel__slide, .handout, table, svg.panel-map").count()).toBe(0);
  // Without any that stands, the last notice opens by itself.
  await visit.page.goto("/#/panel");
  await visit.page.getByText("Release 3 was withdrawn on 2 December 2021").waitFor();
  await visit.close();
});

test("a release before one that was withdrawn says so, and each can be chosen", async () => {
  const visit = await browser.visit({ role: "presenter" });
  const line = (number: number, notice: string | null) => ({
    number,
    approvedOn: "2021-11-26",
    from: "2020-09",
    to: "2021-09",
    hash: "5a".repeat(32),
    withdrawn: notice === null ? null : { on: "2021-12-02", notice },
  });
  let lines = [line(4, "A ward was missing."), line(3, null)];
  let ofAsked: (url: string) => unknown = () => reply;
  await visit.page.route("**/api/public/releases", (route) =>
    route.fulfill({ json: { releases: lines } }),
  );
  await visit.page.route("**/api/public/releases/*", (route) =>
    route.fulfill({ json: ofAsked(route.request().url()) }),
  );
  await visit.page.goto("/#/panel");
  await visit.page.reload();
  await visit.page.getByText("Release 4 was withdrawn: A ward was missing.").waitFor();
  await visit.page.locator(".panel__slide--reported").waitFor();
  const choice = visit.page.getByLabel("Release", { exact: true });
  expect(await choice.locator("option").allTextContents()).toEqual([
    "Release 4, withdrawn",
    "Release 3",
  ]);
  await choice.selectOption("4");
  await expect.poll(() => visit.page.url()).toContain("release=4");
  await visit.close();

  // An open panel hears of it when it comes back into sight, and the slides wait for the presenter.
  const later = await visitRelease(browser, reply);
  const { page: open } = later;
  await open.locator(".panel__slide--reported").waitFor();
  lines = [line(5, null), line(3, "A borough was counted twice.")];
  const emptied = sampleRelease({ values: [], outlines: [], done: [], answers: [] });
  const { withdrawn } = line(3, "A borough was counted twice.");
  ofAsked = (url) =>
    url.endsWith("/3") || url.endsWith("latest") ? { ...emptied, withdrawn } : reply;
  await open.route("**/api/public/releases", (route) =>
    route.fulfill({ json: { releases: lines } }),
  );
  await open.route("**/api/public/releases/*", (route) =>
    route.fulfill({ json: ofAsked(route.request().url()) }),
  );
  await open.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await open.locator(".panel__refusal").getByText("Release 3 was withdrawn.").waitFor();
  expect(await open.locator(".panel__slide--reported").count()).toBe(1);
  await open.getByRole("button", { name: "Show its notice" }).click();
  await open.getByText("A borough was counted twice.").waitFor();
  await open.getByRole("button", { name: "Show the latest release" }).click();
  await expect.poll(() => open.url()).toContain("release=5");
  await open.locator(".panel__slide--reported").waitFor();
  await later.close();
});

test("from the questions a press goes back to the slide that they were asked from", async () => {
  const visit = await visitRelease(browser, reply, { fragment: "#/panel?slide=helped" });
  const { page: asking } = visit;
  await asking.locator(".panel__slide--helped").waitFor();
  await asking.getByRole("button", { name: "Questions", exact: true }).click();
  await asking.locator(".panel__slide--questions").waitFor();
  await asking.getByRole("button", { name: "Next slide" }).click();
  await asking.getByRole("button", { name: "Back to the slides" }).click();
  await asking.locator(".panel__slide--helped").waitFor();
  await visit.close();
});

test("before the first release it says what will be here, and how it comes", async () => {
  const visit = await browser.visit({ role: "presenter" });
  await visit.page.route("**/api/public/releases", (route) =>
    route.fulfill({ json: { releases: [] } }),
  );
  await visit.page.goto("/#/panel");
  await visit.page.reload();
  await visit.page.getByText("No release yet").waitFor();
  await visit.page.getByText("a second person has approved it").waitFor();
  await visit.close();
});

test("a session that has ended offers to sign in; a failed read does not speak of changes", async () => {
  const visit = await browser.visit({ role: "presenter" });
  const ended = { type: "about:blank", title: "Not signed in", status: 401, detail: "Sign in." };
  await visit.page.route("**/api/public/releases", (route) =>
    route.fulfill({ status: 401, contentType: "application/problem+json", json: ended }),
  );
  await visit.page.goto("/#/panel");
  await visit.page.reload();
  await visit.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await visit.page.getByRole("heading", { name: "Who are you today?" }).waitFor();
  await visit.close();
  const cut = await browser.visit({ role: "presenter" });
  await cut.page.route("**/api/public/releases", (route) => route.abort());
  await cut.page.goto("/#/panel");
  await cut.page.reload();
  await cut.page.getByText("The server is not responding").waitFor();
  expect(await cut.page.locator("main").textContent()).not.toContain("Nothing was changed");
  await cut.close();
});

test("law that is due to be read again is listed over the slides, and its slide says so in sight", async () => {
  const { law } = reply.release;
  const texts = law.map((text) =>
    text.id === "child" ? { ...text, asAt: "2026-03-01", readAgainOn: "2026-09-01" } : text,
  );
  const { page, problems } = await visitRelease(
    browser,
    reply,
    { fragment: "#/panel?slide=law" },
    { today: "2026-12-01", texts },
  );
  await page.getByText("Read on 1 March 2026: check before you rely on it.").waitFor();
  await page
    .getByText(
      "Law to read again before you rely on it, as its slides say: Sexual Offences Act 2003, s. 47 (read 1 Mar 2026).",
    )
    .waitFor();
  expect(await page.locator(".panel__slide ul[lang=en] li").count()).toBe(4);
  await page.keyboard.press("ArrowRight");
  await page.locator(".panel__slide--selling").waitFor();
  await page
    .getByText("As read on 1 December 2026. To be read again by 1 March 2027.")
    .first()
    .waitFor();
  expect(problems).toEqual([]);
});
