import type { Role } from "#core/role.ts";
import type { Page } from "#tests/browser/driver.ts";
import { chooseGeoJson, squareWards, withPlaces } from "#tests/browser/places/geo-support.ts";
import { openNames } from "#tests/support/gazetteer.ts";

/** One picture of `npm run screens`, taken in both themes and at each of its sizes. */
export interface Picture {
  readonly name: string;
  readonly role?: Role;
  readonly partner?: "a" | "b" | "c";
  readonly fragment: string;
  /** A selector that is there once the screen is. */
  readonly ready: string;
  readonly hasMap?: boolean;
  readonly sizes: readonly Size[];
  /** On paper instead of on screen. */
  readonly print?: boolean;
  /** Steps that a person would take first. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** By name, who looks (a partner is the first one), the address, what is there once the screen is, and sizes. */
export function pictureOf(
  name: string,
  role: Role | null,
  fragment: string,
  ready: string,
  sizes: readonly Size[],
  beside: Pick<Picture, "hasMap" | "print" | "prepare"> = {},
): Picture {
  const whom =
    role === null ? {} : role === "partner" ? ({ role, partner: "a" } as const) : { role };
  return { name, ...whom, fragment, ready, sizes, ...beside };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export const desk: Size = { width: 1280, height: 800 };
export const tablet: Size = { width: 768, height: 1024 };
export const phone: Size = { width: 390, height: 844 };
export const paper: Size = { width: 794, height: 1123 };

const ranked = ".hotspots__table tbody tr";

/** Two bad rows among good ones, and a column that may describe a person. */
const records = [
  "Date,Time,Latitude,Longitude,Type,Category,Source,Caller name",
  "05/11/2021,22:10,51.6158,-0.0639,complaint,asb,resident,x",
  "06/11/2021,23:40,51.6179,-0.0631,sighting,kerb crawling,partner,x",
  "31/02/2021,21:00,51.6179,-0.0631,complaint,asb,resident,x",
  "07/11/2021,21:00,-0.0631,51.6179,complaint,litter,resident,x",
  "20/11/2021,19:30,51.6147,-0.0644,complaint,traffic,resident,x",
  "21/11/2021,19:30,51.6147,-0.0644,complaint,noise,resident,x",
].join("\n");

/** Rows with a street only: one that is found, one that lies in two places. */
const streets = [
  "Date,Home address,Borough,Kind,Category",
  "2021-11-05 22:10,12 Brettenham Rd,Enfield,complaint,asb",
  "2021-11-07 22:10,Park Road,,complaint,asb",
].join("\n");

function openPart(page: Page, name: string): Promise<void> {
  return page.getByRole("navigation", { name: "Parts of Records" }).getByText(name).click();
}

/** Each picture is taken several times: from the second on the names are there. */
async function bringNamesIn(page: Page): Promise<void> {
  await openPart(page, "Boundaries and places");
  const names = page.getByRole("table", { name: "Gazetteers" });
  await names.or(page.getByText("No names imported yet.")).first().waitFor();
  if ((await names.count()) > 0) return openPart(page, "Events");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Import names" }).click(),
  ]);
  const buffer = Buffer.from(openNames.join("\n"));
  await chooser.setFiles({ name: "names.csv", mimeType: "text/csv", buffer });
  await names.waitFor();
  await openPart(page, "Events");
}

function chooseRecords(page: Page): Promise<void> {
  return page
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name: "november.csv", mimeType: "text/csv", buffer: Buffer.from(records) });
}

