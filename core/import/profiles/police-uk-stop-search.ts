import type { Profile } from "#core/import/profile.ts";

/** data.police.uk stop and search: UTC to the minute, snapped points, always police. */
export const policeUkStopSearch: Profile = {
  name: "police-uk-stop-search",
  label: "data.police.uk stop and search",
  columns: {
    date: ["date"],
    longitude: ["longitude"],
    latitude: ["latitude"],
  },
  signature: [["type"], ["legislation", "object of search"]],
  kind: "stop_search",
  category: () => "other",
  clock: "utc",
  // Without the outcome, which the publisher corrects later.
  detail: ["type", "legislation", "object of search"],
};
