import { afterAll, beforeAll, expect, test } from "vitest";
import { cellCentre } from "#core/geo/cell.ts";
import { crowLeg } from "#core/patrols/ground/leg.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { ownerActor } from "#server/db/database.ts";
import {
  insertLegs,
  type WindowRow,
  windowsOfPlans,
} from "#server/patrols/queries/patrol-windows.ts";
import {
  openPlanDesk,
  type PlanDesk,
  patiently,
  plansOf,
} from "#tests/browser/patrols/plan-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";
import { keepScene } from "#tests/support/kept-streets.ts";

/** Streets where no map is drawn by the graphics card: on paper, on slides and on handouts. */
let desk: PlanDesk;
const attribution = "© OpenStreetMap contributors";

beforeAll(async () => {
  desk = await openPlanDesk("agreed", {
    open: openPages,
    prepare: ({ services }) => keepScene(services),
  });
});
afterAll(() => desk.close());

/** Addresses that were asked for under /api, as long as the page is open. */
function watch(page: Page): readonly string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith("/api")) asked.push(`${pathname}${search}`);
  });
  return asked;
}

/** As if streets of before led straight from stop to stop. */
function legsAlong({ id, stops, mode }: WindowRow) {
  const legs = stops.slice(1).map(({ cell: to }, at) => {
    const from = stops[at]?.cell ?? to;
    const line = [from, to].map(cellCentre);
    const leg = crowLeg(from, to, patrolDefaults.modes[mode]);
    return { ...leg, line, attribution: "© First Streets" };
  });
  return { id, legs };
}

test("a plan of before the streets says how to get ways by street, where its way is named", async () => {
  const { page } = desk;
  const windows = (await plansOf(page)).flatMap((plan) => plan.windows);
  // One of a single stop goes nowhere.
  const window = windows.find(({ stops }) => stops.length > 1);
  await page.locator(`[data-window="${window?.id}"]`).click();
  const legend = page.getByRole("list", { name: "Map legend" });
  await legend.getByText(/^Order of stops, unit \d$/).waitFor();
  await legend.getByText("Suggest again to go by street.").waitFor();
  await page.keyboard.press("Escape");
});

test("a briefing has the streets about its stops, with their names, and says whose data they are", async () => {
  const { page } = desk;
  await page.getByRole("button", { name: "Briefing" }).click();
  await page
    .locator(".route-map .paper-streets__line, .route-map .paper-streets__street")
    .first()
    .waitFor();
  const sheet = page.locator(".sheet-page").first();
  expect(await sheet.locator(".sheet-page__licence").textContent()).toContain(attribution);
  expect(await sheet.locator(".route-map").first().textContent()).toContain("Fore Street");
  // Names run along their streets: no tick says where one is. The map comes first, and has no way of before the streets.
  expect(await sheet.locator(".sheet-page__key").textContent()).not.toContain("ticks");
  expect(await sheet.locator(".route-card__map + .route-card__words").count()).toBeGreaterThan(0);
  expect(await sheet.locator(".route-map__leg").count()).toBe(0);
  expect(await page.getByRole("button", { name: "Print" }).isEnabled()).toBe(true);
});

test("the sheet of a plan that went by other streets names those too", async () => {
  const { page, server } = desk;
  const { windows, id = "" } =
    (await plansOf(page)).find(({ status }) => status === "agreed") ?? {};
  const label = windows?.find(({ stops }) => stops.length > 1)?.id;
  await server.services.db.transaction(ownerActor, async (tx) => {
    const stored = await windowsOfPlans(tx, [id ?? ""]);
    const legs = stored.filter((window) => window.label === label).map(legsAlong);
    await insertLegs(tx, legs);
  });
  await page.reload();
  const named = page.locator(".sheet-page__licence", { hasText: "© First Streets" });
  await named.waitFor(patiently);
  expect(await named.textContent()).toMatch(`© First Streets · ${attribution} · `);
});

test("a slide of its map asks for no streets, which no release can freeze", async () => {
  const presenter = await desk.browser.visit({
    server: desk.server.url,
    role: "presenter",
    fresh: true,
  });
  const { page } = presenter;
  const asked = watch(page);
  await page.goto("/#/panel?slide=where");
  await page.reload();
  await page.locator(".panel__slide .panel-map").waitFor();
  await page.locator(".handout .panel-map").waitFor();
  expect(await page.locator(".paper-streets").count()).toBe(0);
  expect(await page.locator(".panel__source").textContent()).not.toContain(attribution);
  expect(asked.filter((address) => /tiles|basemap/.test(address))).toEqual([]);
  await presenter.close();
});
