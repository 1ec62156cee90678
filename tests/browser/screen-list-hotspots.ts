import { desk, type Picture, pictureOf, tablet } from "#tests/browser/screen-list.ts";

const ranked = ".hotspots__table tbody tr";
const halfYear = "#/hotspots?from=2021-06-01&to=2021-11-26&res=10";
const atFore = `${halfYear}&at=-0.0640,51.6170,13.5`;
const drawn = "drawn:-0.0701,51.6193,-0.0567,51.6196,-0.0585,51.6129,-0.0689,51.6136";

/** Study areas that are drawn, and the story of a place in one. */
export const areaPictures: readonly Picture[] = [
  pictureOf("hotspots-draw", "sergeant", atFore, ranked, [desk, tablet], {
    hasMap: true,
    prepare: async (page) => {
      await page.getByRole("button", { name: "Draw an area" }).click();
      const ground = page.getByRole("application", { name: /^Draw an area/ });
      for (const key of ["Space", "Shift+ArrowRight", "Space", "Shift+ArrowDown", "Space"]) {
        await ground.press(key);
      }
    },
  }),
  pictureOf("hotspots-area", "sergeant", `${atFore}&area=${drawn}`, ranked, [desk, tablet], {
    hasMap: true,
    prepare: async (page) => {
      await page.locator(ranked).first().click();
      await page.getByText(/^Over time: (?!calculating)/).waitFor();
    },
  }),
];

/** Taken once places were imported. */
export const factorPictures: readonly Picture[] = [
  pictureOf(
    "hotspots-factors",
    "analyst",
    `${halfYear}&places=stop,late_venue`,
    ranked,
    [desk, tablet],
    {
      hasMap: true,
      prepare: async (page) => {
        await page.getByText("Place factors at hotspots and at other places").click();
        await page.locator(".factor-table__table").scrollIntoViewIfNeeded();
      },
    },
  ),
];
