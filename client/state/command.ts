import { createStore } from "#client/state/store.ts";
import { cityOf, type ShownCommand } from "#core/place-pack.ts";

/** Before the first server reply; never displayed. */
const unknown: ShownCommand = {
  name: "the area",
  timeZone: "UTC",
  patch: "",
  centre: [0, 0],
  words: { part: ["part", "parts"], ward: ["ward", "wards"] },
  attributions: [],
};

/** Command of this server and its wording for places; sent with every session. */
export const command = createStore<ShownCommand>(unknown);

/** "London time" */
export function localTimeWords(): string {
  return `${cityOf(command.get().timeZone)} time`;
}
