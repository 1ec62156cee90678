import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { noteOf, openMore, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

/** When and where: days of the week, moved dates, a calendar file, the calendar. Routes are tapped in tests/browser. */
const { server, browser } = demoWith(openPages);
let partner: Visit;
let page: Page;
const sent: { readonly what: string; readonly body: string }[] = [];

beforeAll(async () => {
  partner = await visitPartner(browser, server);
  page = partner.page;
  page.on("request", (request) => {
    const what = `${request.method()} ${new URL(request.url()).pathname}`;
    sent.push({ what, body: `${request.url()} ${request.postData() ?? ""}` });
  });
  await page.goto("/#/outreach");
});

const bodiesOf = (what: string) => sent.filter((one) => one.what === what).map(({ body }) => body);
const button = (name: string | RegExp) => page.getByRole("button", { name });
test("several days of the week are previewed as police see them, and saved", async () => {
  await button("Add a session").click();
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  await page.getByLabel("Street, station or coordinates").fill("51.63000, -0.05000");
  await page.getByRole("option", { name: "These coordinates" }).click();
  await page.getByLabel("Your name for it").fill("Evening round");
  await page.getByLabel("First date").fill("2021-12-01");
  for (const day of ["Mon", "Thu"]) {
    await page.getByLabel(day, { exact: true }).check();
  }
  await page.getByLabel("From", { exact: true }).fill("18:00");
  await page.getByLabel("To", { exact: true }).fill("19:00");
  await button("Next: what police will see").click();
  const understood = "Every Monday, Wednesday and Thursday, 6pm to 7pm";
  await page.getByRole("heading", { name: understood }).waitFor();
  const words = (await page.locator(".preview").textContent()) ?? "";
  expect(words).toContain("Wed 1 Dec, 5:30pm to 7:30pm");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".session-card", { hasText: "Evening round" }).waitFor();
});

test("one date is moved to another day, and both say so", async () => {
  const card = page.locator(".session-card", { hasText: "Every Monday, Wednesday and Thursday" });
  await card.getByRole("button").first().click();
  // Two cards may be of one day: each says which it is.
  await card.getByRole("button", { name: "Move Thu 2 Dec, Evening round" }).click();
  await page.getByRole("heading", { name: "Move Thu 2 Dec" }).waitFor();
  expect(await page.getByText("Weekly", { exact: true }).count()).toBe(0);
  // It opens on that date, before where it is.
  const date = page.getByLabel("Date", { exact: true });
  expect(await date.inputValue()).toBe("2021-12-02");
  expect(await date.evaluate((field) => field === document.activeElement)).toBe(true);
  const isBeforePlace = await date.evaluate((field) => {
    const place = document.querySelector(".session-form select");
    return place !== null && (field.compareDocumentPosition(place) & 4) !== 0;
  });
  expect(isBeforePlace).toBe(true);
  await date.fill("2021-12-04");
  await button("Next: what police will see").click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Moved from Thu 2 Dec").waitFor();
  await card.getByRole("button").first().click();
  await card.getByText(/Moved to Sat 4 Dec, 6pm to 7pm/).waitFor();
});

test("the calendar shows the month, a day at a time, by tap and by keys", async () => {
  await openMore(page, "Calendar and map");
  const calendar = page.locator(".own-calendar");
  await calendar.getByRole("button", { name: "The month after" }).click();
  await calendar.getByText("December 2021").first().waitFor();
  const first = calendar.getByRole("button", { name: /^Wed 1 Dec: \d session/ });
  await first.click();
  await calendar.getByText("Police and wardens stay away 5:30pm to 7:30pm").waitFor();
  await page.keyboard.press("ArrowRight");
  await calendar.getByRole("heading", { name: "Thu 2 Dec" }).waitFor();
  await calendar.getByText("Cancelled: police may come").waitFor();
});

