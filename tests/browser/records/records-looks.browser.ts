import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { chooseGeoJson, squareWards } from "#tests/browser/places/geo-support.ts";
import { chooseRecords, visitRecords } from "#tests/browser/records/records-support.ts";
import { openNames } from "#tests/support/gazetteer.ts";
import { isWhole, partOf } from "#tests/support/runs.ts";
import { daysOf, workbook } from "#tests/support/workbook.ts";

/** How all parts of Records look: without a serious fault of access, and with nothing cut off sideways. */
const { server, browser } = demoWith(openBrowser);

const noise = [
  "When,Lat,Lng,Category,Caller name",
  "05/11/2021 22:10,51.6158,-0.0639,noise,Jo Secret",
  "16/11/2021 22:10,51.6158,-0.0639,litter,Jo Secret",
].join("\n");
const crimes = [
  "Crime ID,Month,Longitude,Latitude,Location,LSOA code,Crime type",
  "c1,2021-10,-0.063,51.6158,On or near Fore Street,E01,Drugs",
].join("\n");
const streets = [
  "Date,Home address,Borough,Kind,Category",
  "2021-11-05 22:10,12 Brettenham Rd,Enfield,complaint,asb",
  "2021-11-08 22:10,Nowhere Lane,,complaint,asb",
].join("\n");
const headings = ["Date", "Lat", "Lng", "Kind", "Category"];
const rowOf = (date: string) => [
  { days: daysOf(date), format: "dd/mm/yyyy" },
  51.6179,
  -0.0631,
  "complaint",
  "asb",
];
const book = workbook([
  { name: "Week 44", rows: [headings, rowOf("2021-11-05")] },
  { name: "Week 45", rows: [headings, rowOf("2021-11-12")] },
]);

type Look = readonly ["light" | "dark", number];
const wide: Look = ["light", 1280];
const tablet: Look = ["dark", 768];
const phone: Look = ["dark", 390];

let turn = 0;

/** Without a fault, and no wider than the window, in each of these looks, in `npm test` in one of them; and wide again afterwards. */
async function expectSound(
  page: Page,
  what: string,
  looks: readonly Look[] = [wide],
): Promise<void> {
  turn += 1;
  for (const [theme, width] of partOf(looks, looks.length, turn)) {
    await lookAs(page, [theme, width]);
    const seen = `${what}, ${theme}, ${width} px`;
    expect(await seriousViolations(page), seen).toEqual([]);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over, seen).toBeLessThanOrEqual(0);
  }
  await lookAs(page, wide);
}

async function lookAs(page: Page, [colorScheme, width]: Look): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme });
}

const openPart = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Parts of Records" }).getByText(name).click();

/** The demonstration keeps its events and has no gap: here it answers as a database of real ones does. */
async function withAnswersOfRealOnes(page: Page): Promise<void> {
  const announced = { before: "2015-12-08", dueOn: "2021-12-08", count: 1_234 };
  const reply = { eventYears: 6, isOn: true, announced, done: null };
  await page.route("**/api/retention", (route) => route.fulfill({ json: reply }));
  await page.route("**/api/quality", async (route) => {
    const body = (await (await route.fetch()).json()) as {
      groups: { months: { count: number }[] }[];
    };
    const last = body.groups[0]?.months.at(-2);
    if (last) last.count = 0;
    await route.fulfill({ json: body });
  });
  await page.reload();
}

async function seeFiles({ page }: Visit): Promise<void> {
  await page.getByText(/1,234 events from before 8 Dec 2015 will be permanently deleted/).waitFor();
  await chooseRecords(page, "noise.csv", noise);
  await page.getByLabel("Kind of event", { exact: true }).first().selectOption("complaint");
  await page.getByText("Unknown words").waitFor();
  await expectSound(page, "a preview with words", [wide, phone]);
  await chooseRecords(page, "week.xlsx", book);
  await page.getByLabel("Sheet").waitFor();
  await expectSound(page, "a workbook", [wide, phone, tablet]);
}

async function seeParts({ page }: Visit): Promise<void> {
  await openPart(page, "Quality");
  await page.getByText(/none in Oct 2021$/).waitFor();
  await expectSound(page, "quality with a gap", [wide, phone]);
  await openPart(page, "Boundaries and places");
  await chooseGeoJson(page, "wards.geojson", squareWards);
  await page.getByRole("button", { name: "Check only" }).click();
  await page.getByText(/Checked, nothing was saved/).waitFor();
  await expectSound(page, "wards that were checked", [wide, phone]);
}

test.runIf(isWhole)(
  "wide and light, on a tablet and a phone in the dark: imports with Undo, files, parts, streets by a gazetteer, crime types and remarks",
  async () => {
    const visit = await visitRecords({ browser, server });
    const { page, problems } = visit;
    await lookAs(page, tablet);
    const scroll = page.getByRole("region", { name: "Imports, newest first" });
    expect(await scroll.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    await lookAs(page, wide);
    await withAnswersOfRealOnes(page);
    await seeFiles(visit);
    await seeParts(visit);
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Import names" }).click(),
    ]);
    const buffer = Buffer.from(openNames.join("\n"));
    await chooser.setFiles({ name: "names.csv", mimeType: "text/csv", buffer });
    await page.getByRole("table", { name: "Gazetteers, newest first" }).waitFor();
    await expectSound(page, "a gazetteer");
    await openPart(page, "Events");
    await chooseRecords(page, "streets.csv", streets);
    await page.getByRole("combobox", { name: "Street", exact: true }).selectOption("Home address");
    await page.getByText(/Refused for their place: 1 with a street/).waitFor();
    await expectSound(page, "streets");
    await importFile(page, "crimes.csv", crimes);
    for (const screen of ["hotspots", "plan"]) {
      await page.goto(`/#/${screen}`);
      await page.getByText("1 data-quality note").click();
      await page.getByText(/Complaints by residents: none in Oct 2021, though/).waitFor();
      if (screen === "hotspots") await page.getByText("Types: all").click();
      await expectSound(page, `remarks on ${screen}`);
    }
    expect(problems).toEqual([]);
    await visit.close();
  },
);

async function importFile(page: Page, name: string, text: string): Promise<void> {
  await chooseRecords(page, name, text);
  await page.getByRole("button", { name: "Import this file" }).click();
  await page.getByText(new RegExp(`rows? of ${name}: .* stored`)).waitFor();
}
