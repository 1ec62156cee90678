import type { ColumnRole } from "#core/import/columns.ts";
import type { RowUnit } from "#core/import/row-unit.ts";
import type { ImportChoices } from "#core/import/table-reader.ts";

/** Everything found from the file itself. */
export const autoChoices: ImportChoices = {
  profile: "auto",
  map: {},
  kind: null,
  source: null,
  dates: null,
};

/** The address of an upload: what the person said, and nothing that was found. */
export function uploadPath(
  fileName: string,
  choices: ImportChoices,
  unit: RowUnit = "line",
): string {
  const query = new URLSearchParams({ fileName: fileName.slice(-200) });
  if (choices.profile !== "auto") query.set("profile", choices.profile);
  if (choices.kind) query.set("kind", choices.kind);
  if (choices.source) query.set("source", choices.source);
  if (choices.dates) query.set("dates", choices.dates);
  if (choices.map["cell"] !== undefined) query.set("cells", "page");
  if (unit !== "line") query.set("unit", unit);
  for (const [role, column] of Object.entries(choices.map)) {
    query.append("map", `${role}=${column}`);
  }
  return `/api/imports?${query}`;
}

/** What each role of a column is called on screen. */
export const roleWords: Readonly<Record<ColumnRole, string>> = {
  date: "Date",
  time: "Time",
  start: "Start",
  start_time: "Start time",
  end: "End",
  end_time: "End time",
  latitude: "Latitude",
  longitude: "Longitude",
  easting: "Easting",
  northing: "Northing",
  grid_reference: "Grid reference",
  street: "Street",
  postcode: "Postcode",
  borough: "Borough or district",
  cell: "Cell",
  kind: "Kind of event",
  category: "Category",
  source: "Reported by",
  reference: "Reference",
};
