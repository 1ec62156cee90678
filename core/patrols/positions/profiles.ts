import { plain } from "#core/records/profile.ts";
import { readTimeHeading, type TimeRole } from "#core/records/time-headings.ts";
import { type ColumnRole, type Header, readGivenColumns } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";

/** What `--profile` may say beside the name of a saved one: each is found from the file. */
export const positionProfiles = ["auto", "radio", "vehicle", "phone", "gpx"] as const;

/**
 * How columns are called that name the device, of radios, vehicles and phones, most telling first. Neither
 * "id" nor "track": the one numbers rows in many logs, the other trips.
 */
const deviceHeadings = [
  "issi, ssi, itsi, radio, radio id, terminal, terminal id, handset, handset id",
  "vehicle, vehicle id, fleet number, fleet no, fleet id, asset, asset id, tracker, tracker id",
  "vrm, registration, call sign, callsign",
  "phone, phone id, mobile, mobile id, imei, msisdn, user, user id",
  "device, device id, device name, unit, unit id, resource",
].join(", ");

const momentHeadings = [
  "fix time, gps time, gps timestamp, position time, time utc, utc time, utc, date time utc",
  "timestamp utc, recorded at, time stamp, report time, epoch, unix time",
].join(", ");

export interface PositionColumns {
  /** A date and time in one column, or the date of two. */
  readonly date: number;
  readonly time: number | null;
  readonly first: number;
  readonly second: number;
  /** Whether the two are metres of the National Grid. */
  readonly isGrid: boolean;
  /** Null where each file is one device. */
  readonly device: number | null;
  /** The heading says that times are UTC. */
  readonly isUtc: boolean;
}

/**
 * Which column is what. A device identifier may be personal: it becomes a number on reading and
 * goes no further. Null where the row is no header.
 */
export function findPositionColumns(
  header: Header,
  map: Readonly<Record<string, string>>,
): PositionColumns | null {
  // The roles of a saved profile that apply to fixes.
  const roles = ["date", "time", "latitude", "longitude", "easting", "northing"];
  const own = Object.entries(map).filter(([role]) => roles.includes(role));
  const given = readGivenColumns(header, Object.fromEntries(own));
  const find = (role: ColumnRole, names: readonly string[]) =>
    given.get(role) ?? columnOf(header, names);
  const columnOfTimes = (role: TimeRole) => {
    const at = header.words.findIndex((words) => readTimeHeading(words)?.role === role);
    return at === -1 ? undefined : at;
  };
  const date =
    find("date", momentHeadings.split(", ")) ?? columnOfTimes("date") ?? columnOf(header, ["time"]);
  const time = given.get("time") ?? columnOfTimes("time");
  const latitude = find("latitude", plain.columns.latitude ?? []);
  const longitude = find("longitude", plain.columns.longitude ?? []);
  const easting = find("easting", plain.columns.easting ?? []);
  const northing = find("northing", plain.columns.northing ?? []);
  const isGrid = latitude === undefined || longitude === undefined;
  const [first, second] = isGrid ? [easting, northing] : [latitude, longitude];
  if (date === undefined || first === undefined || second === undefined) return null;
  return {
    date,
    time: time === undefined || time === date ? null : time,
    first,
    second,
    isGrid,
    device: columnOf(header, deviceHeadings.split(", ")) ?? null,
    isUtc: [date, time].some(
      (at) => at !== undefined && /\b(?:utc|gmt)\b/.test(header.words[at] ?? ""),
    ),
  };
}

function columnOf(header: Header, names: readonly string[]): number | undefined {
  return names.map((name) => header.words.indexOf(name)).find((at) => at !== -1);
}

/** By the beginning of a file. */
export function isGpxFile(start: string): boolean {
  const text = start.replace(/^\uFEFF/, "").trimStart();
  if (/^<(?:\?xml|!--|(?:\w+:)?gpx)/i.test(text)) return true;
  if (nmeaSentence.test(text)) {
    throw new FileFault(
      "it is a log of NMEA 0183, which is not read. Save it as GPX, as GPSBabel does, or as a table with time, latitude, longitude and device",
    );
  }
  return false;
}

/** On one of the first lines, perhaps behind its device. */
const nmeaSentence = /(?:^|[\r\n])[^\r\n]{0,200}[$!][A-Z]{5},/;
