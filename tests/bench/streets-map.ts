import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { drawnCells, fillCells, framesOf, waitsOf } from "#tests/bench/page.ts";
import {
  atLeast,
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  notAsked,
  spreadOf,
} from "#tests/bench/timing.ts";
import { openBrowser } from "#tests/browser/driver.ts";
import { startDemoServer } from "#tests/browser/support-server.ts";
import { keepScene, keepStreets } from "#tests/support/kept-streets.ts";
import { edmonton, metresFrom } from "#tests/support/street-scene.ts";
import type { TileFeature } from "#tests/support/vector-tile.ts";

const asked = 12;
/** Not part of the clone: both boroughs, © OpenMapTiles © OpenStreetMap contributors, ODbL. */
const archive = resolve("..", "shared", "data", "streets", "enfield-haringey.mbtiles");
/** A first page with streets is as soon as one without, give or take so much. */
const mostLater = 1.05;
const visits = 15;
/** Named streets a hundred metres apart, on more ground than the map shows: as many as inner London has there. */
const streets = 60;
const apartM = 100;
const view = "#/hotspots?from=2021-10-01&to=2021-11-25&res=10&at=-0.0620,51.6200,13.0";

/** A map of 5,000 cells over streets beside one over the built-in map, drawn in software: its frames, and the first page. */
export async function benchStreetsMap({ say }: BenchContext): Promise<BenchLine[]> {
  const over = existsSync(archive) ? "the streets of both boroughs" : `${2 * streets} streets`;
  say(`Streets: a map of ${drawnCells} cells over ${over}...`);
  const [without, withStreets] = [await openMap(), await openMap()];
  try {
    if (existsSync(archive)) await keepStreets(withStreets.server.services, archive);
    else
      await keepScene(withStreets.server.services, { features: grid(), minZoom: 8, maxZoom: 14 });
    const waits = { without: [] as Waits[], withStreets: [] as Waits[] };
    // In turn, so that what else the machine does meets both alike.
    for (let visit = 0; visit < visits; visit += 1) {
      waits.without.push(await waitsOf(without.browser, without.server.url, 1));
      waits.withStreets.push(await waitsOf(withStreets.browser, withStreets.server.url, 1));
    }
    const medianOf = (all: readonly Waits[], what: "cells" | "map") =>
      spreadOf(all.map((one) => one[what].median)).median;
    const laterOf = (what: "cells" | "map") => {
      const [first, beside] = [medianOf(waits.withStreets, what), medianOf(waits.without, what)];
      return { first, beside, later: first / beside };
    };
    const [cells, whole] = [laterOf("cells"), laterOf("map")];
    await fillCells(without.server.services.db);
    await fillCells(withStreets.server.services.db);
    const frames = (await framesOf(withStreets.browser, withStreets.server.url, view)).perSecond;
    const bare = (await framesOf(without.browser, without.server.url, view)).perSecond;
    return [
      {
        work: `frames a second while a map of ${drawnCells.toLocaleString("en-GB")} cells over ${over} is moved, drawn in software`,
        measured: frames.toFixed(1),
        beside: `${bare.toFixed(1)} over the built-in map; asked: ${asked}`,
        ratio: (frames / bare).toFixed(2),
        figure: atLeast(frames, "frames a second", asked),
      },
      {
        work: "a first page of Hotspots with streets, until cells are on its map, as often as one without",
        measured: milliseconds(cells.first),
        beside: `${milliseconds(cells.beside)} without, in this run; asked: at most ${mostLater} times`,
        ratio: cells.later.toFixed(2),
        figure: atMost(cells.later, "times", mostLater),
      },
      {
        work: "the same, until all of its map is drawn, the last street too",
        measured: milliseconds(whole.first),
        beside: `${milliseconds(whole.beside)} without, in this run`,
        ratio: whole.later.toFixed(2),
        figure: notAsked(whole.later, "times"),
      },
    ];
  } finally {
    for (const { browser, server } of [without, withStreets]) {
      await browser.close();
      await server.close();
    }
  }
}

type Waits = Awaited<ReturnType<typeof waitsOf>>;

async function openMap() {
  return { server: await startDemoServer(), browser: await openBrowser() };
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
