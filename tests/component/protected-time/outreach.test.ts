import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { noteOf, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

/** The partner's forms: one story, each test a step of it. What police then see is tests/browser/protected-time/outreach.browser.ts. */
const { server, browser } = demoWith(openPages);
let partner: Visit;
let page: Page;

/** What was sent with the cells of a place. */
const placed: string[] = [];

beforeAll(async () => {
  partner = await visitPartner(browser, server);
  page = partner.page;
  page.on("request", (request) => {
    const body = request.postData() ?? "";
    if (body.includes('"lattice"')) placed.push(body);
  });
  await page.goto("/#/outreach");
});

/** The venue of this story, at a place that no demonstration session is near. */
const venue = { lat: "51.65713", lng: "-0.03927" };
const label = "Green gate";

test("one tap confirms how current the calendar is", async () => {
  await page.locator(".session-card").first().waitFor();
  expect(await page.locator(".button--filled").allTextContents()).toEqual(["Add a session"]);
  const bar = page.locator(".confirm-bar");
  await expect.poll(() => bar.textContent()).toContain("Up to date as of Thursday 25 November");
  await bar.getByRole("button", { name: /^Confirm all \d+ sessions to Fri 10 Dec$/ }).click();
  await expect.poll(() => bar.textContent()).toContain("Friday 26 November");
});

test("a faulty session is refused in place, before anything is sent", async () => {
  await page.getByRole("button", { name: "Add a session" }).click();
  expect(await page.locator(".confirm-bar").count(), "nothing is said of what is not entered").toBe(
    0,
  );
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  await page.getByLabel("To", { exact: true }).fill("");
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  const alert = page.getByRole("alert");
  await expect.poll(() => alert.textContent()).toBe("Add a place, a name, a day and an end time.");
  // No day is guessed: it is asked for.
  await page.getByText("Tap the day or days of the week.").waitFor();
  expect(await page.locator(".day-fields input:checked").count()).toBe(0);
  expect(await page.locator(".understood").count()).toBe(0);
  const search = page.getByLabel("Street, station or coordinates");
  expect(await search.getAttribute("aria-invalid")).toBe("true");
  expect(await search.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await noteOf(page, "To")).toContain("Give a time of day");
  expect(await page.getByLabel("From", { exact: true }).getAttribute("aria-invalid")).toBeNull();
  // Mended, its error goes without another try, and the others stay.
  await page.getByLabel("To", { exact: true }).fill("22:00");
  await expect.poll(() => alert.textContent()).toBe("Add a place, a name and a day.");
  expect(await page.getByLabel("To", { exact: true }).getAttribute("aria-invalid")).toBeNull();
});

test("a place where this team plans no patrols is refused at its field", async () => {
  await page.getByLabel("Street, station or coordinates").fill("51.5000, -0.1000");
  await page.getByRole("option", { name: /^These coordinates/ }).click();
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await expect
    .poll(() => noteOf(page, "Postcode, street, station or coordinates"))
    .toContain("plans no patrols there");
});

test("a session of most of a day, and one too far ahead, are asked about and refused in words", async () => {
  await page.getByLabel("Your name for it").fill("Asked");
  await page.getByLabel("Street, station or coordinates").fill("51.65000, -0.04000");
  await page.getByRole("option", { name: /^These coordinates/ }).click();
  await page.getByLabel("First date").fill("2021-12-05");
  await page.getByLabel("From", { exact: true }).fill("19:00");
  await page.getByLabel("To", { exact: true }).fill("18:30");
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.getByRole("heading", { name: "Really 23\u00bd hours?" }).waitFor();
  await page.getByRole("button", { name: "Change the times" }).click();
  await page.getByLabel("First date").fill("2024-03-07");
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await expect
    .poll(() => noteOf(page, "First date"))
    // The demonstration keeps the hour of the day: after 23:00 summer time is on the next day.
    .toMatch(/before (Fri 27|Sat 28) May 2022.*26 weeks ahead/);
});

test("a weekly session is entered by coordinates, radius, label and London times", async () => {
  await page.getByLabel("Street, station or coordinates").fill(`${venue.lat}, ${venue.lng}`);
  await page.getByRole("option", { name: /^These coordinates/ }).click();
  await page.getByLabel("How far around it").selectOption("100");
  await page.getByLabel("Your name for it").fill(label);
  await page.getByLabel("First date").fill("2021-12-05");
  await page.getByLabel("From", { exact: true }).fill("15:00");
  await page.getByLabel("To", { exact: true }).fill("16:00");
});

test("the preview says that a patrol in the way is called off and police are told, and not whether there is one", async () => {
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  const words = (await page.locator(".note--promise").textContent()) ?? "";
  expect(words).toContain(
    "Any patrol already planned there is called off at once, and police are told.",
  );
  expect(words).not.toMatch(/no patrol is planned|conflict/i);
  await page.goBack();
  await page.getByRole("heading", { name: "Add a session" }).waitFor();
});

test("the preview is titled by what was understood, and says from when police see each date", async () => {
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.getByRole("heading", { level: 2, name: "Every Sunday, 3pm to 4pm" }).waitFor();
  // Today is 26 November: police see up to 10 December, and each later date from 14 days before it.
  expect((await page.locator(".preview__times li").allTextContents()).slice(0, 3)).toEqual([
    "Sun 5 Dec, 2:30pm to 4:30pm",
    "Sun 12 Dec, 2:30pm to 4:30pmPolice see it from Sun 28 Nov",
    "Sun 19 Dec, 2:30pm to 4:30pmPolice see it from Sun 5 Dec",
  ]);
  await page.getByText("14 days before it, so now up to Fri 10 Dec.").waitFor();
  const parts = page.locator(".preview__map, .preview__times");
  expect(await parts.first().getAttribute("class"), "the map above the dates").toMatch(
    /^preview__map/,
  );
  const words = (await page.locator(".preview").textContent()) ?? "";
  expect(words).not.toContain(label);
  expect(words).not.toContain(venue.lat);
  expect(words).toContain("An emergency response can still come.");
});

test("the phone's Back goes from the preview to the form with all that was typed, then asks", async () => {
  await page.goBack();
  await page.getByRole("heading", { name: "Add a session" }).waitFor();
  expect(await page.getByLabel("Your name for it").inputValue()).toBe(label);
  expect(await page.getByLabel("First date").inputValue()).toBe("2021-12-05");
  await page.goBack();
  await page.getByRole("heading", { name: "Leave without saving?" }).waitFor();
  await page.getByRole("button", { name: "Keep editing" }).click();
  expect(await page.getByLabel("Your name for it").inputValue()).toBe(label);
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.locator(".preview").waitFor();
});

test("it is saved, and stands in the list with its times", async () => {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".toast").first().waitFor();
  const card = page.locator(".session-card", { hasText: label });
  await card.waitFor();
  const words = (await card.textContent()) ?? "";
  expect(words).toContain("Sun 5 Dec, 3pm to 4pm");
  expect(words).toContain("Every Sunday, 3pm to 4pm");
  expect(words).toContain("Police and wardens stay away 2:30pm to 4:30pm");
});

