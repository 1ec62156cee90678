import type { EventCategory } from "#core/records/event.ts";
import type { EventKind } from "#core/records/kinds.ts";
import type { ClockKind } from "#core/records/span.ts";
import { type TypeList, typeList } from "#core/records/types.ts";
import { categoryOf } from "#core/records/words.ts";
import type { ColumnRole } from "#core/table/columns.ts";
import { normaliseWords } from "#core/text/normalise.ts";

export const profileNames = [
  "police-uk-street",
  "police-uk-stop-search",
  "dft-collisions",
  "plain",
] as const;
export type ProfileName = (typeof profileNames)[number];

/** How to read one kind of file; a force's new format needs another. */
export interface Profile {
  readonly name: ProfileName;
  /** For a person: "data.police.uk street crime". */
  readonly label: string;
  /** Role to known headers, best first, in normalised words. */
  readonly columns: Readonly<Partial<Record<ColumnRole, readonly string[]>>>;
  /** Required headers besides the mapped roles, as sets of alternatives. */
  readonly signature: readonly (readonly string[])[];
  /** The kind of all its events, or null where a column or the person says it. */
  readonly kind: EventKind | null;
  /** Undefined for an unknown word: the row is refused. */
  readonly category: (text: string) => EventCategory | undefined;
  /** The source's own words for what happened; null where a person names a column of such words. */
  readonly types: TypeList | null;
  readonly clock: ClockKind;
  /** The publisher's row id, which survives corrections. */
  readonly sourceId?: readonly string[];
  /** Columns that tell apart rows of equal time and place, in a fixed order. */
  readonly detail: readonly string[];
}

/** data.police.uk street-level crime: month only, snapped points, reported by residents. */
const policeUkStreet: Profile = {
  name: "police-uk-street",
  label: "data.police.uk street crime",
  columns: {
    date: ["month"],
    longitude: ["longitude"],
    latitude: ["latitude"],
    category: ["crime type"],
    type: ["crime type"],
  },
  signature: [["month"], ["crime type"]],
  kind: "complaint",
  category: (text) => (normaliseWords(text) === "anti social behaviour" ? "asb" : "other"),
  // The fourteen current types, and two that the publisher used before May 2013.
  types: typeList([
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
    "Public disorder and weapons",
    "Violent crime",
  ]),
  clock: "local",
  // Blank for anti-social behaviour, and absent from some extracts: then the content identifies the
  // row.
  sourceId: ["crime id"],
  detail: ["crime type", "location", "lsoa code"],
};

/** data.police.uk stop and search: UTC to the minute, snapped points, always police. */
const policeUkStopSearch: Profile = {
  name: "police-uk-stop-search",
  label: "data.police.uk stop and search",
  columns: {
    date: ["date"],
    longitude: ["longitude"],
    latitude: ["latitude"],
    type: ["object of search"],
  },
  signature: [["type"], ["legislation", "object of search"]],
  kind: "stop_search",
  category: () => "other",
  types: typeList([
    "Anything to threaten or harm anyone",
    "Article for use in theft",
    "Articles for use in criminal damage",
    "Controlled drugs",
    "Crossbows",
    "Detailed object of search unavailable",
    "Evidence of offences under the Act",
    "Evidence of wildlife offences",
    "Firearms",
    "Fireworks",
    "Game or poaching equipment",
    "Goods on which duty has not been paid etc.",
    "Offensive weapons",
    "Psychoactive substances",
    "Seals or hunting equipment",
    "Stolen goods",
  ]),
  clock: "utc",
  // Without the outcome, which the publisher corrects later.
  detail: ["type", "legislation", "object of search"],
};

/** Department for Transport road collisions: local date and time, points as reported. */
const dftCollisions: Profile = {
  name: "dft-collisions",
  label: "DfT road collisions",
  columns: {
    date: ["date"],
    time: ["time"],
    longitude: ["longitude"],
    latitude: ["latitude"],
    easting: ["location easting osgr"],
    northing: ["location northing osgr"],
    type: ["accident severity", "collision severity"],
  },
  signature: [["accident index", "collision index"]],
  kind: null,
  category: () => "traffic",
  types: typeList(["Fatal", "Serious", "Slight"], { 1: "Fatal", 2: "Serious", 3: "Slight" }),
  clock: "local",
  sourceId: ["accident index", "collision index"],
  detail: [],
};

/** Any table with a date and a place, under usual headings; for times see find-times.ts. */
export const plain: Profile = {
  name: "plain",
  label: "plain table",
  columns: {
    latitude: ["latitude", "lat", "lat wgs84", "latitude wgs84", "wgs84 lat"],
    longitude: ["longitude", "long", "lng", "lon", "lon wgs84", "longitude wgs84", "wgs84 lon"],
    easting: ["easting", "eastings", "east", "osgb easting", "bng easting", "x", "x coord"],
    northing: ["northing", "northings", "north", "osgb northing", "bng northing", "y", "y coord"],
    grid_reference: [
      "grid reference",
      "grid ref",
      "gridref",
      "grid reference number",
      "os grid reference",
      "os grid ref",
      "os gridref",
      "osgrid ref",
      "os grid",
      "os ref",
      "os reference",
      "osgr",
      "osgb grid reference",
      "osgb grid ref",
      "bng reference",
      "bng ref",
      "british grid reference",
      "national grid reference",
      "national grid ref",
      "ngr",
    ],
    kind: ["kind", "event kind", "event type", "incident type", "record type", "type"],
    category: [
      "category",
      "event category",
      "incident category",
      "crime type",
      "offence",
      "offence type",
      "classification",
      "subtype",
      "sub type",
    ],
    source: ["source", "event source", "report source", "source of report", "origin"],
    reference: [
      "reference",
      "ref",
      "crime reference",
      "crime ref",
      "crime number",
      "cad",
      "cad reference",
      "cad ref",
      "cad number",
      "incident reference",
      "incident number",
      "urn",
      "unique id",
      "record id",
      "event id",
      "incident id",
      "crime id",
      "id",
    ],
  },
  signature: [],
  kind: null,
  category: categoryOf,
  types: null,
  clock: "local",
  detail: [],
};

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  "police-uk-street": policeUkStreet,
  "police-uk-stop-search": policeUkStopSearch,
  "dft-collisions": dftCollisions,
  plain,
};
