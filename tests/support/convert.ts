import type { TableRow } from "#core/table/row-reader.ts";
import { daysOf, type SheetCell, workbook } from "#tests/support/workbook.ts";

/** A table as a spreadsheet program keeps it: numbers, real dates, months and times. */
export function asWorkbook([header, ...rows]: readonly TableRow[]): Uint8Array {
  const cells = rows.map((row) => row.cells.map(sheetCell));
  return workbook([{ name: "Sheet1", rows: [header?.cells ?? [], ...cells] }]);
}

function sheetCell(text: string): SheetCell {
  if (text === "") return null;
  if (/^-?\d{1,3}\.\d+$/.test(text) || /^[1-9]\d{0,8}$/.test(text)) return Number(text);
  if (/^\d{4}-\d{2}$/.test(text)) return { days: daysOf(`${text}-01`), format: 17 };
  if (/^\d{4}[-/]\d{2}[-/]\d{2}$/.test(text)) {
    return { days: daysOf(text.replaceAll("/", "-")), format: "dd/mm/yyyy" };
  }
  const time = /^(\d{2}):(\d{2})$/.exec(text);
  if (!time) return text;
  return { days: (Number(time[1]) * 60 + Number(time[2])) / 1440, format: "hh:mm" };
}

/** The same as points with properties; as one collection, or a feature on each line. */
export function asFeatures([header, ...rows]: readonly TableRow[], onLines = false): Uint8Array {
  const names = header?.cells ?? [];
  const lng = names.findIndex((name) => /^longitude$/i.test(name));
  const lat = names.findIndex((name) => /^latitude$/i.test(name));
  const features = rows.map(({ cells }) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [Number(cells[lng]), Number(cells[lat])] },
    properties: Object.fromEntries(
      names.flatMap((name, at) => (at === lng || at === lat ? [] : [[name, cells[at] ?? null]])),
    ),
  }));
  if (onLines) return Buffer.from(features.map((one) => JSON.stringify(one)).join("\n"));
  return Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));
}
