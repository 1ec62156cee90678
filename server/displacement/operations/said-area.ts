import {
  cellsAlong,
  cellsInPolygons,
  type OperationArea,
  streetArea,
  usualCorridorM,
} from "#core/displacement/operation-area.ts";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import { isDrawn } from "#core/places/drawn-area.ts";
import {
  type FileFeature,
  listOf,
  type Reference,
  readFeatureFile,
  readPolygons,
  readPosition,
} from "#core/places/layers/feature-file.ts";
import { failure, type Result, success } from "#core/result.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Services } from "#server/acts/services.ts";
import { fileSource } from "#server/files/import-source.ts";
import { readWhole } from "#server/files/read-whole.ts";
import { placesOf, studySet } from "#server/places/places.ts";

/** How somebody says an area in words: exactly one of the three. */
export interface SaidArea {
  readonly area?: string | undefined;
  readonly street?: string | undefined;
  /** The path of a GeoJSON file of areas or lines. */
  readonly file?: string | undefined;
  /** Of a corridor, on either side. */
  readonly widthM?: number | undefined;
}

/** The cells of an area that was said in words; unknown names and bad files are refused with their reason. */
export async function areaSaid(
  services: Pick<Services, "db">,
  { area, street, file, widthM = usualCorridorM }: SaidArea,
): Promise<Result<OperationArea>> {
  if (area !== undefined) {
    const { name, cells } = await studySet(services, area);
    const by = isDrawn(area) ? "drawn" : "named";
    return success({ by, name: by === "drawn" ? null : name, cells });
  }
  if (street !== undefined) {
    const { reply } = await placesOf(services);
    return streetArea(reply.gazetteer, street, widthM);
  }
  if (file === undefined) return failure("Say the area: a name, a street or a file.");
  return areaOfFile((await readWhole(await fileSource(file))).text, widthM);
}

/** Areas by the cells whose middle lies inside, lines by the corridor along them. */
export function areaOfFile(text: string, widthM: number): Result<OperationArea> {
  const { features, reference } = readFeatureFile(text);
  const cells = new Set<H3Cell>();
  for (const feature of features) {
    const found = cellsOf(feature, reference, widthM);
    if (!found.ok) return failure(`Feature ${feature.number}: ${found.reason}`);
    for (const cell of found.value) cells.add(cell);
  }
  return success({ by: "cells", name: null, cells: [...cells] });
}

function cellsOf(
  feature: FileFeature,
  reference: Reference,
  widthM: number,
): Result<readonly H3Cell[]> {
  const where = `feature ${feature.number}`;
  const { type, coordinates } = feature.geometry ?? {};
  if (type === "LineString") return cellsAlong([readLine(coordinates, reference, where)], widthM);
  if (type === "MultiLineString") {
    const lines = listOf(coordinates, where).map((line) => readLine(line, reference, where));
    return cellsAlong(lines, widthM);
  }
  if (type === "Polygon" || type === "MultiPolygon") {
    return cellsInPolygons(readPolygons(feature, reference, where));
  }
  throw new FileFault(
    `${where} is a ${type ?? "feature without a shape"}; an operation needs areas or lines`,
  );
}

function readLine(value: unknown, reference: Reference, where: string): readonly Position[] {
  return listOf(value, where).map((position) => readPosition(position, reference, where));
}
