import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lookForClusters } from "#core/displacement/watch/look.ts";
import { watchedArea, watchedReports } from "#core/displacement/watch/reports.ts";
import { alertLevel, watchSettings } from "#core/displacement/watch/settings.ts";
import { cellAt, cellCentre } from "#core/geo/cell.ts";
import { cellsInside, commandStudySet } from "#core/places/command.ts";
import { edgeZones } from "#core/places/edge-zone.ts";
import { isReported, type PoliceEvent } from "#core/records/event.ts";
import { createZone } from "#core/time/zone.ts";
import { completeRecipe } from "#data/demo/complete.ts";
import { generateDemonstration } from "#data/demo/generate.ts";
import { createGround, type DemoPlaces } from "#data/demo/ground.ts";
import { type Recipe, readRecipe } from "#data/demo/recipe.ts";
import { readDemoRecipe } from "#server/place-pack.ts";
import { loadPack } from "#server/places/load.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { shortRecipe, tinyZone, writeTinyPack } from "#tests/support/tiny-pack.ts";

const zone = createZone(tinyZone);
const folder = writeTinyPack();
const places = loadPack(folder);
const command = commandStudySet(places.areas);
const zones = edgeZones(places.areas, places.edges, command);
const recipe = readDemoRecipe(folder);
const demo = generateDemonstration(places, recipe, zone);

const cellsOf = (name: string) =>
  new Set(
    cellsInside(
      places.areas.filter((area) => area.name === name),
      10,
    ),
  );

test("a short recipe is enough: events lie in each part, on the street and along the lines, and nowhere else", () => {
  const outer = new Set(zones.flatMap((one) => one.outer));
  expect(demo.events.every(({ cell }) => command.indexOf.has(cell) || outer.has(cell))).toBe(true);
  const isIn = (cells: ReadonlySet<string>) => (event: PoliceEvent) => cells.has(event.cell);
  const reported = demo.events.filter(isReported);
  expect(reported.length).toBeGreaterThan(2_000);
  expect(reported.filter(isIn(cellsOf("Westside"))).length).toBeGreaterThan(400);
  expect(reported.filter(isIn(cellsOf("Eastside"))).length).toBeGreaterThan(400);
  expect(reported.filter(isIn(new Set(demo.operation.cells))).length).toBeGreaterThan(500);
  for (const { neighbour, outer: beyond, isInternal } of zones) {
    if (!isInternal)
      expect([neighbour, reported.some(isIn(new Set(beyond)))]).toEqual([neighbour, true]);
  }
  expect(demo.events.filter((event) => event.kind === "arrest")).toHaveLength(63);
  expect(demo.events.every((event) => zone.dateOf(event.endsAt) <= demo.asAt)).toBe(true);
  expect(generateDemonstration(places, recipe, zone)).toEqual(demo);
});

test("the operation treats the stretch between the corners that are named, or all of the road", () => {
  const { cells, name } = demo.operation;
  expect(name).toBe("long-street");
  expect(cells).toContain(cellAt([18.04, 59.318], 10));
  const lngs = cells.map((cell) => cellCentre(cell)[0]);
  expect(Math.min(...lngs)).toBeGreaterThan(18.024);
  expect(Math.max(...lngs)).toBeLessThan(18.056);
  const whole = createGround(places, { busyStreet: { road: "Long Street", corners: "all" } });
  expect(whole.treated.length).toBeGreaterThan(1.5 * cells.length);
  expect(whole.busyCorners).toHaveLength(4);
});

test("what is left out follows from the pack: layers, walks, neighbours and places of plans", () => {
  const complete = completeRecipe(createGround(places, recipe), recipe);
  expect(complete.layers.map((layer) => layer.name)).toEqual([
    "busy street",
    "side roads",
    "elsewhere in Westside",
    "elsewhere in Eastside",
    "this side of Downland",
    "in Downland",
    "this side of Upland",
    "in Upland",
  ]);
  expect(complete.neighbours).toEqual(["Downland", "Upland"]);
  expect(complete.plans.map((plan) => plan.name)).toEqual([
    "Long Street by Second Lane",
    "Long Street by Third Lane",
  ]);
  expect(complete.layers[4]?.turnsTo).toHaveLength(3);
  const stops = demo.patrols.windows.map((window) => window.stops.length);
  expect(Math.min(...stops)).toBeGreaterThanOrEqual(2);
  expect(completeRecipe(createGround(places, recipe), complete)).toEqual(complete);
});

