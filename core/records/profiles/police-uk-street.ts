import type { Profile } from "#core/records/profile.ts";
import { typeList } from "#core/records/type-list.ts";
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
