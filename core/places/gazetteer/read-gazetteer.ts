import { cellAt, eventResolution } from "#core/geo/cell.ts";
import {
  type GazetteerFormat,
  gazetteerFormatLabels,
  isPublicName,
  streetKey,
} from "#core/places/gazetteer/names.ts";
import { type GazetteerReader, openNamesReader } from "#core/places/gazetteer/open-names.ts";
import { type Region, readDegrees } from "#core/places/place.ts";
import { type GazetteerName, mostNames } from "#core/places/wire/gazetteer.ts";
import { listColumns, readHeader } from "#core/table/columns.ts";
import { createDelimitedReader } from "#core/table/delimiter.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import type { TableSource } from "#core/table/table-source.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { formatCount } from "#core/text/numbers.ts";

/** kept + repeated + outside + notKept + unreadable = rows. */
interface GazetteerCounts {
  readonly rows: number;
  readonly kept: number;
  /** The same name again at the same cell. */
  readonly repeated: number;
  readonly outside: number;
  /** Names of features other than streets and postcodes, and unnamed kinds of place. */
  readonly notKept: number;
  readonly unreadable: number;
}

export interface GazetteerFile {
  readonly format: GazetteerFormat;
  readonly names: readonly GazetteerName[];
  readonly counts: GazetteerCounts;
}

/**
 * A gazetteer file from its octets. Throws a `FileFault`.
 *
 * @param onPiece hears after each piece how many octets and rows are through
 */
export async function readGazetteer(
  { open, newDecoder }: Pick<TableSource, "open" | "newDecoder">,
  region: Region,
  onPiece: (bytes: number, rows: number) => void,
): Promise<GazetteerFile> {
  const reader = createGazetteerReader(region);
  const text = createTextReader(newDecoder);
  let bytes = 0;
  for await (const piece of open()) {
    bytes += piece.length;
    reader.push(text.push(piece));
    onPiece(bytes, reader.rows());
  }
  reader.push(text.finish());
  return reader.finish();
}

/** Streams text; only the region's names are kept, so that a national file fits in memory. */
export function createGazetteerReader(region: Region) {
  const records = createDelimitedReader();
  let reader: GazetteerReader | null = null;
  const names: GazetteerName[] = [];
  const seen = new Map<string, number>();
  const counts = { rows: 0, kept: 0, repeated: 0, outside: 0, notKept: 0, unreadable: 0 };

  const keep = (name: GazetteerName, line: number) => {
    const key = `${name.kind} ${streetKey(name.name)} ${cellAt(name.at, eventResolution)}`;
    const before = seen.get(key);
    if (before !== undefined) {
      counts.repeated += 1;
      const known = names[before] as GazetteerName;
      if ((name.reach ?? 0) > (known.reach ?? 0)) names[before] = { ...known, reach: name.reach };
      return;
    }
    if (names.length >= mostNames) {
      throw new FileFault(
        `more than ${formatCount(mostNames)} names lie in the area of ${region.name}; this is not a gazetteer of streets and postcodes`,
        { line },
      );
    }
    seen.set(key, names.length);
    names.push(name);
    counts.kept += 1;
  };
  const takeRow = ({ read }: GazetteerReader, { line, cells }: TableRow) => {
    counts.rows += 1;
    const row = read(cells);
    if (typeof row === "string") counts[row] += 1;
    else {
      const names = [row.name, row.borough, row.locality, row.district];
      if (names.every((name) => name === null || isPublicName(name))) keep(row, line);
      else counts.notKept += 1;
    }
  };
  const take = (rows: readonly TableRow[]) => {
    for (const row of rows) {
      const isFirst = reader === null;
      reader ??= readerOf(row, region);
      if (!(isFirst && reader.isHeader)) takeRow(reader, row);
    }
  };
  return {
    push: (text: string) => take(records.push(text)),
    finish: (): GazetteerFile => {
      take(records.finish());
      if (reader === null) throw new FileFault("the file is empty");
      refuseNothing(reader, counts, region);
      return { format: reader.format, names, counts: { ...counts } };
    },
    rows: () => counts.rows,
  };
}

function readerOf(first: TableRow, region: Region): GazetteerReader {
  const header = readHeader(first);
  const known =
    openNamesReader(header.words, first, region) ??
    policeStreetReader(header.words, first.line, region);
  if (known) return known;
  const columns = listColumns(header);
  const found =
    columns === null ? "its first line cannot be read as headings" : `its columns are ${columns}`;
  throw new FileFault(
    `this is neither a file of ${gazetteerFormatLabels["os-open-names"]} nor one of data.police.uk with "Location", "Longitude" and "Latitude": ${found}`,
    { line: first.line },
  );
}

function refuseNothing({ format }: GazetteerReader, counts: GazetteerCounts, region: Region): void {
  if (counts.kept > 0) return;
  const what = gazetteerFormatLabels[format];
  if (counts.rows === 0) {
    throw new FileFault(
      `the file has the headings of ${what} and no row below them; the names are in other files of the same download`,
    );
  }
  const parts = [
    `${formatCount(counts.outside)} outside the area of ${region.name}`,
    `${formatCount(counts.notKept)} of other things than streets and postcodes`,
    `${formatCount(counts.unreadable)} without a place that can be read`,
  ];
  throw new FileFault(
    `none of its ${formatCount(counts.rows)} rows of ${what} is a street or postcode of this area: ${parts.join(", ")}`,
  );
}

/**
 * Names and anonymised points of a street-level file: each gives a street and a point on it,
 * usually its middle. Nothing else of the row is read. Null without such a column.
 */
function policeStreetReader(
  header: readonly string[],
  line: number,
  region: Region,
): GazetteerReader | null {
  const location = header.indexOf("location");
  const [longitude, latitude] = [header.indexOf("longitude"), header.indexOf("latitude")];
  if (location === -1) return null;
  if (longitude === -1 || latitude === -1) {
    throw new FileFault(
      'a file of data.police.uk needs "Longitude" and "Latitude" beside "Location" to say where its streets lie',
      { line },
    );
  }
  const read: GazetteerReader["read"] = (cells) => {
    const name = streetName(cells[location] ?? "");
    if (name === null) return "notKept";
    const at = readDegrees(cells[latitude]?.trim() ?? "", cells[longitude]?.trim() ?? "", region);
    if (!at.ok) return at.reason.kind === "outside" ? "outside" : "unreadable";
    const none = { reach: null, borough: null, locality: null, district: null };
    return { kind: "street", name, at: at.value, ...none };
  };
  return { format: "police-uk-street", isHeader: true, read };
}

/** "Fore Street" of "On or near Fore Street"; null for a kind of place or a road's number. */
function streetName(location: string): string | null {
  const found = /^\s*on or near (.+)$/i.exec(location);
  const name = found?.[1]
    ?.trim()
    .replaceAll(/'S\b/g, "'s")
    .replace(/ \(.*\)$/, "");
  if (!name || isKindOfPlace(name) || /^[ABM]\d+/.test(name)) return null;
  return name;
}

const kindsOfPlace = new Set(
  [
    "airport/airfield, bus/coach station, conference/exhibition centre",
    "further/higher educational building, hospital, motorway service area, nightclub",
    "no location, park/open space, parking area, pedestrian subway, petrol station",
    "police station, prison, race track, shopping area, sports/recreation area, supermarket",
    "theatre/concert hall",
  ].flatMap((line) => line.split(", ")),
);

/** Whether data.police.uk means a kind of place, not a street. */
export function isKindOfPlace(name: string): boolean {
  return kindsOfPlace.has(name.toLowerCase());
}
