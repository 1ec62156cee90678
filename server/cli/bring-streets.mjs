// Plain JavaScript on purpose: see boxster.mjs.
import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * `npm start -- --streets`: streets come before the first map is shown, where there are none yet. Without a network it says
 * so and goes on; false where somebody stopped it, and with it the start.
 * @param {string} folder of data
 * @param {(words: string[]) => Promise<number>} boxster runs a command to its end, and answers with its exit code
 * @param {(line: string) => void} say
 * @returns {Promise<boolean>}
 */
export async function bringStreets(folder, boxster, say) {
  if (existsSync(join(folder, "basemap", "streets.pmtiles"))) {
    say('The maps have streets already; "npx boxster basemap get" brings newer ones.');
    return true;
  }
  let isStopped = false;
  const stop = () => {
    isStopped = true;
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const code = await boxster(["basemap", "get"]);
  process.off("SIGINT", stop);
  process.off("SIGTERM", stop);
  if (code !== 0 && !isStopped) {
    say(
      'The streets could not be brought, see the line above: starting with the built-in map. Where there is a network, try again; a file of tiles comes in with "npx boxster basemap add FILE".',
    );
  }
  return !isStopped;
}

/**
 * What of the words behind `npm start --` is not known, in one line; null where all are.
 * @param {readonly string[]} words
 */
export function wordsFault(words) {
  const unknown = words.find((word) => word !== "--streets");
  return unknown === undefined
    ? null
    : `npm start takes --streets and nothing else, not "${unknown}".`;
}
