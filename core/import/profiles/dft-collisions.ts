import type { Profile } from "#core/import/profile.ts";

/** Department for Transport road collisions: local date and time, points as reported. */
export const dftCollisions: Profile = {
  name: "dft-collisions",
  label: "DfT road collisions",
  columns: {
    date: ["date"],
    time: ["time"],
    longitude: ["longitude"],
    latitude: ["latitude"],
    easting: ["location easting osgr"],
    northing: ["location northing osgr"],
  },
  signature: [["accident index", "collision index"]],
  kind: null,
  category: () => "traffic",
  clock: "local",
  sourceId: ["accident index", "collision index"],
  detail: [],
};
