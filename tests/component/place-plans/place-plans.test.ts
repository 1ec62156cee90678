import { beforeAll, expect, test } from "vitest";
import type { PlacePlansReply } from "#core/place-plans/wire/place-plans.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { askAs, openPages, type Page, type Visit } from "#tests/component/driver.ts";

/** A place plan from its first word to its history: typed, pinned, assessed, changed by two. Sharing is in tests/browser. */
const { server, browser } = demoWith(openPages);
let sergeant: Visit;
let page: Page;

beforeAll(async () => {
  sergeant = await browser.visit({ role: "sergeant", fragment: "#/outcomes?part=plans" });
  page = sergeant.page;
  await page.locator(".plan-card").first().waitFor();
});

const name = "Fore Street by the car park";

async function stored(): Promise<PlacePlansReply["plans"][number] | undefined> {
  const reply = await page.request.get("/api/place-plans");
  return ((await reply.json()) as PlacePlansReply).plans.find((plan) => plan.name === name);
}

async function openOne(): Promise<void> {
  await page.goto(`${server.url}/#/outcomes?part=plans`);
  await page.getByRole("link", { name }).click();
  await page.getByRole("heading", { name, level: 2, exact: true }).waitFor();
}

test("cards stand by review date, overdue actions are said quietly", async () => {
  const cards = page.locator(".plan-card");
  expect(await cards.locator("h3").allTextContents()).toEqual([
    "Silver Street corner",
    "Fore Street by Brettenham Road",
    "Car park behind The Broadway",
  ]);
  const sentence = await page.locator(".place-plans__sentence").textContent();
  expect(sentence).toBe(
    "3 place plans, 2 not closed; next review on 30 Nov 2021. 5 actions open, 1 overdue.",
  );
  expect(await page.locator(".place-actions__late").count()).toBe(1);
});

test("a plan is written by keys alone; what speaks of a person is said as it is typed and never sent", async () => {
  await page.getByRole("button", { name: "Add a place plan" }).focus();
  await page.keyboard.press("Enter");
  // Its code comes when it is asked for.
  await page.getByRole("heading", { name: "Add a place plan" }).waitFor();
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/place-plans")) {
      sent.push(request.postData() ?? "");
    }
  });
  await page.getByLabel("Place", { exact: true }).focus();
  await page.keyboard.type(name);
  await page.getByLabel("Street, station or coordinates").focus();
  await page.keyboard.type("Fore Street by Brett");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.getByText(/\(7 cells\)/).count()).toBe(1);
  // Another way of saying where takes nothing away before another place is taken.
  await page.getByRole("radio", { name: "Around a point" }).check();
  expect(await page.getByText(/\(7 cells\)\. Kept until you choose another\./).count()).toBe(1);
  await page.getByRole("radio", { name: "By name" }).check();
  expect(await page.getByText(/\(7 cells\)\.$/).count()).toBe(1);
  const scanning = page.getByLabel("Scanning: what is seen");
  await scanning.focus();
  await page.keyboard.type("Mr Smith of Flat 3 stops there in AB12 CDE.");
  const fault = page.locator(".field__error").first();
  await expect.poll(() => fault.textContent()).toContain("“Mr Smith” looks like somebody's name");
  expect(await fault.textContent()).toContain("“Flat 3” looks like somebody's address");
  await page.getByLabel("Review on").fill("2021-12-14");
  await page.getByRole("button", { name: "Add", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Not saved. Correct the marked fields above.").waitFor();
  expect(sent).toEqual([]);
  await scanning.fill("Cars slow down by the car park after dark.");
  await page.getByLabel("Outreach and partners lead").fill("Outreach leads and says what helps.");
  await page.getByRole("button", { name: "Add", exact: true }).press("Enter");
  await page.getByRole("heading", { name, level: 2, exact: true }).waitFor();
  expect(sent).toHaveLength(1);
  expect(await stored()).toMatchObject({
    revision: 1,
    state: "open",
    inner: { area: { by: "named" }, scanning: "Cars slow down by the car park after dark." },
  });
});

