import { desk, type Picture, paper, pictureOf, tablet } from "#tests/browser/screen-list.ts";

const ranked = ".hotspots__table tbody tr";
const around = "at=-0.0640,51.6170,12.6";

/** The measures of Hotspots: change, patterns over time, hours of patrol, the smooth surface. */
export const measurePictures: readonly Picture[] = [
  pictureOf(
    "hotspots-change",
    "analyst",
    `#/hotspots?from=2021-08-01&to=2021-11-26&measure=change&baseline=2020-08-01_2021-07-31&${around}`,
    ".hotspots__table .finding-mark",
    [desk, tablet],
    { hasMap: true, prepare: (page) => page.locator(ranked).first().click() },
  ),
  pictureOf(
    "hotspots-side",
    "sergeant",
    `#/hotspots?from=2021-10-02&to=2021-11-26&measure=change&baseline=year&compare=side&${around}`,
    ".map-pair .map-view__canvas[data-drawn] >> nth=1",
    [desk, tablet],
    { hasMap: true },
  ),
  pictureOf(
    "hotspots-pattern",
    "analyst",
    `#/hotspots?from=2020-08-01&to=2021-11-26&measure=emerging&${around}`,
    ".hotspots__table .finding-mark",
    [desk, tablet],
    {
      hasMap: true,
      prepare: async (page) => {
        // On a tablet they are folded.
        const filters = page.getByText("Filters and clock");
        if (await filters.isVisible()) await filters.click();
        await page.getByText("What this shows", { exact: true }).click();
      },
    },
  ),
  pictureOf("hotspots-surface", "sergeant", "#/hotspots?draw=surface", ranked, [desk], {
    hasMap: true,
  }),
  onPaper("hotspots-surface-print", "#/hotspots?draw=surface"),
  onPaper(
    "hotspots-side-print",
    `#/hotspots?from=2021-10-02&to=2021-11-26&measure=change&baseline=year&compare=side&${around}`,
  ),
  onPaper(
    "hotspots-kinds-print",
    `#/hotspots?from=2021-10-02&to=2021-11-26&compare=side&${around}`,
  ),
  onPaper(
    "hotspots-effort-print",
    `#/hotspots?from=2021-08-01&to=2021-11-26&measure=effort&discovered=arrest,stop_search&${around}`,
  ),
  pictureOf(
    "hotspots-effort",
    "analyst",
    `#/hotspots?from=2021-08-01&to=2021-11-26&measure=effort&discovered=arrest,stop_search&${around}`,
    ranked,
    [desk, tablet],
    { hasMap: true, prepare: (page) => page.locator(ranked).first().click() },
  ),
];

/** As it leaves the printer: cells for the surface, counts for rates. */
function onPaper(name: string, fragment: string): Picture {
  return pictureOf(name, "sergeant", fragment, ranked, [paper], {
    hasMap: true,
    print: true,
    prepare: async (page) => {
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      await page.locator(".map-view__print").first().waitFor({ state: "attached" });
    },
  });
}
