import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

/** How often somebody with cold hands taps: each pointer that goes down is counted, and nothing is typed. */
const { server, browser } = demoWith(openPages);
let visit: Visit;
let page: Page;

beforeEach(async () => {
  visit = await visitPartner(browser, server);
  page = visit.page;
  await page.goto("/#/outreach");
  await page.locator(".session-card").first().waitFor();
  await page.evaluate(() => {
    const { dataset } = document.documentElement;
    dataset["taps"] = "0";
    if (dataset["counts"] === "yes") return;
    dataset["counts"] = "yes";
    document.addEventListener(
      "pointerdown",
      () => {
        dataset["taps"] = String(Number(dataset["taps"]) + 1);
      },
      { capture: true },
    );
  });
});
afterEach(async () => {
  expect(visit.problems).toEqual([]);
  await visit.close();
});

const taps = () => page.evaluate(() => Number(document.documentElement.dataset["taps"]));
const tap = (name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
const choose = (label: string) => page.getByLabel(label, { exact: true }).click();
const card = (text: string) => page.locator(".session-card", { hasText: text }).first();

describe("from the first screen, at most four taps", () => {
  test("out now at a new place: four, with a name that nobody has to type", async () => {
    await tap("Out now, a new place");
    await page.getByRole("heading", { name: "Out now" }).waitFor();
    await page.getByLabel("Street, station or coordinates").fill("51.65713, -0.03927");
    await page.getByRole("option", { name: /^These coordinates/ }).click();
    await tap("Next: what police will see");
    await page.locator(".preview__map").waitFor();
    await tap("Out now, 2 hours");
    await page.getByRole("button", { name: "Stop on Fri 26 Nov: on now" }).waitFor();
    expect(await taps()).toBe(4);
    await card("Stop on Fri 26 Nov").getByText("Police have not confirmed yet.").waitFor();
  });

  test("move a date by a day: four, and the form opens on that date", async () => {
    await tap(/^Move Tue 30 Nov, /);
    await page.getByRole("heading", { name: "Move Tue 30 Nov" }).waitFor();
    expect(await page.getByLabel("Tue 30 Nov", { exact: true }).isChecked()).toBe(true);
    await choose("Wed 1 Dec");
    await tap("Next: what police will see");
    await page
      .getByRole("heading", { name: "Moves from Tue 30 Nov to Wed 1 Dec, 7:30pm to 10pm" })
      .waitFor();
    await tap("Save");
    await card("Moved from Tue 30 Nov").waitFor();
    expect(await taps()).toBe(4);
  });
});

describe("a session is added in at most six taps", () => {
  test("every week, on a day that is tapped and at other times than the form opens on: five", async () => {
    await tap("Add a session");
    expect(await page.locator(".day-fields input:checked").count()).toBe(0);
    await choose("Wed");
    await choose("9pm to 11pm");
    await tap("Next: what police will see");
    await page.getByRole("heading", { name: "Every Wednesday, 9pm to 11pm" }).waitFor();
    await tap("Save");
    await card("Every Wednesday, 9pm to 11pm").waitFor();
    expect(await taps()).toBe(5);
  });

  test("once, on another day and at other times: six", async () => {
    await tap("Add a session");
    await choose("Once");
    await choose("Sun 28 Nov");
    await choose("7:30pm to 10pm");
    await tap("Next: what police will see");
    await page.getByRole("heading", { name: "Once, Sun 28 Nov, 7:30pm to 10pm" }).waitFor();
    await tap("Save");
    await card("Sun 28 Nov, 7:30pm to 10pm").waitFor();
    expect(await taps()).toBe(6);
  });
});
