import { beforeAll, expect, test } from "vitest";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";

/** The panel over the release of the demonstration: what it shows, and what it never does. */
const { browser } = demoWith(openPages);
let presenter: Visit;
let page: Page;
let release: ReleaseReply["release"];
/** Every request since the page was opened, files of the page aside. */
const asked: string[] = [];

beforeAll(async () => {
  presenter = await browser.visit({ role: "presenter" });
  page = presenter.page;
  const reply = await page.request.get("/api/public/releases/latest");
  release = ((await reply.json()) as ReleaseReply).release;
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (!request.url().startsWith("blob:") && pathname.startsWith("/api")) asked.push(pathname);
  });
  await page.goto("/#/panel");
  await page.reload();
  await page.locator(".panel__sentence").waitFor();
});

const september = () =>
  release.values.filter(
    ({ month, measure }) => month === "2021-09" && measure === "resident_complaints",
  );
const open = async (slide: string) => {
  await page.getByLabel("Slide", { exact: true }).selectOption(slide);
  await page.locator(`.panel__slide--${slide}`).waitFor();
};

test("the last public month of the last release opens, in one sentence", async () => {
  const command = september().find(({ area }) => area === "command");
  expect(await page.locator(".panel__sentence").textContent()).toBe(
    `Residents made about ${command?.count} complaints in Enfield and Haringey in September 2021.`,
  );
  expect(await page.locator(".panel__step").textContent()).toBe("Release 1 · 1 of 17");
});

test("the map has every neighbourhood, those not shown among them", async () => {
  await open("where");
  const parts = release.areas.filter(({ kind }) => kind === "neighbourhood");
  const shapes = page.locator(".panel__slide path.panel-map__area");
  expect(await shapes.count()).toBe(parts.length);
  const withheld = september().filter(
    ({ area, count }) => count === null && parts.some(({ id }) => id === area),
  );
  expect(withheld.length).toBeGreaterThan(0);
  const plain = page.locator(".panel__slide path.panel-map__area--0");
  expect(await plain.count()).toBe(withheld.length);
});

test("no figure under 10 is written anywhere, in any month, on any slide", async () => {
  for (const slide of ["reported", "where", "list", "when"]) {
    await open(slide);
    for (const month of release.months) {
      await page.getByLabel("Month", { exact: true }).selectOption(month);
      const words = await page
        .locator(
          ".panel-map__count, .panel-table td, .panel-months__count, .block--figure strong, .block--group dd",
        )
        .allTextContents();
      for (const word of words.filter((one) => /^[\d,]+$/.test(one))) {
        expect(Number(word.replace(",", "")) >= 10, `${month} ${slide}: "${word}"`).toBe(true);
      }
      expect(await page.locator(".panel__fewer").textContent()).toBe(
        "“Fewer than 10” means 0 to 9, the same everywhere.",
      );
    }
  }
});

test("a fall in the core with a rise at a line is said with its dates, and cannot be closed", async () => {
  const note = page.locator(".panel__stage > .panel__moved");
  const words = await note.textContent();
  expect(words).toContain("rose near the boundary with Waltham Forest");
  expect(words).toContain("complaints by residents from 1 August to 30 September 2021");
  expect(words).not.toMatch(/treated|core|edge/);
  expect(await note.getByRole("button").count()).toBe(0);
  await open("method");
  expect(await page.locator(".panel__slide").textContent()).toContain("It is not about the month");
});

test("nothing private was loaded: public figures, and who is signed in", () => {
  // That a handout was printed is told to the log; the answer says no more than that it was noted.
  const allowed = /^\/api\/(public\/.+|session|audit\/prints)$/;
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((path) => !allowed.test(path))).toEqual([]);
});

test("nothing went wrong on the way", () => {
  expect(presenter.problems).toEqual([]);
});
