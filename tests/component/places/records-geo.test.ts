import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { legendOn } from "#tests/browser/hotspots/hotspots-support.ts";
import {
  beats,
  chooseGeoJson,
  placesOfKinds,
  squareWards,
  withPlaces,
} from "#tests/browser/places/geo-support.ts";
import { openPages } from "#tests/component/driver.ts";

const { browser } = demoWith(openPages);

const open = (fragment: string) => browser.visit({ role: "analyst", fragment });

describe("boundaries on Records", () => {
  test("wards: a check that keeps nothing, the import with what was put right, the removal", async () => {
    const { page, problems, close } = await open("#/records");
    await page.getByRole("link", { name: "Boundaries and places" }).click();
    await page.getByText("No imported boundaries").waitFor();
    await chooseGeoJson(page, "wards.geojson", squareWards);
    await page.getByRole("button", { name: "Check only" }).click();
    await page.getByText(/Checked, nothing was saved: wards.geojson, wards/).waitFor();
    await page.getByText("4 areas read, 3 would be saved as wards, 1 outside").waitFor();
    await page.getByText('Codes from "WD21CD", names from "WD21NM".').waitFor();
    await page.getByText("No imported boundaries").waitFor();

    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByText(/Imported: wards.geojson, wards/).waitFor();
    await page
      .getByText(/^Crossed: Self-intersection near -0\.0\d+, 51\.6\d+, put right; 0 m² as drawn/)
      .waitFor();
    const row = page.getByRole("table", { name: "Imported boundaries" }).locator("tbody tr");
    expect(await row.innerText()).toMatch(/Wards\s+wards\.geojson[\s\S]*analyst\s+3\s+1\s+1/);

    await page.getByRole("button", { name: "Remove wards" }).click();
    await page.getByText(/Events lose their ward and count by cell/).waitFor();
    await page.getByRole("button", { name: "Remove", exact: true }).last().click();
    await page.getByText("3 areas removed").waitFor();
    await page.getByText("No imported boundaries").waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test("what cannot be read or repaired is refused, with the place", async () => {
    const { page, close } = await open("#/records?part=places");
    await chooseGeoJson(page, "broken.geojson", '{"type":"Topology"}');
    await page.getByRole("button", { name: "Check only" }).click();
    await page.getByText(/This is TopoJSON, not GeoJSON.*Nothing was imported/).waitFor();
    const flat = beats.replace(
      /\[\[\[.*\]\]\]/,
      "[[[-0.07,51.62],[-0.06,51.62],[-0.05,51.62],[-0.07,51.62]]]",
    );
    await chooseGeoJson(page, "flat.geojson", flat, "beat");
    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByText(/"Fore Street" cannot be repaired near .*Nothing was imported/).waitFor();
    await close();
  });
});

describe("places on Records and Hotspots", () => {
  test("a layer with its licence comes in, is listed, and is removed", async () => {
    const { page, problems, close } = await open("#/records?part=places");
    await chooseGeoJson(page, "stops.geojson", String(placesOfKinds["stop"]), "stop");
    await page.getByLabel("Licence line (shown on the map)").fill("© Somebody's stops");
    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByText("3 places read, 3 kept, 0 further than 500 m").waitFor();
    const table = page.getByRole("table", { name: "Imported places" });
    expect(await table.innerText()).toContain("© Somebody's stops");
    await chooseGeoJson(page, "again.geojson", String(placesOfKinds["stop"]), "stop");
    await page.getByRole("button", { name: "Import this file" }).click();
    await page.getByText(/This file is already imported as "stops.geojson"/).waitFor();
    await page.getByRole("button", { name: "Remove stops.geojson" }).click();
    await page.getByRole("button", { name: "Remove", exact: true }).last().click();
    await page.getByText("3 places of stops.geojson removed").waitFor();
    // The file that was refused.
    expect(problems).toEqual([expect.stringContaining("422")]);
    await close();
  });

  test("on Hotspots they are off until asked for, in the legend then, and counted in a cell's story", async () => {
    const { page, problems, close } = await open("#/hotspots");
    await withPlaces(page);
    await page.locator(".hotspots__table tbody tr").first().waitFor();
    expect(await legendOn(page)).not.toContain("Stops");
    await page.getByRole("button", { name: "Places: none shown" }).click();
    await page.getByRole("checkbox", { name: "Stops" }).check();
    await page.getByRole("checkbox", { name: "Street lighting" }).check();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Places: 2 shown" }).waitFor();
    expect(await legendOn(page)).toMatch(/Street lighting\s+Stops/);
    await expect.poll(() => page.url()).toContain("places=lighting,stop");
    await page.locator(".hotspots__table tbody tr").first().click();
    const story = page.getByRole("region", { name: "Around this place" });
    expect(await story.innerText()).toMatch(/lamps?[\s\S]*stop/);
    expect(problems).toEqual([]);
    await close();
  });

  test("a beat is a study area: fewer cells, its name in the legend, kept by the address", async () => {
    const { page, close } = await open("#/hotspots");
    await withPlaces(page);
    await page.locator(".hotspots__table tbody tr").first().waitFor();
    const total = () => page.getByTestId("list-total").innerText();
    const before = await total();
    await page.getByLabel("Area").selectOption({ label: "Fore Street" });
    await expect.poll(total).not.toBe(before);
    expect(await legendOn(page)).toMatch(
      /Fore Street\. Reported by residents and partners\s.*Statistically significant/s,
    );
    await expect.poll(() => page.url()).toContain("area=beat:Fore+Street");
    const chosen = await total();
    await page.reload();
    await expect.poll(total).toBe(chosen);
    await close();
  });
});

describe("quality of the records", () => {
  test("each kind and source has its months and figures, each with what it does to the maps", async () => {
    const { page, problems, close } = await open("#/records?part=quality");
    const complaints = page.getByRole("article", { name: "Complaints by residents" });
    await complaints.waitFor();
    const text = await complaints.innerText();
    expect(text).toMatch(/Last event\s+2\d Nov 2021/);
    expect(text).toContain("On snapped points");
    expect(await complaints.getByRole("img", { name: /events by month: / }).count()).toBe(1);
    expect(problems).toEqual([]);
    await close();
  });

  test("a gap is marked there and said on Hotspots and on Plan where it is shown", async () => {
    const { page, close } = await open("#/records?part=quality");
    await page.route("**/api/quality", async (route) => {
      const reply = await route.fetch();
      const body = (await reply.json()) as { groups: { months: { count: number }[] }[] };
      const months = body.groups[0]?.months ?? [];
      const last = months.at(-2);
      if (last) last.count = 0;
      await route.fulfill({ json: body });
    });
    await page.reload();
    await page.getByText(/Issues: Complaints by residents/).waitFor();
    await page.getByText(/none in Oct 2021$/).waitFor();
    for (const screen of ["hotspots", "plan"]) {
      await page.goto(`/#/${screen}`);
      // Hotspots stays in the page behind the screens that follow it.
      await page.getByText("1 data-quality note").last().click();
      await page
        .getByText(/Complaints by residents: none in Oct 2021, though/)
        .last()
        .waitFor();
      await page.getByRole("link", { name: "Data quality" }).last().waitFor();
    }
    await close();
  });

  test("that records ended is said in the open on Hotspots, Plan and the preview of a release", async () => {
    const { page, close } = await open("#/records?part=quality");
    await page.route("**/api/quality", async (route) => {
      const reply = await route.fetch();
      const body = (await reply.json()) as { groups: { last: string }[] };
      const [complaints] = body.groups;
      if (complaints) complaints.last = "2021-09-12";
      await route.fulfill({ json: body });
    });
    await page.reload();
    for (const screen of ["hotspots", "plan", "releases"]) {
      await page.goto(`/#/${screen}`);
      if (screen === "releases") await page.getByRole("button", { name: "Preview" }).click();
      await page
        .getByText("Complaints by residents end on 12 Sep 2021: none came in for 75 days")
        .last()
        .waitFor();
    }
    await close();
  });
});
