import { expect, test } from "vitest";
import { lookForClusters } from "#core/displacement/watch/look.ts";
import { watchedArea, watchedReports } from "#core/displacement/watch/reports.ts";
import { clusterPlace } from "#core/displacement/watch/sentence.ts";
import { alertLevel, watchSettings } from "#core/displacement/watch/settings.ts";
import { createPlaceNamer } from "#core/places/place-name.ts";
import { createZone } from "#core/time/zone.ts";
import { bundledDemo } from "#tests/support/bundled-demo.ts";
import { bundledStudy, bundledZones, readBundledPlaces } from "#tests/support/bundled-places.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { runsOf } from "#tests/support/runs.ts";

const zone = createZone("Europe/London");
const demo = bundledDemo();
const study = bundledStudy();
const edgeZones = bundledZones();
const nameOf = createPlaceNamer(readBundledPlaces().gazetteer);

function clustersAt(asAt: string, seed: number) {
  const treated = demo.operation.cells;
  const { reachMetres } = watchSettings;
  const area = watchedArea({ treated, study, edgeZones, reachMetres });
  const events = columnsFromEvents(demo.events);
  const { reports } = watchedReports({ events, area, asAt, zone });
  const level = alertLevel(1);
  return lookForClusters({ reports, level, seed }).clusters;
}

test.each([20_211_126, 1, 2, 3].slice(0, runsOf(4, 2)))(
  "as at its date one cluster stands out, beside the boundary with Waltham Forest (seed %i)",
  (seed) => {
    const clusters = clustersAt(demo.asAt, seed);
    expect(clusters.length).toBe(1);
    const [cluster] = clusters;
    expect(cluster?.observed).toBeGreaterThanOrEqual(10);
    expect(clusterPlace(cluster?.cells ?? [], edgeZones, nameOf)).toMatchObject({
      place: expect.stringContaining("Northumberland Park"),
      neighbour: "Waltham Forest",
      beyond: 0,
    });
  },
);

test("a month before nothing stood out", () => {
  expect(clustersAt("2021-10-29", 1)).toEqual([]);
});
