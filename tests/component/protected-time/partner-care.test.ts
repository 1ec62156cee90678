import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { goOut, openMore, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";
import { asOwner, countIn } from "#tests/support/accounts.ts";

const { server, browser } = demoWith(openPages);
let visit: Visit;
let page: Page;
beforeAll(async () => {
  await comeBack();
});
afterAll(async () => {
  await visit.close();
});

const countOf = (table: string) => countIn(server.services.db, table);

/** The partner, alone before the page: whoever had it open has left. */
async function comeBack() {
  visit = await visitPartner(browser, server);
  page = visit.page;
  await page.getByRole("heading", { name: "Next sessions" }).waitFor();
  await page.locator(".session-card").first().waitFor();
}

describe("without a signal", () => {
  const note = () => page.getByRole("alert", { name: "Police not told yet" });

  test("what arrived though its answer was lost is saved once", async () => {
    const before = await countOf("outreach_session");
    let lost = 0;
    await page.route("**/api/outreach/out-now", async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    });
    await goOut(page);
    await note().waitFor();
    // It is tried again by itself as well (tests/unit/client/api/untold.test.ts).
    await note().getByRole("button", { name: "Try now" }).click();
    await note().waitFor({ state: "detached" });
    expect(lost).toBe(1);
    expect(await countOf("outreach_session")).toBe(before + 1);
    await page.unroute("**/api/outreach/out-now");
  });

  test("the number of the police contact is there to tap, wherever the page says to phone", async () => {
    const link = (within: { locator: Page["locator"] }) => within.locator("a[href^='tel:']");
    expect(await link(page.locator(".out-now")).getAttribute("href")).toBe("tel:01632960123");
    expect(await link(page.locator(".session-card__told").first()).textContent()).toBe(
      "01632 960 123",
    );
    await page.context().setOffline(true);
    await goOut(page);
    await note().waitFor();
    expect(await link(note()).getAttribute("href")).toBe("tel:01632960123");
    expect(await note().textContent()).toContain(
      "Leave quickly deletes it. If you go out now, phone",
    );
    await page.context().setOffline(false);
    await note().getByRole("button", { name: "Try now" }).click();
    await note().waitFor({ state: "detached" });
  });

  test("the number is there where not even the places can be read", async () => {
    await page.route("**/api/outreach/places", (route) => route.abort());
    await page.reload();
    await page.getByText("If you go out now, phone your contact on").waitFor();
    expect(await page.locator("a[href^='tel:']").count()).toBe(1);
    await page.unroute("**/api/outreach/places");
    await comeBack();
  });

  test("where no number is set the page says whom to phone, and dials nothing", async () => {
    await asOwner(
      server.services.db,
      "update setting set value = 'null' where key = 'police-contact'",
    );
    await comeBack();
    expect(await page.locator(".out-now__hint").textContent()).toContain(
      "Phone your police contact too, until police confirm.",
    );
    expect(await page.locator("a[href^='tel:']").count()).toBe(0);
  });

  test("what is refused says why and can be dropped", async () => {
    await page.context().setOffline(true);
    await goOut(page);
    await note().waitFor();
    await page.route("**/api/outreach/out-now", (route) =>
      route.fulfill({
        status: 422,
        contentType: "application/problem+json",
        body: JSON.stringify({ title: "Not saved", status: 422, detail: "The place is gone." }),
      }),
    );
    await page.context().setOffline(false);
    await note().getByText("Not saved. The place is gone.").waitFor();
    await page.unroute("**/api/outreach/out-now");
    await note()
      .getByRole("button", { name: /^Delete/ })
      .click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await note().waitFor({ state: "detached" });
  });
});

test("no word that all is there while something is being entered, or has not gone out", async () => {
  const confirm = page.getByRole("button", {
    name: /^Confirm all \d+ sessions to Fri 10 Dec$/,
  });
  const bar = page.locator(".confirm-bar");
  await confirm.waitFor();
  for (const form of ["#/outreach?do=add", "#/outreach?do=upload"]) {
    await page.goto(`/${form}`);
    await page.getByRole("button", { name: "Back" }).first().waitFor();
    expect(await bar.count(), form).toBe(0);
    await page.goto("/#/outreach");
    await confirm.waitFor();
  }
  await page.context().setOffline(true);
  await goOut(page);
  await page.getByRole("alert", { name: "Police not told yet" }).waitFor();
  expect(await bar.count()).toBe(0);
  await page.context().setOffline(false);
  await confirm.waitFor();
});

