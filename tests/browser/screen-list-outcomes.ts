import { desk, type Picture, paper, pictureOf, tablet } from "#tests/browser/screen-list.ts";

const ready = ".figures__card";

/** Figures, charts, funnel and months, exact and as they may leave, and the typed totals. */
export const outcomePictures: readonly Picture[] = [
  pictureOf("outcomes", "sergeant", "#/outcomes", ready, [desk, tablet]),
  pictureOf("outcomes-charts", "analyst", "#/outcomes", ready, [desk, tablet], {
    prepare: (page) => page.locator(".outcomes__charts").scrollIntoViewIfNeeded(),
  }),
  pictureOf("outcomes-months", "sergeant", "#/outcomes", ready, [desk, tablet], {
    prepare: async (page) => {
      await page.locator(".outcomes__trends summary").first().click();
      await page.locator("#trends").scrollIntoViewIfNeeded();
    },
  }),
  pictureOf(
    "outcomes-other-period",
    "sergeant",
    "#/outcomes?from=2021-09-01&to=2021-09-30",
    ready,
    [desk],
  ),
  pictureOf("outcomes-presenter", "presenter", "#/outcomes", ready, [desk, tablet]),
  pictureOf("data-complaints", "presenter", "#/outcomes?part=complaints", "#data-complaints", [
    desk,
    tablet,
  ]),
  pictureOf("outcomes-print", "presenter", "#/outcomes", ready, [paper], { print: true }),
  pictureOf(
    "outcomes-tallies",
    "analyst",
    "#/outcomes?part=tallies",
    ".outcomes__form",
    [desk, tablet],
    {
      prepare: async (page) => {
        await page.getByLabel("What was counted").selectOption("sex_workers_identified");
        await page.getByLabel("Broken down by").selectOption("residence");
      },
    },
  ),
  pictureOf("outcomes-correct", "analyst", "#/outcomes?part=tallies", ".outcomes__form", [desk], {
    prepare: (page) =>
      page
        .getByRole("button", { name: /^Correct Cautions/ })
        .first()
        .click(),
  }),
  pictureOf("monthly-figures", "sergeant", "#/outcomes?part=monthly", ".monthly-figures__lines", [
    desk,
    tablet,
  ]),
  pictureOf(
    "monthly-figures-shared",
    "analyst",
    "#/outcomes?part=monthly&view=shared",
    ".monthly-figures__lines",
    [desk],
  ),
  pictureOf("guarantee", "sergeant", "#/outcomes?part=guarantee", ".monthly-figures__lines", [
    desk,
  ]),
  pictureOf(
    "monthly-figures-print",
    "analyst",
    "#/outcomes?part=monthly&view=shared",
    ".monthly-figures__lines",
    [paper],
    { print: true },
  ),
];