test("as at its date one cluster stands out beside a line, and a month before there was none", () => {
  const clustersAt = (asAt: string) => {
    const treated = demo.operation.cells;
    const { reachMetres } = watchSettings;
    const area = watchedArea({ treated, study: command, edgeZones: zones, reachMetres });
    const events = columnsFromEvents(demo.events);
    const { reports } = watchedReports({ events, area, asAt, zone });
    const level = alertLevel(1);
    return lookForClusters({ reports, level, seed: 1 }).clusters;
  };
  expect(clustersAt("2021-10-29")).toEqual([]);
  const clusters = clustersAt(demo.asAt);
  expect(clusters).toHaveLength(1);
  const { layers } = completeRecipe(createGround(places, recipe), recipe);
  const turned = layers.flatMap(({ turnsTo = [] }) => turnsTo.map((at) => cellAt(at, 10)));
  expect(turned).toHaveLength(3);
  const found = clusters[0]?.cells.map(({ cell }) => cell) ?? [];
  expect(found.toSorted()).toEqual(turned.toSorted());
});

test("three partners have an evening each, in the order of the recipe", () => {
  expect(demo.partners.map(({ code, name }) => [code, name])).toEqual([
    ["a", "Partner A (made up)"],
    ["b", "Partner B (made up)"],
    ["c", "Partner C (made up)"],
  ]);
  const rules = demo.partners.flatMap((one) => one.places.flatMap((place) => place.sessions));
  expect(rules.map(({ firstDate, start }) => [firstDate, start])).toEqual([
    ["2021-10-04", "19:30"],
    ["2021-10-05", "19:30"],
    ["2021-10-06", "19:30"],
  ]);
});

test("a pack without neighbours or streets has a demonstration of its busy street", () => {
  const { areas, gazetteer } = places;
  const alone: DemoPlaces = { areas, edges: [], gazetteer: { ...gazetteer, streets: [] } };
  const small = generateDemonstration(alone, recipe, zone);
  const treated = new Set(small.operation.cells);
  expect(small.events.length).toBeGreaterThan(700);
  expect(small.events.every(({ cell }) => treated.has(cell))).toBe(true);
});

test("the example of docs/another-command.md can be read", () => {
  const text = readFileSync(
    new URL("../../../../docs/another-command.md", import.meta.url),
    "utf8",
  );
  const [, example = ""] = /```json\n(.*?)```/su.exec(text) ?? [];
  expect(readRecipe(example).partners).toHaveLength(3);
});