test("a place of Hotspots is pinned with its method, taken off, and put back by undo", async () => {
  await page.goto(`${server.url}/#/hotspots?from=2021-10-01&to=2021-11-26`);
  const row = page.locator(".ranked-table tbody tr, .hotspots tbody tr").first();
  await row.waitFor();
  await row.click();
  await page.getByRole("button", { name: "Pin to a place plan" }).click();
  const dialog = page.getByRole("dialog", { name: "Pin to a place plan" });
  await dialog.getByLabel("Place plan").selectOption({ label: name });
  await dialog.getByRole("button", { name: "Pin", exact: true }).click();
  await expect.poll(async () => (await stored())?.inner?.figures.length).toBe(1);
  await openOne();
  await page.locator(".pinned").waitFor();
  const figure = page.locator(".pinned__one");
  const caption = await figure.locator("figcaption").textContent();
  expect(caption).toContain("1 Oct 2021 to 26 Nov 2021, all days and hours");
  expect(caption).toContain("by residents and partners");
  expect(caption).toContain("As at 26 Nov 2021, pinned 26 Nov 2021");
  expect(caption).toContain("does not change when records do");
  await figure.getByRole("button", { name: "Remove" }).click();
  await expect.poll(() => figure.count()).toBe(0);
  await page.keyboard.press("Control+z");
  await expect.poll(() => figure.count()).toBe(1);
  expect(await figure.locator("figcaption").textContent()).toBe(caption);
});

test("an assessment is pinned as at a date", async () => {
  await page.getByRole("button", { name: "Pin its assessment" }).click();
  const part = page.getByRole("region", { name: "Assessment: did it help?" });
  await part.getByText("boxster-2021, as at 26 Nov 2021.").waitFor();
  expect((await stored())?.revision).toBe(2);
});

test("the second of two editors is told, and what was typed is still there", async () => {
  await page.getByRole("button", { name: "Change", exact: true }).first().click();
  await page.getByLabel("When to stop this plan").fill("After two months without change.");
  const plan = await stored();
  const analyst = await askAs({ server: server.url, role: "analyst" });
  const {
    inner,
    id,
    revision,
    sharing: _,
    createdAt: __,
    changedAt: ___,
    changedBy: ____,
    ...rest
  } = plan as NonNullable<typeof plan>;
  const token = ((await (await analyst.get("/api/session")).json()) as { pageToken: string })
    .pageToken;
  const other = await analyst.put(`/api/place-plans/${id}`, {
    headers: { "x-boxster-token": token },
    data: { ...rest, revision, area: inner?.area, scanning: "Seen by another.", analysis: "" },
  });
  expect(other.status(), await other.text()).toBe(200);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const conflict = page.getByRole("alert").filter({ hasText: "Someone else saved first" });
  await conflict.waitFor();
  expect(await conflict.textContent()).toContain("scanning: reworded");
  // Beside the button too: the form is longer than a screen.
  await page.getByText("Someone else saved first: choose at the top of this form").waitFor();
  expect(await page.getByLabel("When to stop this plan").inputValue()).toContain("two months");
  await conflict.getByRole("button", { name: "Overwrite with mine" }).click();
  await page.getByRole("heading", { name, level: 2, exact: true }).waitFor();
  expect(await stored()).toMatchObject({ stopRule: "After two months without change." });
  await page.getByRole("button", { name: "History" }).click();
  const history = page.getByRole("dialog", { name: `History of ${name}` });
  await history.getByText("Revision 1").waitFor();
  expect(
    await history
      .getByRole("listitem")
      .filter({ hasText: /^Revision/ })
      .count(),
  ).toBe(4);
  await page.keyboard.press("Escape");
});

test("an action has an office and a day; done can be undone; police change their own alone", async () => {
  await page.getByRole("button", { name: "Add an action" }).click();
  const dialog = page.getByRole("dialog", { name: "Add an action" });
  await dialog.getByLabel("Action").fill("Ask Mr Smith about the lamps");
  await expect
    .poll(() => dialog.locator(".field__error").textContent())
    .toContain("looks like somebody's name");
  await dialog.getByLabel("Action").fill("Walk the alley with the lighting team");
  await dialog.getByLabel("Due", { exact: true }).fill("2021-12-10");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const row = page.getByRole("row").filter({ hasText: "Walk the alley" });
  await row.getByRole("button", { name: "Done" }).click();
  await row.getByText("Done 26 Nov 2021").waitFor();
  await page.keyboard.press("Control+z");
  await row.getByRole("button", { name: "Done" }).click();
  await row.getByRole("button", { name: "Reopen" }).click();
  await page.getByText("Reopened", { exact: true }).waitFor();
  await page.goto(`${server.url}/#/outcomes?part=plans`);
  const lamps = page.getByRole("row").filter({ hasText: "Repair the two lamps" });
  await lamps.waitFor();
  expect(await lamps.getByRole("button").count()).toBe(0);
});

test("nothing went wrong on the way but the refusal of the second editor", () => {
  expect(sergeant.problems.filter((one) => !one.includes("409"))).toEqual([]);
});
