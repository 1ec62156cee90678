import type { Page } from "#tests/browser/driver.ts";
import { openMore } from "#tests/browser/protected-time/outreach-support.ts";
import { type Picture, phone, pictureOf, tablet } from "#tests/browser/screen-list.ts";

async function drawRoute(page: Page): Promise<void> {
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  await page.getByLabel("A route", { exact: true }).check();
  await page.locator(".venue-map [data-drawn]").waitFor();
  const map = page.locator(".venue-map canvas").first();
  for (const [x, y] of [
    [120, 60],
    [150, 150],
    [220, 240],
  ] as const) {
    await map.click({ position: { x, y } });
  }
  await page.getByText("3 corners.").waitFor();
  await page.getByLabel("Mon", { exact: true }).check();
  await page.getByLabel("Your name for it").fill("Evening round");
  await page.locator(".outline-fields").scrollIntoViewIfNeeded();
}

async function previewRoute(page: Page): Promise<void> {
  await drawRoute(page);
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.locator(".preview [data-drawn]").waitFor();
}

const file = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "BEGIN:VEVENT",
  "UID:1",
  "SUMMARY:Evening walk\\, high street",
  "DTSTART;TZID=Europe/London:20211207T200000",
  "DTEND;TZID=Europe/London:20211207T213000",
  "RRULE:FREQ=WEEKLY;BYDAY=TU,FR",
  "EXDATE;TZID=Europe/London:20211210T200000",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:2",
  "SUMMARY:Hot food with the van",
  "DTSTART:20211215T190000Z",
  "DTEND:20211215T200000Z",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:3",
  "SUMMARY:Annual leave",
  "DTSTART;VALUE=DATE:20211224",
  "DTEND;VALUE=DATE:20211227",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:4",
  "SUMMARY:Stand-up",
  "DTSTART;TZID=Europe/London:20211215T190000",
  "DTEND;TZID=Europe/London:20211215T200000",
  "RRULE:FREQ=HOURLY",
  "END:VEVENT",
  "END:VCALENDAR",
].join("\r\n");

async function chooseFile(page: Page): Promise<void> {
  await page.getByLabel(/^Calendar file/).setInputFiles({
    name: "calendar.ics",
    mimeType: "text/calendar",
    buffer: Buffer.from(file),
  });
  await page.locator(".upload__row").first().waitFor();
}

async function previewFile(page: Page): Promise<void> {
  await chooseFile(page);
  await page.locator(".upload__row select").nth(1).selectOption({ index: 1 });
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.locator(".upload [data-drawn]").waitFor();
}

async function showCalendar(page: Page): Promise<void> {
  await openMore(page, "Calendar");
  await page.getByRole("button", { name: "The month after" }).click();
  await page.getByText("December 2021").first().waitFor();
  await page.getByRole("button", { name: /^Thu 2 Dec: / }).click();
  await page.locator(".day-list__session").first().waitFor();
  await page.locator(".own-calendar").evaluate((element) => element.scrollIntoView());
}

const sizes = [phone, tablet];

const languages = [
  ["tr", "Türkçe"],
  ["pl", "Polski"],
] as const;

async function chooseLanguage(page: Page, name: string, code: string): Promise<void> {
  await page.locator(".more select").selectOption({ label: name });
  await page.locator(`.outreach[lang=${code}]`).waitFor();
}

/** When and where: a route, days of the week, the calendar, a calendar file. */
export const outreachPictures: readonly Picture[] = [
  pictureOf("outreach-when", "partner", "#/outreach", ".session-card", [phone], {
    prepare: async (page) => {
      await page.getByRole("button", { name: "Add a session" }).click();
      await page.getByLabel("Wed", { exact: true }).check();
      await page.getByText("Every Wednesday").first().waitFor();
    },
  }),
  pictureOf("outreach-move", "partner", "#/outreach", ".session-card", [phone], {
    prepare: async (page) => {
      await page.getByRole("button", { name: "Move Tue 30 Nov" }).click();
      await page.getByRole("heading", { name: "Move Tue 30 Nov" }).waitFor();
    },
  }),
  pictureOf("outreach-phones", "partner", "#/outreach", ".session-card", [phone], {
    prepare: async (page) => {
      await openMore(page, "Phones and accounts");
      await page.locator(".keep-unsent").evaluate((part) => part.scrollIntoView());
    },
  }),
  pictureOf("outreach-route", "partner", "#/outreach?do=add", ".session-form", sizes, {
    prepare: drawRoute,
  }),
  pictureOf("outreach-route-preview", "partner", "#/outreach?do=add", ".session-form", sizes, {
    prepare: previewRoute,
  }),
  // The calendar moves down when the sessions above it come.
  pictureOf("outreach-calendar", "partner", "#/outreach", ".session-card", sizes, {
    prepare: showCalendar,
  }),
  pictureOf("outreach-upload", "partner", "#/outreach?do=upload", ".upload__file", sizes, {
    prepare: chooseFile,
  }),
  pictureOf("outreach-upload-preview", "partner", "#/outreach?do=upload", ".upload__file", sizes, {
    prepare: previewFile,
  }),
  ...languages.flatMap(([code, name]): Picture[] => [
    pictureOf(`outreach-home-${code}`, "partner", "#/outreach", ".session-card", sizes, {
      prepare: (page) => chooseLanguage(page, name, code),
    }),
    pictureOf(`outreach-form-${code}`, "partner", "#/outreach", ".session-card", sizes, {
      prepare: async (page) => {
        await chooseLanguage(page, name, code);
        await page.evaluate(() => window.location.assign("#/outreach?do=add"));
        await page.locator(".session-form .day-fields").first().waitFor();
      },
    }),
  ]),
];
