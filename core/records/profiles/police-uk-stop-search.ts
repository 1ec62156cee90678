import type { Profile } from "#core/records/profile.ts";
import { typeList } from "#core/records/types.ts";

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