export const pictures: readonly Picture[] = [
  pictureOf("sign-in", null, "", ".sign-in__role", [desk, tablet, phone]),
  pictureOf("sign-in-account", null, "", ".sign-in__role", [desk, tablet, phone], {
    prepare: (page) =>
      page.getByRole("button", { name: "Sign in with an account instead" }).click(),
  }),
  pictureOf("accounts", "admin", "#/accounts", ".admin__head", [desk, tablet, phone]),
  pictureOf("accounts-add", "admin", "#/accounts", ".admin__head", [desk, phone], {
    prepare: (page) => page.getByRole("button", { name: "Add an account" }).click(),
  }),
  pictureOf("accounts-ask", "admin", "#/accounts", ".admin__head", [desk, phone], {
    prepare: async (page) => {
      const known = page.getByRole("button", { name: "Change j.hollis" });
      if ((await known.count()) > 0) await known.click();
      else {
        await page.getByRole("button", { name: "Add an account" }).click();
        await page.getByLabel("Sign-in name").fill("j.hollis");
        await page.getByRole("button", { name: "Add", exact: true }).click();
      }
      const dialog = page.getByRole("dialog", { name: "j.hollis" });
      await dialog.getByRole("button", { name: "Disable and sign out" }).click();
    },
  }),
  pictureOf("hotspots", "sergeant", "#/hotspots", ranked, [desk, tablet], { hasMap: true }),
  pictureOf("hotspots-phone", "sergeant", "#/hotspots", ".empty-state", [phone]),
  pictureOf(
    "hotspots-nights",
    "sergeant",
    "#/hotspots?from=2021-08-01&to=2021-11-26&days=thu,fri,sat&hours=20-02&res=10&measure=hot&discovered=arrest,stop_search&at=-0.0640,51.6170,13.6",
    ranked,
    [desk],
    {
      hasMap: true,
      prepare: async (page) => {
        await page.locator(ranked).first().click();
      },
    },
  ),
  pictureOf(
    "hotspots-analyst-borough",
    "analyst",
    "#/hotspots?from=2020-08-01&to=2021-11-26&area=Haringey",
    ranked,
    [desk],
    { hasMap: true },
  ),
  pictureOf("hotspots-print", "sergeant", "#/hotspots", ranked, [paper], {
    hasMap: true,
    print: true,
    prepare: async (page) => {
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      await page.locator(".map-view__print").waitFor({ state: "attached" });
    },
  }),
  pictureOf("records", "analyst", "#/records", ".records__batches tbody tr", [desk, tablet]),
  pictureOf(
    "records-preview",
    "analyst",
    "#/records",
    ".records__batches tbody tr",
    [desk, tablet],
    {
      prepare: async (page) => {
        await chooseRecords(page);
        await page.getByText("Read as: plain table").waitFor();
      },
    },
  ),
];

/** Taken last: from here on every page says that imported rows stand beside the made-up ones. */
export const picturesWithImports: readonly Picture[] = [
  pictureOf(
    "records-places",
    "analyst",
    "#/records?part=places",
    "section[aria-labelledby=geo-import] .drop-zone",
    [desk, tablet],
    {
      prepare: async (page) => {
        await withPlaces(page);
        await chooseGeoJson(page, "wards.geojson", squareWards);
        await page.getByRole("button", { name: "Check only" }).click();
        await page.getByText(/Checked, nothing was saved/).waitFor();
      },
    },
  ),
  pictureOf("records-quality", "analyst", "#/records?part=quality", ".quality", [desk, tablet]),
  pictureOf(
    "hotspots-places",
    "analyst",
    "#/hotspots?places=lighting,alley,stop,late_venue&area=beat:Fore+Street",
    ranked,
    [desk, tablet],
    {
      hasMap: true,
      prepare: async (page) => {
        await page.locator(ranked).first().click();
        await page.getByText("Here and within 100 m").waitFor();
      },
    },
  ),
  pictureOf("records-names", "analyst", "#/records", ".records__batches tbody tr", [desk, tablet], {
    prepare: async (page) => {
      await bringNamesIn(page);
      await openPart(page, "Boundaries and places");
      await page.getByRole("table", { name: "Gazetteers" }).scrollIntoViewIfNeeded();
    },
  }),
  pictureOf(
    "records-streets",
    "analyst",
    "#/records",
    ".records__batches tbody tr",
    [desk, tablet],
    {
      prepare: async (page) => {
        await bringNamesIn(page);
        await page
          .locator("input[type=file]")
          .first()
          .setInputFiles({
            name: "streets.csv",
            mimeType: "text/csv",
            buffer: Buffer.from(streets),
          });
        await page
          .getByRole("combobox", { name: "Street", exact: true })
          .selectOption("Home address");
        await page.getByText("Converted to map cells").waitFor();
      },
    },
  ),
  pictureOf(
    "records-errors",
    "analyst",
    "#/records",
    ".records__batches tbody tr",
    [desk, tablet],
    {
      prepare: async (page) => {
        await chooseRecords(page);
        await page.getByRole("button", { name: "Import this file" }).click();
        await page
          .getByText(/3 refused/)
          .first()
          .waitFor();
      },
    },
  ),
];
