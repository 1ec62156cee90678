import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { sessionsReply } from "#core/protected-time/wire/outreach.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openMore, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { askAs, openPages, type Page, type Visit } from "#tests/component/driver.ts";
import { playThrough } from "#tests/component/protected-time/outreach-plays.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { act } from "#tests/support/outreach-form.tsx";

/** What a partner changes its mind about, on its page: each test a step of one story. */
const { server, browser } = demoWith(openPages);
let partner: Visit;
let page: Page;

beforeAll(async () => {
  partner = await visitPartner(browser, server);
  page = partner.page;
  await page.goto("/#/outreach");
});

/** The demonstration's: every Monday from 21:00 to 23:00. */
const label = "Late walk, north end";
const mondays = () => page.locator(".session-card", { hasText: "Every Monday" });

test("a session that was called off late reads as ended, and cannot be changed", async () => {
  await page.getByRole("button", { name: "Out now, another place or time" }).click();
  await page.getByRole("dialog").getByLabel("Where").selectOption({ label });
  await page.getByRole("dialog").getByRole("button", { name: "Out now, 2 hours" }).click();
  const card = page.locator(".session-card", { has: page.locator(".session-card__told") });
  await card.locator(".session-card__face").click();
  await card.getByRole("button", { name: "End now" }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.textContent()).toContain("in case people still come");
  expect(await dialog.textContent()).toContain("End it now?");
  await dialog.getByRole("button", { name: "End now" }).click();
  const ended = page.locator(".session-card--ended");
  await expect
    .poll(() => ended.textContent())
    .toMatch(/Ended\. Police and wardens still stay away (tonight|this once)\./);
  expect(await ended.textContent()).not.toMatch(/Called off|confirmed|Phone/);
  expect(await page.getByText(/^On police screens since/).count()).toBe(0);
  expect(await ended.getByRole("button", { name: /^(Change|Cancel|End)/ }).count()).toBe(0);
});

