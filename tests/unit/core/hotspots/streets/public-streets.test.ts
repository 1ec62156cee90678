import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../../../../", import.meta.url);
/** What makes, holds and shows what leaves police: to residents, to neighbours, to the partners' meeting. */
const publicRooms = ["releases", "outcomes", "neighbours", "displacement", "place-plans"];
const floors = ["core", "server", "client"];
/** What knows the street of an event. */
const streetsOfEvents =
  /#(?:core\/hotspots\/(?:streets\/|wire\/streets)|core\/records\/event-street|server\/hotspots\/compute-streets|server\/records\/import\/street-of-point|client\/hotspots\/streets\/)|loadStreetEvents/;

function filesOf(folder: string): string[] {
  if (!existsSync(new URL(folder, root))) return [];
  return readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}${name}`);
}

test("SAFEGUARDS 7: nothing that makes or shows public figures knows the street of an event", () => {
  const folders = [
    "core/disclosure/",
    ...publicRooms.flatMap((room) => floors.map((floor) => `${floor}/${room}/`)),
  ];
  const files = folders.flatMap(filesOf);
  expect(files.length).toBeGreaterThan(200);
  const knowing = files.filter((file) =>
    streetsOfEvents.test(readFileSync(new URL(file, root), "utf8")),
  );
  expect(knowing).toEqual([]);
  // And that is how what does know it is told.
  const hotspots = filesOf("server/hotspots/");
  expect(
    hotspots.some((file) => streetsOfEvents.test(readFileSync(new URL(file, root), "utf8"))),
  ).toBe(true);
});