const faults: readonly [string, object, RegExp][] = [
  ["no busy street", { busyStreet: undefined }, /"busyStreet" is not as it should be/],
  [
    "corners of another kind",
    { busyStreet: { road: "Long Street", corners: 3 } },
    /"busyStreet.corners" must be "all", a list of names of corners, or weights by corner/,
  ],
  ["two partners", { partners: shortRecipe.partners.slice(1) }, /"partners" must be 3 partners/],
  [
    "a session while patrols walk",
    {
      partners: shortRecipe.partners.map(({ places: [place] }) => ({
        places: [{ ...place, sessions: [{ from: "2021-10-05", start: "18:30", end: "21:00" }] }],
      })),
    },
    /"partners.0.places.0.sessions.0" must begin at 19:30 or later, or end by 11:00/,
  ],
  [
    "a place with two grounds",
    {
      partners: [
        {
          places: [
            {
              ...shortRecipe.partners[0].places[0],
              route: [
                [18, 59],
                [18, 59.1],
              ],
            },
          ],
        },
        ...shortRecipe.partners.slice(1),
      ],
    },
    /"partners.0.places.0" must have one of "at", "area" and "route"/,
  ],
  [
    "longitude and latitude swapped",
    {
      partners: [
        { places: [{ label: "Walk", at: [59.318, 18.041] }] },
        ...shortRecipe.partners.slice(1),
      ],
    },
    /"partners.0.places.0" cannot be used. The place lies far outside the area/,
  ],
  [
    "a place outside the command",
    {
      partners: [
        { places: [{ label: "Walk", at: [18.041, 59.618] }] },
        ...shortRecipe.partners.slice(1),
      ],
    },
    /"partners.0.places.0" \("Walk"\) lies outside Eastside and Westside: check its longitude/,
  ],
  [
    "a walk outside the command",
    {
      walks: [
        Array.from({ length: 2 }, () => [18.041, 59.618]),
        [
          [18.04, 59.318],
          [18.0405, 59.318],
        ],
      ],
    },
    /"walks.0.0" \(18.041, 59.618\) lies outside Eastside and Westside/,
  ],
  [
    "a plan outside the command",
    { plans: [{ name: "Square", at: [18.541, 59.318] }] },
    /"plans.0.at" \(18.541, 59.318\) lies outside/,
  ],
  [
    "reports that turn to another town",
    {
      layers: [
        {
          name: "all",
          before: 9,
          police: 1,
          turnsTo: [
            [18.04, 59.318],
            [18.041, 59.618],
          ],
        },
      ],
    },
    /"layers.0.turnsTo.1" \(18.041, 59.618\) lies outside/,
  ],
  [
    "streets near another town",
    {
      layers: [
        {
          name: "all",
          before: 9,
          police: 1,
          around: {
            streetsNear: [
              [18.041, 59.318],
              [18.041, 59.618],
            ],
          },
        },
      ],
    },
    /"layers.0.around.streetsNear.1" \(18.041, 59.618\) has no street of the gazetteer within 700 m/,
  ],
  [
    "a road that there is not",
    { busyStreet: { road: "Short Street", corners: "all" } },
    /"busyStreet.road" names "Short Street".* Roads: Long Street/,
  ],
  [
    "a corner that there is not",
    { busyStreet: { road: "Long Street", corners: ["Fifth Lane"] } },
    /"busyStreet.corners" names "Fifth Lane".* Corners: First Lane; Fourth Lane/,
  ],
  [
    "a part that there is not",
    { layers: [{ name: "all", before: 9, police: 1, within: { part: "Southside" } }] },
    /"layers.0.within.part" names "Southside".* Parts: Eastside; Westside/,
  ],
  [
    "a neighbour that there is not",
    { layers: [{ name: "all", before: 9, police: 1, within: { edgeInner: "Sideland" } }] },
    /"layers.0.within" names "Sideland".* Edges: Downland; Upland/,
  ],
  [
    "a layer without a point",
    {
      layers: [
        { name: "all", before: 9, police: 1, around: [{ corners: "Long Street", northOf: 60 }] },
      ],
    },
    /"layers.0" \("all"\) has no place to be/,
  ],
  [
    "no police anywhere",
    { layers: [{ name: "all", before: 9 }] },
    /"layers" need "police" in at least one/,
  ],
  [
    "an agreement with nobody",
    { neighbours: ["Sideland"] },
    /"neighbours" names "Sideland".* Neighbours: Downland; Upland/,
  ],
  [
    "a walk over two zones",
    {
      walks: [
        [
          [18.02, 59.318],
          [18.06, 59.318],
        ],
        [
          [18.04, 59.318],
          [18.0405, 59.318],
        ],
      ],
    },
    /"walks.0" cannot be walked/,
  ],
];

test.each(faults)(
  "a recipe with %s is refused with the field and what to do",
  (_, change, message) => {
    const read = (): Recipe => readRecipe(JSON.stringify({ ...shortRecipe, ...change }));
    expect(() => generateDemonstration(places, read(), zone)).toThrow(message);
  },
);
