import type { Profile } from "#core/import/profile.ts";
import { normaliseWords } from "#core/import/words.ts";

/** data.police.uk street-level crime: month only, snapped points, reported by residents. */
export const policeUkStreet: Profile = {
  name: "police-uk-street",
  label: "data.police.uk street crime",
  columns: {
    date: ["month"],
    longitude: ["longitude"],
    latitude: ["latitude"],
    category: ["crime type"],
  },
  signature: [["month"], ["crime type"]],
  kind: "complaint",
  category: (text) => (normaliseWords(text) === "anti social behaviour" ? "asb" : "other"),
  clock: "local",
  // Blank for anti-social behaviour, and left out of some extracts: then the content decides.
  sourceId: ["crime id"],
  detail: ["crime type", "location", "lsoa code"],
};
