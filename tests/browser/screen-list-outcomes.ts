import { desk, type Picture, paper, tablet } from "#tests/browser/screen-list.ts";

const ready = ".figures__card";

/** Figures, charts, funnel and months, exact and as they may leave, and the typed totals. */
export const outcomePictures: readonly Picture[] = [
  { name: "outcomes", role: "sergeant", fragment: "#/outcomes", ready, sizes: [desk, tablet] },
  {
    name: "outcomes-charts",
    role: "analyst",
    fragment: "#/outcomes",
    ready,
    sizes: [desk, tablet],
    prepare: (page) => page.locator(".outcomes__charts").scrollIntoViewIfNeeded(),
  },
  {
    name: "outcomes-months",
    role: "sergeant",
    fragment: "#/outcomes",
    ready,
    sizes: [desk, tablet],
    prepare: async (page) => {
      await page.locator(".outcomes__trends summary").first().click();
      await page.locator("#trends").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "outcomes-other-period",
    role: "sergeant",
    fragment: "#/outcomes?from=2021-09-01&to=2021-09-30",
    ready,
    sizes: [desk],
  },
  {
    name: "outcomes-presenter",
    role: "presenter",
    fragment: "#/outcomes",
    ready,
    sizes: [desk, tablet],
  },
  {
    name: "outcomes-print",
    role: "presenter",
    fragment: "#/outcomes",
    ready,
    sizes: [paper],
    print: true,
  },
  {
    name: "outcomes-tallies",
    role: "analyst",
    fragment: "#/outcomes?part=tallies",
    ready: ".outcomes__form",
    sizes: [desk, tablet],
    prepare: async (page) => {
      await page.getByLabel("What was counted").selectOption("sex_workers_identified");
      await page.getByLabel("Broken down by").selectOption("residence");
    },
  },
  {
    name: "outcomes-correct",
    role: "analyst",
    fragment: "#/outcomes?part=tallies",
    ready: ".outcomes__form",
    sizes: [desk],
    prepare: (page) =>
      page
        .getByRole("button", { name: /^Correct Cautions/ })
        .first()
        .click(),
  },
  {
    name: "monthly-return",
    role: "sergeant",
    fragment: "#/outcomes?part=monthly",
    ready: ".monthly-return__lines",
    sizes: [desk, tablet],
  },
  {
    name: "monthly-return-shared",
    role: "analyst",
    fragment: "#/outcomes?part=monthly&view=shared",
    ready: ".monthly-return__lines",
    sizes: [desk],
  },
  {
    name: "monthly-return-print",
    role: "analyst",
    fragment: "#/outcomes?part=monthly&view=shared",
    ready: ".monthly-return__lines",
    sizes: [paper],
    print: true,
  },
];
