import { beforeAll, expect, test } from "vitest";
import { projectArea } from "#client/neighbours/ZoneMap.tsx";
import { ownExchangeReply } from "#core/neighbours/wire.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { lowHallCorners } from "#tests/support/audit-samples-exchange.ts";
import { isWhole } from "#tests/support/runs.ts";

const { browser } = demoWith(openBrowser);
let liaison: Visit;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  liaison = await browser.visit({ role: "liaison", fragment: "#/displacement" });
  page = liaison.page;
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await page.locator(".neighbours .table").first().waitFor();
});

test("loads who is signed in and the own exchange, and nothing of the command", async () => {
  await page.waitForLoadState("networkidle");
  const loaded = asked.filter((path) => path.startsWith("/api/"));
  expect([...new Set(loaded)].sort((a, b) => a.localeCompare(b))).toEqual([
    "/api/exchange/own",
    "/api/session",
  ]);
});

test.runIf(isWhole)(
  "draws an area by hand in the place of parts, and what reaches out of the zone is refused in words",
  async () => {
    const own = ownExchangeReply.parse(await (await page.request.get("/api/exchange/own")).json());
    if (own.area === null) throw new Error("The demonstration has an agreement in force");
    const { place } = projectArea(own.area, 320);
    const map = page.locator(".zone-map");
    const draw = async (corners: readonly (readonly [number, number])[]) => {
      await page.getByRole("button", { name: /^Draw (an area|again)$/ }).click();
      await page.locator(".draw-area").waitFor();
      for (const corner of corners) {
        const [x, y] = await map.evaluate((svg, [left, top]) => {
          const matrix = (svg as unknown as SVGSVGElement).getScreenCTM();
          const { x: at, y: down } = new DOMPoint(left, top).matrixTransform(matrix ?? undefined);
          return [at, down] as const;
        }, place(corner));
        await page.mouse.click(x, y);
      }
      await page.getByRole("button", { name: "Done" }).click();
      await page.getByRole("button", { name: "Check" }).click();
    };
    await page.getByLabel("Day", { exact: true }).fill("2021-11-27");
    await page.getByLabel("From", { exact: true }).fill("07:00");
    await page.getByLabel("To", { exact: true }).fill("07:30");
    await page.locator(".zone-choice__list input[type=checkbox]").first().check();
    await map.scrollIntoViewIfNeeded();
    await draw(lowHallCorners);
    await page.getByText(/Fits: Saturday 27 November, 07:00 to 07:30/).waitFor();
    expect(await page.locator(".zone-map__drawn").count()).toBe(1);
    expect(await page.locator(".zone-map__part--chosen").count()).toBe(0);
    await draw([...lowHallCorners.slice(0, 2), [-0.02, 51.615], [-0.05, 51.63]]);
    await page.getByText("The area goes beyond the agreed zone").waitFor();
    await page.getByRole("button", { name: "Choose places" }).click();
    expect(await page.locator(".zone-map__part--chosen").count()).toBe(1);
  },
);

test("prints the quarter table and no form", async () => {
  await page.emulateMedia({ media: "print" });
  expect(await page.getByRole("table", { name: /^Reports by residents/ }).isVisible()).toBe(true);
  for (const name of ["Totals of your side", "Check a planned patrol"]) {
    expect(await page.getByRole("heading", { name }).isVisible(), name).toBe(false);
  }
  await page.emulateMedia({ media: "screen" });
});

test.runIf(isWhole).each([
  { role: "liaison", width: 768, theme: "dark" },
  { role: "analyst", width: 1280, theme: "light" },
] as const)(
  "$role at $width px, $theme: no serious fault of access, nothing wider than the screen",
  async ({ role, ...look }) => {
    const fragment = "#/displacement?part=neighbours";
    const visit = await browser.visit({ role, fragment, ...look });
    await visit.page.locator(".neighbours .table").first().waitFor();
    expect(await seriousViolations(visit.page)).toEqual([]);
    const main = visit.page.locator("main");
    expect(await main.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(visit.problems).toEqual([]);
    await visit.close();
  },
);
