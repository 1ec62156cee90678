import { desk, type Picture, paper, tablet } from "#tests/browser/screen-list.ts";

const ranked = ".hotspots__table tbody tr";
const around = "at=-0.0640,51.6170,12.6";

/** The measures of Hotspots: change, patterns over time, hours of patrol, the smooth surface. */
export const measurePictures: readonly Picture[] = [
  {
    name: "hotspots-change",
    role: "analyst",
    fragment: `#/hotspots?from=2021-08-01&to=2021-11-26&measure=change&baseline=2020-08-01_2021-07-31&${around}`,
    ready: ".hotspots__table .finding-mark",
    hasMap: true,
    sizes: [desk, tablet],
    prepare: (page) => page.locator(ranked).first().click(),
  },
  {
    name: "hotspots-side",
    role: "sergeant",
    fragment: `#/hotspots?from=2021-10-02&to=2021-11-26&measure=change&baseline=year&compare=side&${around}`,
    ready: ".map-pair--two .map-view__canvas[data-drawn] >> nth=1",
    hasMap: true,
    sizes: [desk, tablet],
  },
  {
    name: "hotspots-pattern",
    role: "analyst",
    fragment: `#/hotspots?from=2020-08-01&to=2021-11-26&measure=emerging&${around}`,
    ready: ".hotspots__table .finding-mark",
    hasMap: true,
    sizes: [desk, tablet],
    prepare: async (page) => {
      // On a tablet they are folded.
      const filters = page.getByText("Filters and clock");
      if (await filters.isVisible()) await filters.click();
      await page.getByText("What this shows", { exact: true }).click();
    },
  },
  {
    name: "hotspots-surface",
    role: "sergeant",
    fragment: "#/hotspots?draw=surface",
    ready: ranked,
    hasMap: true,
    sizes: [desk],
  },
  onPaper("hotspots-surface-print", "#/hotspots?draw=surface"),
  onPaper(
    "hotspots-side-print",
    `#/hotspots?from=2021-10-02&to=2021-11-26&measure=change&baseline=year&compare=side&${around}`,
  ),
  onPaper(
    "hotspots-effort-print",
    `#/hotspots?from=2021-08-01&to=2021-11-26&measure=effort&discovered=arrest,stop_search&${around}`,
  ),
  {
    name: "hotspots-effort",
    role: "analyst",
    fragment: `#/hotspots?from=2021-08-01&to=2021-11-26&measure=effort&discovered=arrest,stop_search&${around}`,
    ready: ranked,
    hasMap: true,
    sizes: [desk, tablet],
    prepare: (page) => page.locator(ranked).first().click(),
  },
];

/** As it leaves the printer: cells for the surface, counts for rates. */
function onPaper(name: string, fragment: string): Picture {
  return {
    name,
    role: "sergeant",
    fragment,
    ready: ranked,
    hasMap: true,
    sizes: [paper],
    print: true,
    prepare: async (page) => {
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      await page.locator(".map-view__print").first().waitFor({ state: "attached" });
    },
  };
}
