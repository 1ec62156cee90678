import { drawnCells, fillCells, framesOf } from "#tests/bench/page.ts";
import { atLeast, type BenchContext, type BenchLine } from "#tests/bench/timing.ts";
import { openBrowser } from "#tests/browser/driver.ts";
import { startDemoServer } from "#tests/browser/support-server.ts";
import { keepScene } from "#tests/support/kept-streets.ts";
import { edmonton, metresFrom } from "#tests/support/street-scene.ts";
import type { TileFeature } from "#tests/support/vector-tile.ts";

const asked = 10;
/** Named streets a hundred metres apart, on more ground than the map shows: as many as inner London has there. */
const streets = 60;
const apartM = 100;
const view = "#/hotspots?from=2021-10-01&to=2021-11-25&res=10&at=-0.0620,51.6200,13.0";

/** Frames a second while a map of 5,000 cells is moved, drawn in software: over streets, beside the built-in map. */
export async function benchStreetsMap({ say }: BenchContext): Promise<BenchLine[]> {
  say(`Streets: a map of ${drawnCells} cells over ${2 * streets} streets...`);
  const over = await framesOver(true);
  const beside = await framesOver(false);
  return [
    {
      work: `frames a second while a map of ${drawnCells.toLocaleString("en-GB")} cells over streets is moved, drawn in software`,
      measured: over.toFixed(1),
      beside: `${beside.toFixed(1)} over the built-in map; asked: ${asked}`,
      ratio: (over / beside).toFixed(2),
      figure: atLeast(over, "frames a second", asked),
    },
  ];
}

async function framesOver(hasStreets: boolean): Promise<number> {
  const server = await startDemoServer();
  const browser = await openBrowser();
  try {
    if (hasStreets) await keepScene(server.services, { features: grid(), minZoom: 8, maxZoom: 14 });
    await fillCells(server.services.db);
    return (await framesOf(browser, server.url, view)).perSecond;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Streets both ways, from crossing to crossing; each sixth one is large. */
function grid(): TileFeature[] {
  const at = (index: number) => (index - streets / 2) * apartM;
  return Array.from({ length: streets * (streets - 1) }, (_, index) => {
    const [street, from] = [index % streets, Math.floor(index / streets)];
    const east = [
      metresFrom(edmonton, at(from), at(street)),
      metresFrom(edmonton, at(from + 1), at(street)),
    ];
    const north = [
      metresFrom(edmonton, at(street), at(from)),
      metresFrom(edmonton, at(street), at(from + 1)),
    ];
    const properties = (name: string) =>
      street % 6 === 0
        ? { kind: "major_road", kind_detail: "primary", name }
        : { kind: "minor_road", kind_detail: "residential", name };
    return [
      { layer: "roads", shape: "line", at: east, properties: properties(`East Street ${street}`) },
      {
        layer: "roads",
        shape: "line",
        at: north,
        properties: properties(`North Street ${street}`),
      },
    ] satisfies TileFeature[];
  }).flat();
}
