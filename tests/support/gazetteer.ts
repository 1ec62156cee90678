import { cellAt } from "#core/geo/cell.ts";
import type { PlaceFinder } from "#core/places/gazetteer/find-place.ts";
import {
  createGazetteerReader,
  type GazetteerFile,
} from "#core/places/gazetteer/read-gazetteer.ts";
import type { MatchedName, NewGazetteer } from "#core/places/wire/gazetteer.ts";
import { createRowKeeper } from "#core/records/keep-columns.ts";
import { createPlaceStep } from "#core/records/place-step.ts";
import { readHeader } from "#core/table/columns.ts";
import { createDelimitedReader } from "#core/table/delimiter.ts";
import { testSetting } from "#tests/support/import.ts";

/** The publisher's 34 columns, as the file of headings that lies beside its files. */
export const openNamesHeader =
  "ID,NAMES_URI,NAME1,NAME1_LANG,NAME2,NAME2_LANG,TYPE,LOCAL_TYPE,GEOMETRY_X,GEOMETRY_Y,MOST_DETAIL_VIEW_RES,LEAST_DETAIL_VIEW_RES,MBR_XMIN,MBR_YMIN,MBR_XMAX,MBR_YMAX,POSTCODE_DISTRICT,POSTCODE_DISTRICT_URI,POPULATED_PLACE,POPULATED_PLACE_URI,POPULATED_PLACE_TYPE,DISTRICT_BOROUGH,DISTRICT_BOROUGH_URI,DISTRICT_BOROUGH_TYPE,COUNTY_UNITARY,COUNTY_UNITARY_URI,COUNTY_UNITARY_TYPE,REGION,REGION_URI,COUNTRY,COUNTRY_URI,RELATED_SPATIAL_OBJECT,SAME_AS_DBPEDIA,SAME_AS_GEONAMES";

interface OpenName {
  readonly name: string;
  readonly type?: string;
  readonly east: number;
  readonly north: number;
  /** Half the side of its bounds. */
  readonly half?: number;
  readonly borough?: string;
  readonly place?: string;
  readonly district?: string;
}

/** A row as the publisher writes it; made up, in the study area. */
export function openName(given: OpenName): string {
  const { name, type = "Named Road", east, north, half, borough, place, district } = given;
  const bounds =
    half === undefined ? ["", "", "", ""] : [east - half, north - half, east + half, north + half];
  const id = `osgb${Math.round(east)}${Math.round(north)}`;
  const kind = type === "Postcode" ? "other" : "transportNetwork";
  const front = [id, `http://data.ordnancesurvey.co.uk/id/${id}`, name, "", "", ""];
  const middle = [kind, type, east, north, 5000, 25000, ...bounds];
  const back = [district ?? "", "", place ?? "", "", "", borough ?? "", "", "", "Greater London"];
  const row = [...front, ...middle, ...back];
  return [...row, ...Array.from({ length: 34 - row.length }, () => "")].join(",");
}

/** Streets and postcodes on both sides of the borough line, as this gazetteer's tests need them. */
export const openNames = [
  openName({
    name: "Brettenham Road",
    east: 534_200,
    north: 192_700,
    half: 100,
    borough: "Enfield",
    place: "Edmonton",
    district: "N18",
  }),
  openName({
    name: "Fore Street",
    east: 534_100,
    north: 192_400,
    half: 700,
    borough: "Enfield",
    place: "Edmonton",
    district: "N18",
  }),
  openName({
    name: "Park Road",
    east: 534_900,
    north: 192_900,
    half: 60,
    borough: "Enfield",
    place: "Edmonton",
    district: "N18",
  }),
  openName({
    name: "Park Road",
    east: 530_200,
    north: 189_300,
    half: 60,
    borough: "Haringey",
    place: "Crouch End",
    district: "N8",
  }),
  openName({
    name: "St Ann's Road",
    east: 532_500,
    north: 188_900,
    half: 50,
    borough: "Haringey",
    place: "Tottenham",
    district: "N15",
  }),
  openName({
    name: "Section Lane",
    type: "Section Of Named Road",
    east: 533_000,
    north: 190_000,
    half: 40,
    borough: "Haringey",
  }),
  openName({
    name: "N18 2TT",
    type: "Postcode",
    east: 534_210,
    north: 192_720,
    borough: "Enfield",
    district: "N18",
  }),
  openName({
    name: "N15 5AA",
    type: "Postcode",
    east: 532_510,
    north: 188_910,
    borough: "Haringey",
    district: "N15",
  }),
  openName({ name: "Silver Street", type: "Railway Station", east: 533_800, north: 192_500 }),
  openName({ name: "A1010", type: "Numbered Road", east: 534_100, north: 192_400 }),
  openName({ name: "Far Road", east: 425_000, north: 564_000, half: 50, borough: "Gateshead" }),
  openName({ name: "Near Road", east: 501_000, north: 150_000, half: 50, borough: "Guildford" }),
];

export function readNames(text: string, pieceLength = text.length || 1): GazetteerFile {
  const reader = createGazetteerReader(testSetting.region);
  for (let at = 0; at < text.length; at += pieceLength) {
    reader.push(text.slice(at, at + pieceLength));
  }
  return reader.finish();
}

export function knownNames(file: GazetteerFile): MatchedName[] {
  return file.names.map(({ at, ...name }) => ({ ...name, cell: cellAt(at, 10) }));
}

/** What the page sends of a table whose columns of words are mapped so. */
export function sentTable(
  text: string,
  map: Readonly<Record<string, string>>,
  finder: PlaceFinder,
): string {
  const reader = createDelimitedReader();
  const [header, ...rows] = [...reader.push(text), ...reader.finish()];
  if (!header) throw new Error("no header");
  const keeper = createRowKeeper(null, 1, createPlaceStep(readHeader(header), map, finder));
  return [header, ...rows].map(keeper.write).join("");
}

/** As data.police.uk writes a street file. */
export const policeHeader =
  "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context";

export function policeRow(location: string, lng: number | "", lat: number | ""): string {
  return `,2021-10,Metropolitan Police Service,Metropolitan Police Service,${lng},${lat},${location},E01001383,Enfield 030A,Anti-social behaviour,,`;
}

/** What the page sends of that file. */
export function gazetteerBody(fileName = "names.csv"): NewGazetteer {
  const { format, names, counts } = readNames(openNames.join("\n"));
  return { fileName, format, rows: counts.rows, outside: counts.outside, names };
}
