import { createStore } from "#client/state/store.ts";
import { cityOf, type ShownCommand } from "#core/place-pack.ts";

/** Before the server has answered once; nothing of it is shown. */
const unknown: ShownCommand = {
  name: "the area",
  timeZone: "UTC",
  patch: "",
  centre: [0, 0],
  words: { part: ["part", "parts"], ward: ["ward", "wards"] },
  attributions: [],
};

/** The command that this server is for, and how people there speak of their places; told with every session. */
export const command = createStore<ShownCommand>(unknown);

/** "London time" */
export function localTimeWords(): string {
  return `${cityOf(command.get().timeZone)} time`;
}
