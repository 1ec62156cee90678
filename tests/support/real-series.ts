import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { cellAt } from "#core/geo/cell.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { hourMs, type Zone } from "#core/time/zone.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

/** When a row happened and since when it is known, both as epoch milliseconds. */
interface Happened {
  readonly middle: number;
  readonly known: number;
}

/** Published rows, one file or some of one kind: what a forecast learns from and is judged by. */
export interface RealSeries {
  readonly name: string;
  readonly files: readonly string[];
  /** Of a file's column names; the time is a month, or a day with its time. */
  readonly columns: {
    readonly time: readonly string[];
    readonly lng: string;
    readonly lat: string;
  };
  /** Of all rows only these. */
  readonly only?: { readonly column: string; readonly is: string };
}

const street = { time: ["Month"], lng: "Longitude", lat: "Latitude" };
const burglaries = "police_uk/2012-2019-street-burglary.csv.gz";
const stops = {
  files: ["police_uk/2021-stop-and-search.csv"],
  columns: { time: ["Date"], lng: "Longitude", lat: "Latitude" },
};

export const realSeries = {
  burglary: { name: "burglary", files: [burglaries], columns: street },
  /** The year between is not there. */
  laterBurglary: {
    name: "burglary with a year missing before it",
    files: [burglaries, "police_uk/2021-street-burglary.csv"],
    columns: street,
  },
  stops: { name: "stops", ...stops },
  drugStops: {
    name: "stops for drugs",
    ...stops,
    only: { column: "Object of search", is: "Controlled drugs" },
  },
  collisions: {
    name: "collisions",
    files: ["stats19/collisions-2022.csv"],
    columns: { time: ["date", "time"], lng: "longitude", lat: "latitude" },
  },
} as const satisfies Record<string, RealSeries>;

export const hasSeries = ({ files }: RealSeries) => files.every(hasSharedFile);

/** Rows in the study set, in the order of the files. */
export function reportsOfSeries(series: RealSeries, study: StudySet, zone: Zone): Reports {
  const read = series.files.flatMap((file) => rowsOf(series, sharedFile(file), study, zone));
  return {
    cell: Uint32Array.from(read, ({ cell }) => cell),
    middle: Float64Array.from(read, ({ middle }) => middle),
    known: Float64Array.from(read, ({ known }) => known),
    weight: new Float64Array(read.length).fill(1),
  };
}

function rowsOf(series: RealSeries, file: string, study: StudySet, zone: Zone) {
  const { columns, only } = series;
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const at = (name: string) => head.split(",").indexOf(name);
  const [lng, lat, filter] = [at(columns.lng), at(columns.lat), only ? at(only.column) : -1];
  const times = columns.time.map(at);
  return lines.flatMap((line) => {
    const values = line.split(",");
    if (only && values[filter] !== only.is) return [];
    const point = [Number(values[lng]), Number(values[lat])] as const;
    const cell = study.indexOf.get(cellAt(point, study.resolution));
    if (cell === undefined) return [];
    return [
      {
        cell,
        ...happened(
          times.map((column) => values[column] ?? ""),
          zone,
        ),
      },
    ];
  });
}

/** "2021-05", "2021-05-31T23:20:00+00:00", or "2022/01/01" and "02:24" on the zone's clock. */
function happened([date = "", time]: readonly string[], zone: Zone): Happened {
  if (date.includes("T")) return { middle: Date.parse(date), known: Date.parse(date) };
  if (time !== undefined) {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    const at = zone.startOfDate(date.replaceAll("/", "-")) + (hours + minutes / 60) * hourMs;
    return { middle: at, known: at };
  }
  const [year = 0, month = 0] = date.split("-").map(Number);
  const next = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  const known = zone.startOfDate(next);
  return { middle: (zone.startOfDate(`${date}-01`) + known) / 2, known };
}
