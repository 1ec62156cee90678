import type { ImportChoices } from "#core/records/import-choices.ts";
import { noWords, writeWordChoices } from "#core/records/word-choices.ts";
import type { ColumnRole } from "#core/table/columns.ts";
import type { RowUnit } from "#core/table/row-unit.ts";

export const autoChoices: ImportChoices = {
  profile: "auto",
  map: {},
  kind: null,
  source: null,
  dates: null,
  words: noWords,
  midnight: "as-written",
};

export interface UploadChoices {
  /** Columns detected by their values: the server must read what was shown. */
  readonly found?: Readonly<Record<string, string>>;
  readonly saved?: string | null;
  readonly dryRun?: boolean;
  readonly allOrNone?: boolean;
  /** Of the original file, where columns are withheld. */
  readonly fileSha256?: string | null;
  /** What the rows are counted in, where the page made the table from another file. */
  readonly unit?: RowUnit;
}

/** Only choices and previewed findings, nothing that the headings tell. */
export function uploadPath(
  fileName: string,
  choices: ImportChoices,
  upload: UploadChoices = {},
): string {
  const query = new URLSearchParams({ fileName: fileName.slice(-200) });
  const set = (name: string, value: string | null | undefined) => {
    if (value) query.set(name, value);
  };
  set("profile", choices.profile === "auto" ? null : choices.profile);
  set("kind", choices.kind);
  set("source", choices.source);
  set("dates", choices.dates);
  set("midnight", choices.midnight === "unknown" ? choices.midnight : null);
  set("cells", choices.map["cell"] ? "page" : null);
  set("unit", upload.unit === "line" ? null : upload.unit);
  set("saved", upload.saved);
  set("dryRun", upload.dryRun ? "true" : null);
  set("allOrNone", upload.allOrNone ? "true" : null);
  set("fileSha256", upload.fileSha256);
  for (const [role, column] of Object.entries({ ...upload.found, ...choices.map })) {
    query.append("map", `${role}=${column}`);
  }
  for (const word of writeWordChoices(choices.words)) query.append("word", word);
  return `/api/imports?${query}`;
}

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
  type: "Type",
  source: "Reported by",
  reference: "Reference",
};
