import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openMore, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages, type Visit } from "#tests/component/driver.ts";
import { asOwner } from "#tests/support/accounts.ts";

/** A partner whose place was saved before there was a lattice: one story, each test a step of it. */
const { server, browser } = demoWith(openPages);
let partner: Visit;
const label = "Late walk, north end";

const owner = <Row>(sql: string) => asOwner<Row>(server.services.db, sql);
const closedAt = (cells: string) =>
  owner<{ rows: number }>(
    `select count(*)::int as rows from occupancy
     where kind = 'protected' and lower(during) > '2021-11-28' and cell in (${cells})`,
  );

beforeAll(async () => {
  // As the migration finds such rows.
  await owner("alter table saved_place disable trigger saved_place_footprint_fixed");
  await owner(`update saved_place set lattice = null, class_m = null where label = '${label}'`);
  await owner("alter table saved_place enable trigger saved_place_footprint_fixed");
  partner = await visitPartner(browser, server);
  await partner.page.goto("/#/outreach");
});

test("is told why to choose it again, and that police stay away meanwhile", async () => {
  const { page } = partner;
  const banner = page.getByText(/^Choose the place again:/);
  await banner.waitFor();
  expect(await banner.textContent()).toContain(`"${label}"`);
  expect(await banner.textContent()).toContain("Until then police and wardens stay away from it");
  await openMore(page, "Your places");
  await page.getByText("to be chosen again").waitFor();
  const [held] = await closedAt(
    `select unnest(footprint) from saved_place where label = '${label}'`,
  );
  expect(held?.rows).toBeGreaterThan(0);
});

test("cannot take it for a new session, and is asked for the place again where one is changed", async () => {
  const { page } = partner;
  await page.getByRole("button", { name: "Add a session" }).click();
  // The places come a moment after the form.
  await expect
    .poll(() => page.getByLabel("Place", { exact: true }).locator("option").allTextContents())
    .toEqual(["Evening walk, high street", "A new place"]);
  await page.getByRole("button", { name: "Back" }).click();
  const card = page.locator(".session-card").filter({ hasText: label }).first();
  await card.getByRole("button").first().click();
  await card.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByText(/Choose it again even if you saved it before/).waitFor();
  expect(await page.getByLabel("Your name for it").inputValue()).toBe(label);
});

test("saves it on the lattice; the old outline is closed no more, and nothing asks any longer", async () => {
  const { page } = partner;
  await page.getByLabel("Street, station or coordinates").fill("51.6273, -0.0571");
  await page.getByRole("option", { name: "These coordinates" }).click();
  await page.getByLabel("How far around it").selectOption("100");
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.getByText(/Police can narrow it to about 350 m/).waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".session-card").first().waitFor();
  await expect.poll(() => page.getByText(/^Choose the place again:/).count()).toBe(0);
  const places = await owner<{ isNew: boolean; sessions: number }>(
    `select lattice is not null as "isNew",
       (select count(*) from outreach_session
        where place_id = saved_place.id and ended_at is null)::int as "sessions"
     from saved_place where label = '${label}' order by id`,
  );
  expect(places).toEqual([
    { isNew: false, sessions: 0 },
    { isNew: true, sessions: 1 },
  ]);
  expect(partner.problems).toEqual([]);
});
