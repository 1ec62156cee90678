import type { Profile } from "#core/records/profile.ts";
import { typeList } from "#core/records/types.ts";

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
