import type { Profile } from "#core/records/profile.ts";
import { typeList } from "#core/records/types.ts";
import { normaliseWords } from "#core/text/normalise.ts";

/** data.police.uk street-level crime: month only, snapped points, reported by residents. */
export const policeUkStreet: Profile = {
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
  // The fourteen of today, and two that the publisher used before May 2013.
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
  // Blank for anti-social behaviour, and left out of some extracts: then the content decides.
  sourceId: ["crime id"],
  detail: ["crime type", "location", "lsoa code"],
};

/** data.police.uk stop and search: UTC to the minute, snapped points, always police. */
export const policeUkStopSearch: Profile = {
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
