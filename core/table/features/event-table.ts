import { type FeatureLayer, refuseOtherShapes } from "#core/table/features/feature-layer.ts";
import { axisNames } from "#core/table/features/point-system.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { cellText, pointCells } from "#core/table/geojson.ts";
import { type TableRow, tableLimits } from "#core/table/row-reader.ts";
import type { OpenTable, TablePiece } from "#core/table/table-source.ts";
import { formatCount } from "#core/text/numbers.ts";

/** A layer of points as a table: the position, then every column. Its layers are chosen among as sheets are. */
export function eventTable(layer: FeatureLayer): OpenTable {
  const { format, unit = "feature", size, layers, layer: sheet } = layer;
  return { format, unit, sheets: layers, sheet, size, rows: () => rowsOf(layer) };
}

async function* rowsOf(layer: FeatureLayer): AsyncIterable<TablePiece> {
  const { format, names, system, unit = "feature", hasShapes = true, pieces } = layer;
  if (names.length > tableLimits.columns - 2) {
    throw new FileFault(
      `the file has more than ${formatCount(tableLimits.columns)} columns; export only those that are needed`,
    );
  }
  const axes = hasShapes ? axisNames(system) : [];
  const header = [...axes, ...names.map((name) => cellText(name))];
  let head: readonly TableRow[] = [{ line: 0, cells: header }];
  let line = 0;
  for await (const { features, bytes } of pieces()) {
    // A layer may leave its type open: then its first shapes tell. A feature of GeoJSON is refused for itself.
    if (line === 0 && format !== "geojson")
      refuseOtherShapes(new Set(features.flatMap(({ shape }) => shape?.type ?? [])));
    const rows = features.map(({ values, shape, number = line + 1 }): TableRow => {
      line = number;
      const cells = values.map((value) => cellText(value));
      if (cells.reduce((sum, { length }) => sum + length, 0) > tableLimits.rowLength) {
        throw new FileFault(
          `this feature is longer than ${formatCount(tableLimits.rowLength)} characters; a point and its columns are not`,
          { line, unit },
        );
      }
      const position = shape ? pointCells(shape, system) : axes.map(() => "");
      return { line, cells: [...position, ...cells] };
    });
    yield { rows: [...head, ...rows], bytes };
    head = [];
  }
  if (head.length > 0) yield { rows: head, bytes: 0 };
}
