import { afterAll, beforeAll, expect, test } from "vitest";
import { cellCentre } from "#core/geo/cell.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import type { WardenWindowsReply } from "#core/patrols/wire/wardens.ts";
import { type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import {
  openPlanDesk,
  type PlanDesk,
  patiently,
  plansOf,
} from "#tests/browser/patrols/plan-support.ts";
import { textOfPages } from "#tests/browser/pdf-text.ts";
import { visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { circleAt } from "#tests/support/outreach.ts";

/** Papers that lie open while a session takes a patrol from them. */
let desk: PlanDesk;
let partner: Visit;

beforeAll(async () => {
  desk = await openPlanDesk("agreed", { paper: true });
  partner = await visitPartner(desk.browser, desk.server);
  await partner.page.goto("/#/outreach");
});
afterAll(() => desk.close());

/** The partner comes where and when this patrol is to be. */
async function comeTo({ stops, start, end }: Pick<WindowReply, "stops" | "start" | "end">) {
  const [stop] = stops;
  if (!stop) throw new Error("The patrol has no stop");
  const send = async (path: string, data: object) => {
    const reply = await partner.page.request.post(`/api/outreach/${path}`, { data });
    if (!reply.ok()) throw new Error(await reply.text());
    return (await reply.json()) as { id: string };
  };
  const { id } = await send("places", { label: "Van", ...circleAt(cellCentre(stop.cell)) });
  const times = { start: start.slice(11, 16), end: end.slice(11, 16) };
  const rule = { repeats: "once", firstDate: start.slice(0, 10), ...times };
  await send("sessions", { placeId: id, rule });
  return performance.now();
}

async function isVoid(page: Page, saved: number): Promise<void> {
  const banner = page.locator(".briefing__void", { hasText: "Void: something has changed since" });
  await banner.waitFor(patiently);
  expect(performance.now() - saved).toBeLessThan(2_000);
  const sheets = await page.locator(".sheet-page").count();
  expect(await page.locator(".sheet-page__void").allTextContents()).toEqual(
    Array.from({ length: sheets }, () => "VOID"),
  );
  expect(await page.getByRole("button", { name: "Print" }).isDisabled()).toBe(true);
  expect(await page.title()).toMatch(/^VOID /);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".route-card:visible").count()).toBe(0);
  expect(await page.locator(".sheet-page__void:visible").count()).toBe(sheets);
  await page.emulateMedia({ media: null });
}

test("an open briefing reads that it is void within two seconds, and prints the word and no route", async () => {
  const { page } = desk;
  const [plan] = await plansOf(page);
  const window = plan?.windows.find(
    ({ patrolPartner, status }) => patrolPartner === null && status === "agreed",
  );
  if (!window) throw new Error("The plan has no patrol of police");
  await page.getByRole("button", { name: "Briefing" }).click();
  await page.locator(".sheet-page svg.route-map").first().waitFor(patiently);
  const number = plan?.number ?? "";
  await isVoid(page, await comeTo(window));
  expect(await seriousViolations(page)).toEqual([]);
  const pages = textOfPages(await page.pdf({ preferCSSPageSize: true }));
  for (const words of pages) {
    expect(words).toContain("VOID");
    expect(words).not.toMatch(/Whyhere|Stop1|about\d/);
  }
  await page.getByRole("button", { name: "Get the current briefing" }).click();
  await page.locator(".briefing__void").waitFor({ state: "detached", ...patiently });
  expect(await page.locator(".sheet-page__void").count()).toBe(0);
  expect(await page.locator(".sheet-page").first().textContent()).not.toContain(number);
  await expect
    .poll(() => page.getByRole("button", { name: "Print" }).isDisabled(), patiently)
    .toBe(false);
});

test("a coordinator's open papers say it too, and a change of somebody else's patrols leaves them alone", async () => {
  const { page, close, problems } = await desk.browser.visit({
    server: desk.server.url,
    role: "warden",
    fragment: "#/plan?from=2021-11-29&days=7",
  });
  const read = async () => {
    const reply = await page.request.get("/api/warden/windows?from=2021-11-29&days=7");
    return ((await reply.json()) as WardenWindowsReply).windows;
  };
  const agreed = (await read()).filter(({ status }) => status === "agreed");
  expect(agreed.length).toBeGreaterThan(1);
  await page.getByRole("button", { name: "Briefing" }).click(patiently);
  await page.locator(".sheet-page svg.route-map").first().waitFor(patiently);
  const [plan] = await plansOf(desk.page);
  const police = plan?.windows.find(
    ({ patrolPartner, status }) => patrolPartner === null && status === "agreed",
  );
  const withdrawn = await desk.page.request.post(`/api/plans/${plan?.id}/withdraw`, {
    data: { windowIds: [police?.id] },
  });
  expect(withdrawn.ok(), await withdrawn.text()).toBe(true);
  await page.waitForTimeout(1_500);
  expect(await page.locator(".sheet-page__void").count()).toBe(0);
  const [mine] = agreed;
  if (!mine) throw new Error("No patrol of wardens");
  await isVoid(page, await comeTo(mine));
  expect((await page.locator(".briefing__void").textContent()) ?? "").not.toMatch(
    /outreach|session|keep/i,
  );
  expect(problems).toEqual([]);
  await close();
});