const secret = "Grandmother Rose";
const file = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "BEGIN:VEVENT",
  "UID:rose-1@calendar.example",
  `SUMMARY:${secret}`,
  "DESCRIPTION:Do not tell",
  "LOCATION:Evening round",
  "DTSTART;TZID=Europe/London:20211207T200000",
  "DTEND;TZID=Europe/London:20211207T213000",
  "RRULE:FREQ=WEEKLY;BYDAY=TU,FR",
  "EXDATE;TZID=Europe/London:20211210T200000",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:rose-2@calendar.example",
  `SUMMARY:${secret} in town`,
  "DTSTART:20211215T190000Z",
  "DTEND:20211215T200000Z",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:leave@calendar.example",
  "SUMMARY:Annual leave",
  "DTSTART;VALUE=DATE:20211224",
  "DTEND;VALUE=DATE:20211227",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:broken@calendar.example",
  "SUMMARY:Every second",
  "DTSTART;TZID=Europe/London:20211215T190000",
  "DTEND;TZID=Europe/London:20211215T200000",
  "RRULE:FREQ=SECONDLY",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

test("a calendar file is read on the phone: a place for each entry, and what cannot be read said", async () => {
  await openMore(page, "Calendar and map");
  await button("Upload a calendar").click();
  const before = sent.length;
  await page.getByLabel(/^Calendar file/).setInputFiles({
    name: "rose.ics",
    mimeType: "text/calendar",
    buffer: Buffer.from(file),
  });
  const rows = page.locator(".upload__row");
  await expect.poll(() => rows.count()).toBe(3);
  const words = (await page.locator(".upload").textContent()) ?? "";
  expect(words).toContain("Every Tuesday and Friday, 8pm to 9:30pm, except Fri 10 Dec");
  expect(words).toContain("Every second: Its repeat rule is secondly");
  // The one that names a saved place has it; a whole day is left out; the third is asked for.
  expect(await rows.nth(0).locator("select").inputValue()).not.toBe("open");
  expect(await rows.nth(1).locator("select").inputValue()).toBe("open");
  expect(await rows.nth(2).locator("select").inputValue()).toBe("out");
  expect(await button("Next: what police will see").isDisabled()).toBe(true);
  await rows.nth(1).locator("select").selectOption({ label: "Evening round" });
  const asked = sent.slice(before).filter(({ what }) => what.startsWith("POST"));
  expect(asked).toEqual([]);
});

test("what is shown is what is sent, and no word of the file is", async () => {
  await button("Next: what police will see").click();
  await page.getByText("Wed 15 Dec, 6:30pm to 8:30pm").waitFor();
  // The page prints names of places, and says whom they are for.
  const upload = (await page.locator(".upload").textContent()) ?? "";
  expect(upload).toContain("Evening round");
  expect(upload).toContain("They cannot see the names of your places");
  await page.getByText("Exact data").click();
  const shown = JSON.parse((await page.locator(".upload__body pre").textContent()) ?? "{}");
  await button("Send these times").click();
  await page
    .locator(".toast")
    .getByText(/Until then no patrols are suggested/)
    .waitFor();
  const [body = ""] = bodiesOf("POST /api/outreach/calendar/import");
  expect(JSON.parse(body.slice(body.indexOf(" ") + 1))).toEqual(shown);
  for (const { body: all } of sent) {
    for (const word of [secret, "Do not tell", "calendar.example", "leave", "rose"]) {
      expect(all).not.toContain(word);
    }
  }
  await page.locator(".confirm-bar", { hasText: "could not be read" }).waitFor();
});

test("after something could not be read, Confirm asks whether all is there by now", async () => {
  const confirm = page.locator(".confirm-bar").getByRole("button", { name: "Confirm" });
  const question = page.getByRole("dialog", { name: "Is everything in your calendar now?" });
  await confirm.click();
  await question.getByRole("button", { name: "Not yet" }).click();
  await page.locator(".confirm-bar", { hasText: "could not be read" }).waitFor();
  await confirm.click();
  await question.getByRole("button", { name: "Yes, it is complete" }).click();
  await page.locator(".confirm-bar", { hasText: "Up to date" }).waitFor();
});

