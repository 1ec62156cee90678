import { beforeAll, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import type { DebriefsReply } from "#core/patrols/wire/debrief.ts";
import { ownerActor } from "#server/db/database.ts";
import { insertPositions } from "#server/patrols/positions/import-positions.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";
import { agreedShift } from "#tests/support/past-shift.ts";

const { server, browser } = demoWith(openPages);
let sergeant: Visit;
let page: Page;

beforeAll(async () => {
  await agreedShift(server.services.db, "2021-11-24");
  await agreedShift(server.services.db, "2021-11-25");
  sergeant = await browser.visit({ role: "sergeant", fragment: "#/plan" });
  page = sergeant.page;
});

const stored = async () => {
  const reply = await page.request.get("/api/debriefs?from=2021-11-22&days=7");
  return (await reply.json()) as DebriefsReply;
};

test("the two shifts of the demonstration are done from the plan itself, a press each", async () => {
  const done = page.getByRole("region", { name: "What was done" });
  await done.getByText("4 shifts to debrief.").waitFor();
  expect(await done.locator("li strong").allTextContents()).toEqual([
    "Monday 22 November 2021, 14:00 to 22:00",
    "Tuesday 23 November 2021, 14:00 to 22:00",
    "Wednesday 24 November 2021, 14:00 to 22:00",
    "Thursday 25 November 2021, 14:00 to 22:00",
  ]);
  for (const left of [3, 2]) {
    await done.getByRole("button", { name: "All done", exact: true }).first().click();
    await page.getByText("Debriefed: 9 of 9 stops done").last().waitFor();
    await page.getByRole("button", { name: `Debrief: ${left} shifts to do` }).waitFor();
  }
  await done.getByText("Of 18 planned stops 18 were done in the last two weeks").waitFor();
  expect((await stored()).totals).toMatchObject({ plannedStops: 18, doneStops: 18, waiting: 2 });
});

test("the plan says how many shifts wait; the oldest is done in one press", async () => {
  await page.getByRole("button", { name: "Debrief: 2 shifts to do" }).click();
  await page.getByText("2 shifts to debrief.").waitFor();
  const [first] = await page.locator(".debrief-shift h2").allTextContents();
  expect(first).toBe("Wednesday 24 November 2021, 14:00 to 22:00");
  expect(await page.locator(".button--filled").allTextContents()).toEqual([
    "All done: save 6 stops",
  ]);
  await page.locator(".button--filled").click();
  await page.getByText("Debriefed: 6 of 6 stops done").waitFor();
  expect((await stored()).totals).toMatchObject({ plannedStops: 24, doneStops: 24, waiting: 1 });
});

test("all done except a window and two stops, by keyboard: a reason is chosen of a short list, or there is none", async () => {
  const shift = page.getByRole("region", { name: /^Thursday 25 November/ });
  const windows = shift.locator(".debrief-window");
  await windows.nth(0).getByRole("checkbox").first().press("Space");
  expect(
    await windows
      .nth(0)
      .getByLabel(/^Why not:/)
      .evaluate((select) => (select as HTMLSelectElement).selectedOptions[0]?.textContent),
  ).toBe("No reason given");
  await windows
    .nth(0)
    .getByLabel(/^Why not:/)
    .selectOption({ label: "Too few officers" });
  await windows.nth(1).locator("summary").press("Enter");
  await windows.nth(1).getByRole("checkbox", { name: /^2\./ }).press("Space");
  await windows
    .nth(1)
    .getByLabel(/^Why not: stop 2/)
    .selectOption({ label: "Weather" });
  await windows.nth(1).getByRole("checkbox", { name: /^3\./ }).press("Space");
  await shift.getByRole("button", { name: "Save: 1 of 6 stops done" }).press("Enter");
  await page.getByText("All shifts are debriefed.").waitFor();
  const { shifts } = await stored();
  expect(shifts[0]?.windows.map(({ stops }) => stops.map(({ outcome }) => outcome))).toEqual([
    ["short_staffed", "short_staffed", "short_staffed"],
    ["done", "weather", "not_done"],
  ]);
  await page.getByText("Of 30 planned stops 25 were done").waitFor();
});

test("a debrief is corrected, and Undo says again what was said first", async () => {
  const shift = page.getByRole("region", { name: /^Thursday 25 November/ });
  await shift.getByRole("button", { name: "Correct" }).click();
  await shift.getByRole("checkbox").first().check();
  await shift.getByRole("button", { name: "Save: 4 of 6 stops done" }).click();
  await expect.poll(async () => (await stored()).totals.doneStops).toBe(28);
  await page.getByRole("button", { name: /^Undo: correct the debrief of Thursday/ }).click();
  await expect.poll(async () => (await stored()).totals.doneStops).toBe(25);
});

test("what devices recorded stands beside what was planned, with its band", async () => {
  const { services } = server;
  const { dose } = await stored();
  const place = dose.find(({ plannedMinutes }) => plannedMinutes > 0);
  expect(await page.getByRole("columnheader", { name: "Recorded" }).count()).toBe(0);
  await services.db.transaction(ownerActor, async (tx) => {
    const given = { at: 0, person: "test", refresh: 30, hashes: ["of a test"] };
    const band = { minutes: 12.4, low: 9.4, high: 15.4 };
    const days = ["2021-11-15", "2021-11-17", "2021-11-21"].map((date) => ({ ...band, date }));
    const cell = place?.cell as H3Cell;
    await insertPositions(tx, given, {
      days: days.map((one) => ({ ...one, devices: 3 })),
      cells: days.map((one) => ({ ...one, cell, visits: 1 })),
    });
  });
  await page.reload();
  const told = page.getByRole("region", { name: "Where police were" });
  await told
    .getByText("Devices recorded 37 min in the area on 3 days of past weeks, Monday to Sunday.")
    .waitFor();
  await told.getByRole("columnheader", { name: "Recorded" }).waitFor();
  expect(await told.getByText(/^37 \(32 to 43\) of \d+$/).count()).toBe(1);
});

test("what units tapped is filled in, with the minutes, and a stop without a tap is not done until somebody says so", async () => {
  const { planId } = await agreedShift(server.services.db, "2021-11-18");
  const tap = (n: number, [from, to]: readonly [string, string | null], loggedAt = "18:00") =>
    server.services.db.transaction(ownerActor, (tx) =>
      tx.query(
        `insert into patrol_stay
            (key, window_id, cell, unit, arrived_at, left_at, said_after, logged_at, logged_by)
          select gen_random_uuid(), id, cell, unit, $2::timestamptz, $3::timestamptz, 0, $4::timestamptz, 'test'
          from patrol_window join patrol_stop on window_id = id
          where plan_id = $1::bigint and label = 'w1' and ordinal = $5::int`,
        [planId, ...[from, to, loggedAt].map((time) => time && `2021-11-18 ${time}+00`), n - 1],
      ),
    );
  await tap(1, ["14:02", "14:15"]);
  await tap(3, ["15:00", "15:06"]);
  await page.reload();
  const shift = page.getByRole("region", { name: /^Thursday 18 November/ });
  await shift.getByText("14:02, 13 min").waitFor();
  await shift.getByText("15:00, 6 min").waitFor();
  const stops = shift.getByRole("checkbox", { name: /^[123]\./ });
  expect(await stops.nth(0).isChecked()).toBe(true);
  expect(await stops.nth(1).isChecked()).toBe(false);
  await shift.getByRole("button", { name: "Save: 5 of 6 stops done" }).click();
  await shift.getByText("5 of 6 stops done. Debriefed").waitFor();
  expect(await shift.getByText(/Some taps came in later/).count()).toBe(0);
  await tap(2, ["14:25", "14:33"]);
  await page.reload();
  await shift.getByText(/Some taps came in later/).waitFor();
  // Saved again, and with it a stay of which nobody said when it ended: it counts once a time is typed.
  await tap(2, ["14:40", null]);
  await page.reload();
  await shift.getByText("1 stay to be set right: nobody said when the unit left.").waitFor();
  await shift.getByRole("button", { name: "Correct" }).click();
  await stops.nth(1).check();
  await shift.getByText("arrived 14:40, Leave not tapped. No minutes are logged.").waitFor();
  await shift.getByLabel(/^Left .* at$/).fill("14:52");
  await shift.getByRole("button", { name: "All done: save 6 stops" }).click();
  await shift.getByText("6 of 6 stops done. Debriefed").waitFor();
  const reply = await page.request.get("/api/debriefs?from=2021-11-18&days=1");
  const [told] = ((await reply.json()) as DebriefsReply).shifts;
  expect(told?.windows[0]?.stops[1]?.stays.map(({ minutes }) => minutes)).toEqual([8, 12]);
  await shift.getByText(/to be set right/i).waitFor({ state: "detached" });
});

test("nothing went wrong on the way", () => {
  expect(sergeant.problems).toEqual([]);
});
