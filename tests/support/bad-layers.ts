import type { BadFile } from "#tests/support/bad-files.ts";
import { areaFiles, goldenFeatures, pointFiles } from "#tests/support/features.ts";

/** Of each format half a file, one with a hole in the middle, and one of areas, of which no events can be made. */
export const badLayers: readonly BadFile[] = [
  ...pointFiles.map((name) => {
    const whole = goldenFeatures(name);
    const bytes = whole.slice(0, Math.floor(whole.length / 2));
    const fault = /cut off|missing or damaged|cannot be read as XML/;
    return { title: `half of ${name}`, bytes, fault };
  }),
  ...["points-web-mercator.gpkg.gz", "points-utm.fgb", "points-etrs-utm.shp.zip"].map((name) => {
    const bytes = goldenFeatures(name).slice();
    // The zip's first part is its shapes; the others have their rows behind the middle.
    bytes.fill(0xff, Math.floor(bytes.length * 0.35), Math.floor(bytes.length * 0.9));
    return { title: `${name} with a hole in it`, bytes, fault: /cut off|damaged/ };
  }),
  ...areaFiles.map((name) => ({
    title: `areas in ${name}`,
    bytes: goldenFeatures(name),
    fault: /no (?:layer with )?points.*export the points of the events/,
  })),
];