test("a point of the file that lies in no saved place becomes one here; neither it nor the words leave", async () => {
  const elsewhere = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "BEGIN:VEVENT",
    "UID:lane@calendar.example",
    "SUMMARY:Rose\\, blue door",
    "LOCATION:Behind the bakery",
    "GEO:51.65713;-0.03927",
    "DTSTART;TZID=Europe/London:20211216T200000",
    "DTEND;TZID=Europe/London:20211216T210000",
    "END:VEVENT",
    "END:VCALENDAR",
  ].join("\r\n");
  await openMore(page, "Calendar and map");
  await button("Upload a calendar").click();
  const before = sent.length;
  await page.getByLabel(/^Calendar file/).setInputFiles({
    name: "lane.ics",
    mimeType: "text/calendar",
    buffer: Buffer.from(elsewhere),
  });
  await button(/^Save it as a place/).click();
  await page.getByRole("heading", { name: "A new place" }).waitFor();
  await page.getByText("The file says: Behind the bakery").waitFor();
  await button("Use this place").click();
  // The point is there already; the name is asked for, and is not the file's.
  await expect
    .poll(() => noteOf(page, "Your name for it"))
    .toContain("only you need to understand");
  await page.getByLabel("Your name for it").fill("N9 7HD");
  await button("Use this place").click();
  await expect.poll(() => noteOf(page, "Your name for it")).toContain("postcode");
  await page.getByLabel("Your name for it").fill("Lane end");
  await button("Use this place").click();
  const row = page.locator(".upload__row select");
  const chosen = (select: Element) => (select as HTMLSelectElement).selectedOptions[0]?.textContent;
  await expect.poll(() => row.evaluate(chosen)).toBe("Lane end");
  await button("Next: what police will see").click();
  await page
    .getByText('A new place, "Lane end", 150 m around it. Police can narrow it to about 350 m')
    .waitFor();
  await page.getByText("Exact data").click();
  const shown = (await page.locator(".upload__body pre").allTextContents()).map(
    (text) => JSON.parse(text) as object,
  );
  expect(sent.slice(before).filter(({ what }) => what.startsWith("POST"))).toEqual([]);
  await button("Send these times").click();
  await button(/^Show \d+ more$/).click();
  await page.locator(".session-card", { hasText: "Lane end" }).waitFor();
  const posts = sent.slice(before).filter(({ what }) => what.startsWith("POST"));
  expect(posts.map(({ body }) => JSON.parse(body.slice(body.indexOf(" ") + 1)) as object)).toEqual(
    shown,
  );
  for (const { body } of sent) expect(body).not.toMatch(/51\.657|-0\.039|Rose|bakery|lane\.ics/);
});

test("SAFEGUARDS 3: sending a file asks whether it is all of the calendar, and confirms nothing unasked", async () => {
  const state = async () => (await page.request.get("/api/outreach/calendar")).json();
  const lines = [
    "BEGIN:VEVENT",
    "UID:all@calendar.example",
    "SUMMARY:All",
    "LOCATION:Evening round",
  ];
  const times = [
    "DTSTART;TZID=Europe/London:20211217T200000",
    "DTEND;TZID=Europe/London:20211217T210000",
  ];
  const upload = async (isAll: boolean) => {
    await openMore(page, "Calendar and map");
    await button("Upload a calendar").click();
    await page.getByLabel(/^Calendar file/).setInputFiles({
      name: "all.ics",
      mimeType: "text/calendar",
      buffer: Buffer.from(
        ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, ...times, "END:VEVENT", "END:VCALENDAR"].join(
          "\r\n",
        ),
      ),
    });
    await button("Next: what police will see").click();
    await page.getByRole("heading", { name: "Is this all of your calendar?" }).waitFor();
    const yes = page.getByRole("checkbox", { name: /^Yes, these are all our sessions/ });
    expect(await yes.isChecked()).toBe(false);
    if (isAll) await yes.check();
    await button("Send these times").click();
    await page.locator(".upload").waitFor({ state: "detached" });
  };
  const before = await state();
  await upload(false);
  expect(await state()).toEqual(before);
  await upload(true);
  expect(await page.getByText("Saved: your calendar is complete.").count()).toBe(1);
});

test("nothing went wrong on the way and no request left this machine", () => {
  expect(partner.problems).toEqual([]);
});
