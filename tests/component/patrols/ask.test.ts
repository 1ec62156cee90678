import { expect, test } from "vitest";
import { tellLookers } from "#client/live/refresh.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

const { browser } = demoWith(openPages);

async function openCheck() {
  const visit = await browser.visit({ role: "sergeant", fragment: "#/plan" });
  const { page } = visit;
  await page.getByRole("button", { name: "Check a place and time" }).press("Enter");
  await page.getByLabel("Day", { exact: true }).fill("2021-11-30");
  await page.getByLabel("From").fill("19:30");
  await page.getByLabel("To", { exact: true }).fill("21:00");
  return visit;
}

const boxOf = (page: Page) => page.getByLabel("Street, station or coordinates");
const wordOf = (page: Page) => page.locator(".police__word");
const press = (page: Page) => page.locator(".police__foot button").press("Enter");

test("Fore Street, then a corner of it that is not chosen, then asdfgh and a postcode: no answer is left, and none comes", async () => {
  const { page, problems } = await openCheck();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/keep-clear/ask")) asked.push(request.postData() ?? "");
  });
  // All of the street, by its name.
  await boxOf(page).fill("fore street");
  await page.keyboard.press("Enter");
  expect(await boxOf(page).inputValue()).toBe("Fore Street");
  await press(page);
  await expect
    .poll(() => wordOf(page).textContent())
    .toMatch(
      /^ ?No: Fore Street, Tue 30 Nov, 19:30 to 21:00 \(checked \d\d:\d\d\)\. Keep clear then\./,
    );
  expect(asked.map((body) => JSON.parse(body).place)).toEqual(["Fore Street"]);
  await boxOf(page).fill("Fore Street by Alpha");
  await page.keyboard.press("Enter");
  await press(page);
  await expect
    .poll(() => wordOf(page).textContent())
    .toMatch(
      /^ ?Yes, clear: Fore Street by Alpha Road, Tue 30 Nov, 19:30 to 21:00 \(checked \d\d:\d\d\)\.$/,
    );
  for (const typed of ["Fore Street by Park Avenue", "asdfgh", "N18 2TT"]) {
    await boxOf(page).fill(typed);
    expect(await wordOf(page).count()).toBe(0);
    const foot = page.locator(".police__foot button");
    expect(await foot.textContent()).toBe("Choose a place first");
    await press(page);
    await page.getByText(/^Not chosen yet: choose|^Nothing found: try/).waitFor();
    expect(await boxOf(page).getAttribute("aria-invalid")).toBe("true");
    expect(await wordOf(page).count()).toBe(0);
  }
  await page.getByText("Nothing found: try one street’s name.").waitFor();
  expect(asked).toHaveLength(2);
  // Chosen from the list it is the place that was meant, and the answer is about that.
  await boxOf(page).fill("Fore Street by Park Avenue");
  await page.getByRole("option", { name: /^Fore Street by Park Avenue/ }).click();
  await press(page);
  await expect
    .poll(() => wordOf(page).textContent())
    .toMatch(/^ ?No: Fore Street by Park Avenue, Tue 30 Nov, /);
  expect(problems).toEqual([]);
});

test("an answer goes with another day, another hour, another place, and a change of keep-clear times", async () => {
  const { page, problems } = await openCheck();
  await boxOf(page).fill("Fore Street by Alpha Road");
  await page.keyboard.press("Enter");
  const changes = [
    () => page.getByLabel("Day", { exact: true }).fill("2021-12-01"),
    () => page.getByLabel("From").fill("18:30"),
    () => page.getByLabel("To", { exact: true }).fill("22:00"),
    () => page.getByRole("button", { name: "Use map centre" }).press("Enter"),
    async () => tellLookers("keep_clear"),
  ];
  for (const change of changes) {
    await press(page);
    await wordOf(page).waitFor();
    await change();
    await expect.poll(() => wordOf(page).count()).toBe(0);
  }
  await page.getByText("Keep-clear times have changed. Check again.").waitFor();
  // One that is still on its way is about the question of before, too.
  await press(page);
  await page.getByLabel("Day", { exact: true }).fill("2021-12-02");
  await page.waitForTimeout(1_000);
  expect(await wordOf(page).count()).toBe(0);
  expect(problems).toEqual([]);
});

test("the field is a combobox: all corners are listed, arrows and Enter choose, Enter alone never picks one of several", async () => {
  const { page, problems } = await openCheck();
  const box = boxOf(page);
  expect(await box.getAttribute("role")).toBe("combobox");
  expect(await box.getAttribute("aria-expanded")).toBe("false");
  await box.fill("fore street by");
  const options = page.getByRole("listbox", { name: "Places found" }).getByRole("option");
  expect(await options.count()).toBeGreaterThan(12);
  expect(await box.getAttribute("aria-expanded")).toBe("true");
  await page.keyboard.press("Enter");
  expect(await box.inputValue()).toBe("fore street by");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const active = (await box.getAttribute("aria-activedescendant")) ?? "";
  expect(await page.locator("[role=option][aria-selected=true]").getAttribute("id")).toBe(active);
  const second = await options.nth(1).textContent();
  await page.keyboard.press("Enter");
  expect(second).toContain(await box.inputValue());
  expect(await options.count()).toBe(0);
  expect(await box.getAttribute("aria-expanded")).toBe("false");
  await box.fill("road");
  expect(await options.count()).toBe(100);
  await page.getByText(/^[\d,]+ more: keep typing\.$/).waitFor();
  await page.keyboard.press("Escape");
  expect(await options.count()).toBe(0);
  // Left without a choice.
  await page.getByLabel("Day", { exact: true }).focus();
  await page.getByText("Not chosen yet: choose one from the list.").waitFor();
  expect(problems).toEqual([]);
});

test("an emergency is logged where it was chosen: Silver Street never becomes a corner of the North Circular", async () => {
  const { page, problems } = await browser.visit({ role: "sergeant", fragment: "#/plan" });
  await page.getByRole("button", { name: "Log an emergency" }).press("Enter");
  await boxOf(page).fill("Silver Stree");
  await press(page);
  expect(await page.locator(".police__log li").count()).toBe(0);
  await boxOf(page).fill("Silver Street");
  await page.keyboard.press("Enter");
  expect(await boxOf(page).inputValue()).toBe("Silver Street, middle");
  await page.getByRole("button", { name: "Log it" }).press("Enter");
  await expect
    .poll(() => page.locator(".police__log li").first().textContent())
    .toMatch(/, Silver Street, middle/);
  expect(await page.locator(".police__log").textContent()).not.toContain("North Circular");
  // What was logged is chosen no more.
  expect(await boxOf(page).inputValue()).toBe("");
  expect(problems).toEqual([]);
});
