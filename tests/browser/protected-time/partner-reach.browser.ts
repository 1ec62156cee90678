import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { openMore, patiently } from "#tests/browser/protected-time/outreach-support.ts";
import { isWhole, partOf } from "#tests/support/runs.ts";

/** Each screen of a partner and of its coordinator, where little fits: an old phone, and letters twice as large. */
const { browser } = demoWith(openBrowser);

const twice = {
  "--text-body": "28px / 40px var(--font)",
  "--text-small": "24px / 32px var(--font)",
  "--text-lead": "32px / 48px var(--font)",
  "--text-title": "40px / 56px var(--font)",
};
const none = Object.fromEntries(Object.keys(twice).map((name) => [name, ""]));
const looks = [
  { name: "an old phone in the dark", width: 320, theme: "dark", letters: none },
  { name: "letters twice as large", width: 390, theme: "light", letters: twice },
] as const;
type Look = (typeof looks)[number];

async function lookAs(page: Page, { width, theme, letters }: Look): Promise<void> {
  await page.setViewportSize({ width, height: 700 });
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate((sizes) => {
    for (const [name, size] of Object.entries(sizes)) {
      document.documentElement.style.setProperty(name, size);
    }
  }, letters);
}

let turn = 0;

/** What does not fit in either look, in `npm test` in one of them by turns, in words; none where all does. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  turn += 1;
  for (const look of partOf(looks, 2, turn)) {
    await lookAs(page, look);
    const found = [...(await cutOff(page)), ...(await seriousViolations(page))];
    faults.push(...found.map((fault) => `${look.name}: ${fault}`));
  }
  return faults;
}

function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const parts = [document.documentElement, document.getElementById("main")];
    const wide = [...parts, ...document.querySelectorAll("dialog[open]")].filter(
      (part) => part && part.scrollWidth > part.clientWidth + 1,
    );
    const controls = [
      ...document.querySelectorAll("#main button, #main input, #main select, dialog[open] button"),
    ];
    const beyond = controls.filter((control) => {
      const { left, right, width } = control.getBoundingClientRect();
      return width > 0 && (left < -1 || right > window.innerWidth + 1);
    });
    return [
      ...wide.map((part) => `wider than the screen: ${part?.tagName} ${part?.className}`),
      ...beyond.map((control) => `beyond the edge: ${control.textContent || control.className}`),
    ];
  });
}

const file = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "BEGIN:VEVENT",
  "UID:1",
  `SUMMARY:${"Withoutaspace".repeat(6)}`,
  "GEO:51.65713;-0.03927",
  "DTSTART;TZID=Europe/London:20211216T200000",
  "DTEND;TZID=Europe/London:20211216T210000",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:2",
  "DTSTART;TZID=Europe/London:20211216T200000",
  "RRULE:FREQ=SECONDLY",
  "END:VEVENT",
  "END:VCALENDAR",
].join("\r\n");

const parts = [
  "Calendar and map",
  "Your record",
  "Your places",
  "Coordinator and residents",
  "Phones and accounts",
  "Leave for good",
];

let visit: Visit;
let page: Page;
const button = (name: string | RegExp) => page.getByRole("button", { name });
async function open(role: "partner" | "coordinator"): Promise<void> {
  const look = { width: 390, height: 700, touch: true };
  visit = await browser.visit({ role, ...look });
  page = visit.page;
}
async function end(): Promise<void> {
  expect(visit.problems).toEqual([]);
  // The page is visited again.
  await lookAs(page, looks[0]);
  await visit.close();
}

test.runIf(isWhole)(
  "a partner's first screen and its questions, the form with its preview, and the steps of a calendar file fit, and are read out",
  async () => {
    await open("partner");
    await page.locator(".session-card").first().waitFor(patiently);
    await page.locator(".session-card__face").first().click();
    for (const part of parts) await openMore(page, part);
    await page.locator(".kept-clear__sentence").waitFor(patiently);
    expect(await faultsOf(page)).toEqual([]);
    for (const name of [
      /^Out now, another/,
      "Confirm until a later date",
      "Write to the coordinator",
      "Leave and erase everything",
    ]) {
      await button(name).click();
      const dialog = page.getByRole("dialog");
      await dialog.waitFor();
      expect(await faultsOf(page), String(name)).toEqual([]);
      await dialog
        .getByRole("button", { name: /^(Not now|Stay|Close)$/ })
        .first()
        .click();
      await dialog.waitFor({ state: "detached" });
    }
    await button("Write to the coordinator").click();
    await page.getByLabel("What you object to").fill("Too many cars");
    await button("Send").click();
    await page.getByText("Not answered yet").first().waitFor(patiently);
    await button("Add a session").click();
    await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
    await button("Next: what police will see").click();
    expect(await faultsOf(page), "with faults").toEqual([]);
    await page.getByLabel("Street, station or coordinates").fill("51.65713, -0.03927");
    await page.getByRole("option", { name: "These coordinates" }).click();
    await page.getByLabel("Your name for it").fill("Reach");
    await page.getByLabel("Fri", { exact: true }).check();
    await button("Next: what police will see").click();
    await page.locator(".preview").waitFor(patiently);
    expect(await faultsOf(page), "preview").toEqual([]);
    await page.goBack();
    await page.goBack();
    await page.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
    await openMore(page, "Calendar and map");
    await button("Upload a calendar").click();
    await page.getByLabel(/^Calendar file/).setInputFiles({
      name: "calendar.ics",
      mimeType: "text/calendar",
      buffer: Buffer.from(file),
    });
    await button(/^Save it as a place/).waitFor(patiently);
    expect(await faultsOf(page), "entries").toEqual([]);
    await button(/^Save it as a place/).click();
    await page.getByRole("heading", { name: "A new place" }).waitFor();
    expect(await faultsOf(page), "a new place").toEqual([]);
    await page.getByLabel("Your name for it").fill("Reach");
    await button("Use this place").click();
    await button("Next: what police will see").click();
    await page.getByText("Exact data").click(patiently);
    expect(await faultsOf(page), "what police see of the file").toEqual([]);
    await end();
  },
);

test.runIf(isWhole)(
  "so does the coordinator's page, with everybody confirmed and an objection to answer",
  async () => {
    await open("coordinator");
    await page.getByText("partners have confirmed their calendar").waitFor(patiently);
    await page.getByText("Too many cars").first().waitFor(patiently);
    expect(await faultsOf(page)).toEqual([]);
    await end();
  },
);