test("one date is cancelled, undone, and cancelled again, each after asking", async () => {
  const card = mondays();
  await card.locator(".session-card__face").click();
  const cancel = async () => {
    await card.getByRole("button", { name: "Cancel Mon 6 Dec" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel it" }).click();
    await card.getByRole("button", { name: "Restore Mon 6 Dec" }).waitFor();
  };
  await cancel();
  await page.getByRole("button", { name: "Undo: cancel Mon 6 Dec" }).click();
  await card.getByRole("button", { name: "Cancel Mon 6 Dec" }).waitFor();
  await cancel();
  await card.getByRole("button", { name: "Restore Mon 6 Dec" }).click();
  await card.getByRole("button", { name: "Cancel Mon 6 Dec" }).waitFor();
  await cancel();
});

test("after a saving without an undo of its own, nothing older is undone", async () => {
  await page.getByRole("button", { name: "Undo: cancel Mon 6 Dec" }).waitFor();
  await page.getByRole("button", { name: /^Confirm all / }).click();
  await page.getByRole("button", { name: "Nothing to undo" }).waitFor();
  // That this person confirms is not that police do.
  const toast = await page.getByText(/^Saved: your calendar/).textContent();
  expect(toast).not.toMatch(/confirm|patrol/i);
});

test("a change previews the very dates that it saves: what was cancelled is not closed", async () => {
  const card = mondays();
  await card.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("To", { exact: true }).fill("23:30");
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page
    .getByRole("heading", { name: "Every Monday, 9pm to 11:30pm, except Mon 6 Dec" })
    .waitFor();
  const previewed = await page.locator(".preview__when").allTextContents();
  expect(previewed.slice(0, 2)).toEqual([
    "Mon 29 Nov, 8:30pm to midnight",
    "Mon 13 Dec, 8:30pm to midnight",
  ]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await card.waitFor();
  const reply = await page.request.get("/api/outreach/sessions");
  const { sessions } = sessionsReply.parse(await reply.json());
  const saved = sessions.find(({ rule }) => rule.end === "23:30");
  expect(saved?.next.map(({ date }) => date).slice(0, 2)).toEqual(["2021-11-29", "2021-12-13"]);
  expect(saved?.next).toHaveLength(previewed.length);
});

test("a place in use is not removed, and says why", async () => {
  await openMore(page, "Your places");
  await page.getByRole("button", { name: `Remove ${label}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect.poll(() => dialog.textContent()).toContain("cancel its sessions first");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await page.getByText(label).first().waitFor();
});

test("the whole session is cancelled after asking", async () => {
  const card = mondays();
  if ((await card.getByRole("button", { name: "Change" }).count()) === 0) {
    await card.locator(".session-card__face").click();
  }
  await card.getByRole("button", { name: "Cancel all future dates" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel it" }).click();
  await expect.poll(() => card.count()).toBe(0);
});

test("police came: asked first, said in the record at once, and taken back in two ways", async () => {
  await openMore(page, "Your record");
  const sentence = page.locator(".kept-clear__sentence");
  const report = async () => {
    await page.getByRole("button", { name: "Report that police came" }).first().click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.textContent()).toContain("It will not count as kept clear");
    await dialog.getByRole("button", { name: "Report it" }).click();
    await expect.poll(() => sentence.textContent()).toMatch(/ 1 not\./);
  };
  await page.getByRole("button", { name: "Report that police came" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  expect(await sentence.textContent()).toContain("none reported");
  await report();
  await page.getByRole("button", { name: "Undo: police came" }).click();
  await expect.poll(() => sentence.textContent()).toContain("none reported");
  await report();
  await page.getByRole("button", { name: "Undo report" }).click();
  await expect.poll(() => sentence.textContent()).toContain("none reported");
});

test("a pause is not ended by a plain Confirm", async () => {
  const bar = page.locator(".confirm-bar");
  await openMore(page, "Calendar and map");
  await page.getByRole("button", { name: "Confirm until a later date" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Until").fill("2023-01-01");
  await dialog.getByRole("button", { name: "Confirm until then" }).click();
  // The demonstration keeps the hour of the day: after 23:00 summer time is on the next day.
  await expect.poll(() => dialog.textContent()).toMatch(/(Fri 27|Sat 28) May 2022/);
  await dialog.getByLabel("Until").fill("2022-01-14");
  await dialog.getByRole("button", { name: "Confirm until then" }).click();
  const paused = "Nothing changes until Fri 14 Jan 2022";
  await expect.poll(() => bar.textContent()).toContain(paused);
  await bar.getByRole("button", { name: "Confirm" }).click();
  await dialog.getByRole("button", { name: "Yes, still right" }).click();
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => bar.textContent()).toContain(paused);
  await bar.getByRole("button", { name: "Confirm" }).click();
  await dialog.getByRole("button", { name: "No, confirm for today only" }).click();
  await expect.poll(() => bar.textContent()).not.toContain("Nothing changes");
});

test("a partner's help speaks of its own page, and of no keys", async () => {
  await page.getByRole("button", { name: "Help" }).click();
  await page.getByText("An emergency response can still come.").waitFor();
  const help = (await page.getByRole("dialog").textContent()) ?? "";
  expect(help).not.toMatch(/Escape|address bar/);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
});

test("nothing went wrong on the way", () => {
  // The one refusal is of a place in use.
  expect(partner.problems).toEqual([expect.stringContaining("409")]);
});

/** More than are needed: a play that the form refuses is left for the next. */
const plays = fc.sample(fc.array(act, { minLength: 2, maxLength: 7 }), { numRuns: 60, seed: 26 });

test.each([1, 2, 3, 4, 5])(
  "two of ten plays on the form: it, its preview, the row and what police keep clear are one (%i)",
  async () => {
    const phone = await visitPartner(browser, server);
    const police = await askAs({ server: server.url, role: "sergeant" });
    const desk = { page: phone.page, police, server };
    await asOwner(server.services.db, "delete from outreach_session");
    // The second changes what the first has saved.
    for (const isChange of [false, true]) {
      let isSaved = false;
      while (!isSaved) {
        const acts = plays.shift();
        if (!acts) throw new Error("No play is left");
        isSaved = await playThrough(desk, { isChange, acts });
      }
    }
    expect(phone.problems).toEqual([]);
    await phone.close();
  },
);