describe("a large closure", () => {
  test("is saved at once, and says that a second person is asked", async () => {
    await page.getByRole("button", { name: "Out now, another place or time" }).click();
    const dialog = page.getByRole("dialog", { name: "Out now" });
    await dialog.getByLabel("For how long").selectOption("8");
    await dialog.getByRole("button", { name: "Out now, 8 hours" }).click();
    await page
      .getByText("Police and wardens already plan to stay away. It is longer than 6 hours")
      .waitFor();
    // As if a colleague had saved it.
    await asOwner(server.services.db, "update second_word set asked_by = 'a colleague'");
    await page.reload();
    await page
      .getByText("a colleague saved this; police and wardens already plan to stay away.")
      .waitFor();
    await page.getByRole("button", { name: "Yes, it is right" }).click();
    await page.getByText("Checked by demonstration partner a.").waitFor();
  });
});

describe("the coordinator's page", () => {
  test("says who has confirmed; a reminder is read by its partner until it has", async () => {
    await asOwner(
      server.services.db,
      `update calendar_report set reported_at = reported_at - interval '10 days'
       where partner_id = (select id from partner where code = 'a')`,
    );
    const desk = await browser.visit({ role: "coordinator" });
    await desk.page.getByText("2 of 3 partners have confirmed their calendar").waitFor();
    await desk.page.getByRole("button", { name: /^Remind / }).click();
    await desk.page.getByText("sees your reminder until").waitFor();
    expect(desk.problems).toEqual([]);
    await comeBack();
    await page.getByText("Your coordinator asked for it on").waitFor();
    await page.getByRole("button", { name: /^Confirm all / }).click();
    await page.getByText("Your coordinator asked for it on").waitFor({ state: "detached" });
  });

  test("an objection is answered there and read by its partner", async () => {
    await openMore(page, "Coordinator and residents");
    await page.getByRole("button", { name: "Write to the coordinator" }).click();
    await page.getByLabel("What you object to").fill("Too many cars");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Not answered yet").waitFor();
    const desk = await browser.visit({ role: "coordinator" });
    await desk.page.getByText("Too many cars").waitFor();
    await desk.page.getByRole("button", { name: /^Answer / }).click();
    await desk.page.getByLabel("Your answer").fill("Raised on Tuesday");
    await desk.page.getByRole("button", { name: "Answer", exact: true }).click();
    await desk.page.getByText("Raised on Tuesday").waitFor();
    await comeBack();
    // At the top of the page, before anything is opened, and for a week.
    await page
      .locator(".outreach__acts")
      .getByText("Your coordinator answered: Raised on Tuesday")
      .waitFor();
    await openMore(page, "Coordinator and residents");
    await page.getByText("Answer: Raised on Tuesday").waitFor();
    await asOwner(
      server.services.db,
      "update objection set answered_at = answered_at - interval '8 days', raised_at = raised_at - interval '8 days'",
    );
    await comeBack();
    expect(await page.getByText("Your coordinator answered").count()).toBe(0);
  });
});

test("leaving for good says what follows, asks, and waits a day in which it can be taken back", async () => {
  await openMore(page, "Leave for good");
  await page.getByRole("button", { name: "Leave and erase everything" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave and erase everything?" });
  const erase = dialog.getByRole("button", { name: "Erase everything in a day" });
  expect(await erase.isDisabled()).toBe(true);
  expect(await dialog.textContent()).toContain("within 24 hours, in case people still come");
  await dialog.getByLabel("Erase everything for my organisation").check();
  await erase.click();
  await page.getByText(/asked to leave and erase everything of your organisation/).waitFor();
  const standing = async () =>
    (
      await asOwner<{ asked: number; left: number }>(
        server.services.db,
        `select (select count(*) from leaving)::int as asked,
           (select count(*) from partner where left_at is not null)::int as left`,
      )
    )[0];
  expect(await standing()).toEqual({ asked: 1, left: 0 });
  expect(await page.getByRole("button", { name: "Leave and erase everything" }).count()).toBe(0);
  await page.getByRole("button", { name: "Keep everything" }).click();
  await page.getByRole("button", { name: "Leave and erase everything" }).waitFor();
  expect(await standing()).toEqual({ asked: 0, left: 0 });
  expect(visit.problems.filter((problem) => !/ERR_|Failed to load|422/.test(problem))).toEqual([]);
});