test("after saving, Back does not open the form again", async () => {
  expect(await page.evaluate(() => window.location.hash)).toBe("#/outreach");
  expect(await page.locator(".session-form").count()).toBe(0);
});

test("out now at a saved place is one tap, and has no second one while it is on", async () => {
  const name = "Late walk, north end";
  const before = await page.locator(".session-card", { hasText: name }).count();
  await page.getByRole("button", { name: `Out now at ${name}, 2 hours` }).click();
  const on = page.getByRole("button", { name: `${name}: on now` });
  await on.waitFor();
  expect(await on.isDisabled()).toBe(true);
  await expect
    .poll(() => page.locator(".session-card", { hasText: name }).count())
    .toBe(before + 1);
  // Nothing of it hangs on this visit of the page.
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.goBack();
  await on.waitFor();
  expect(await on.isDisabled()).toBe(true);
});

test("what police have seen smaller is said before a place is saved wider", async () => {
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  await page.getByLabel("Street, station or coordinates").fill(`${venue.lat}, ${venue.lng}`);
  await page.getByRole("option", { name: /^These coordinates/ }).click();
  const seen = page.getByText(`Police may have seen "${label}" as an area about 350 m across`);
  expect(await seen.count()).toBe(0);
  await page.getByLabel(/^Hide it better/).check();
  await seen.waitFor();
  await page.getByLabel(/^Hide it better/).uncheck();
  expect(await seen.count()).toBe(0);
  // Of another place nothing was seen.
  await page.getByLabel(/^Hide it better/).check();
  await page.getByLabel("Street, station or coordinates").fill("51.6401, -0.0801");
  await page.getByRole("option", { name: /^These coordinates/ }).click();
  await seen.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByRole("button", { name: "Leave", exact: true }).click();
});

test("a venue that is the same as a saved place to police is saved no second time", async () => {
  const before = placed.length;
  expect(before).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  await page.getByLabel("Street, station or coordinates").fill(`${venue.lat}, ${venue.lng}`);
  await page.getByRole("option", { name: /^These coordinates/ }).click();
  await page.getByLabel("How far around it").selectOption("100");
  const same = page.getByText(
    `To police this is the same as "${label}", so that saved place is used`,
  );
  await same.waitFor();
  // A wider one says less of where it is, so it is another one.
  await page.getByText("Police can narrow it to about 350 m").waitFor();
  await page.getByLabel(/^Hide it better/).check();
  await page.getByText("Police can narrow it to about 900 m").waitFor();
  expect(await same.count()).toBe(0);
  await page.getByLabel(/^Hide it better/).uncheck();
  await same.waitFor();
  expect(await page.getByLabel("Your name for it").count()).toBe(0);
  await page.getByLabel("Fri", { exact: true }).check();
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page
    .getByText(`To police this is the same as "${label}", so that saved place is used.`)
    .waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".session-card", { hasText: label }).first().waitFor();
  expect(placed).toHaveLength(before);
});

test("by keyboard alone: the middle of the map is a place, and takes typed coordinates off the screen", async () => {
  await page.goto("/#/outreach?do=add");
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  const typed = page.getByLabel("Street, station or coordinates");
  await typed.fill("51.65713, -0.03927");
  const middle = page.getByRole("button", { name: "Use the spot under the cross" });
  await middle.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => typed.inputValue()).toBe("");
  await page.getByLabel("Fri", { exact: true }).focus();
  await page.keyboard.press(" ");
  await page.getByLabel("Your name for it").fill("By key");
  await page.keyboard.press("Enter");
  await page.locator(".preview").waitFor();
});

test("nothing went wrong on the way", () => {
  expect(partner.problems).toEqual([]);
});

test("another partner sees nothing of it", async () => {
  const other = await browser.visit({ role: "partner", partner: "b", fragment: "#/outreach" });
  await other.page.locator(".session-card").first().waitFor();
  expect(await other.page.locator("body").textContent()).not.toContain(label);
  await other.close();
});
