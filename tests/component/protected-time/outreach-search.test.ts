import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { cellAt, cellToDecimal } from "#core/geo/cell.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { noteOf, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";
import { asOwner } from "#tests/support/accounts.ts";

/** A new place is found by its postcode, and the corners of an area or a route by name; none of it is sent. */
const { server, browser } = demoWith(openPages);
let visit: Visit;
let page: Page;
const sent: string[] = [];

beforeAll(async () => {
  const { db } = server.services;
  await asOwner(
    db,
    `insert into gazetteer (
       person, file_name, format, content_sha256, row_count, kept, outside, not_kept
     ) values ('ann', 'names.csv', 'os-open-names', repeat('0', 64), 2, 2, 0, 0)`,
  );
  for (const [name, lng, lat] of [
    ["N18 2TT", -0.0632, 51.6131],
    ["N9 7HD", -0.0393, 51.6571],
  ] as const) {
    const cell = cellToDecimal(cellAt([lng, lat], 10));
    await asOwner(
      db,
      `insert into gazetteer_name (gazetteer_id, kind, name, name_key, at, cell)
       select id, 'postcode', '${name}', '${name.toLowerCase()}',
              st_setsrid(st_makepoint(${lng}, ${lat}), 4326), ${cell}
       from gazetteer`,
    );
  }
  visit = await visitPartner(browser, server);
  page = visit.page;
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await page.goto("/#/outreach");
  await page.locator(".session-card").first().waitFor();
});
afterAll(async () => {
  expect(visit.problems).toEqual([]);
});

const label = "Postcode, street, station or coordinates";
const search = () => page.getByLabel(label);
const options = () => page.locator(".place-box__option").allTextContents();

beforeEach(async () => {
  await page.goto("/#/outreach?do=now");
  await page.reload();
  await search().waitFor();
});

test("a place is found by its postcode, with the space or without, and no postcode is asked for", async () => {
  for (const typed of ["n18 2t", "N182"]) {
    await search().fill(typed);
    await expect.poll(options).toEqual(["N18 2TTpostcode"]);
  }
  await page.locator(".place-box__option").click();
  expect(await search().inputValue()).toBe("N18 2TT");
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.locator(".preview").waitFor();
  expect(sent.filter((one) => one.includes("/api/postcodes"))).toHaveLength(1);
  expect(sent.join("\n")).not.toMatch(/N18|2TT|51\.61/i);
});

test.each(["An area", "A route"])(
  "%s: the search finds a corner, and the spot under the cross is taken",
  async (kind) => {
    await page.getByLabel(kind, { exact: true }).click();
    for (const [typed, count] of [
      ["Silver Street station", "1 corner."],
      ["N9 7HD", "2 corners."],
    ] as const) {
      await search().fill(typed);
      await page.locator(".place-box__option").first().click();
      await page.getByRole("button", { name: "Use the spot under the cross" }).click();
      await page.getByText(count).waitFor();
      expect(await search().inputValue(), "the next one is typed anew").toBe("");
    }
  },
);

test("where there are no postcodes, or no signal for them, the search says so", async () => {
  await asOwner(server.services.db, "delete from gazetteer");
  await page.reload();
  await search().waitFor();
  await page.route("**/api/postcodes", (route) => route.abort());
  await search().fill("N18");
  await expect.poll(() => noteOf(page, label)).toContain("Postcodes need a signal");
  await page.unroute("**/api/postcodes");
  await search().fill("N18 2");
  await expect.poll(() => noteOf(page, label)).toContain("There are no postcodes here");
});
