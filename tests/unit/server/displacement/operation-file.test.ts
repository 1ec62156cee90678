import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import type { CommandAct } from "#server/cli/command.ts";
import { readConfig } from "#server/config.ts";
import { readOperation } from "#server/displacement/commands/operation-options.ts";
import { writeTinyPack } from "#tests/support/tiny-pack.ts";

test("an operation's file in metres is read where the pack has a grid, and refused where it has none", async () => {
  const folder = mkdtempSync(join(tmpdir(), "boxster-operation-"));
  const file = join(folder, "line.geojson");
  // Along Fore Street, in metres of the British National Grid.
  const coordinates = [
    [534191, 192390],
    [534191, 192690],
  ];
  const geometry = { type: "LineString", coordinates };
  const features = [{ type: "Feature", properties: {}, geometry }];
  writeFileSync(file, JSON.stringify({ type: "FeatureCollection", features }));
  const read = (BOXSTER_PLACES: string) => {
    const services = { config: readConfig({ BOXSTER_PLACES }) } as CommandAct;
    return readOperation(services, { file, width: 130 });
  };
  try {
    const { treated } = await read("");
    expect(treated?.cells).toContain(cellAt([-0.0634, 51.6149], 10));
    await expect(read(writeTinyPack())).rejects.toThrow(
      "The file is in metres; export it in longitude and latitude (WGS84, EPSG:4326). Nothing was saved.",
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
