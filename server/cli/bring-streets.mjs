// Plain JavaScript on purpose: see boxster.mjs.
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/**
 * What `npm start --` was told: whether streets are asked for, and of which file or address; or a fault in one line.
 * @param {readonly string[]} words
 * @returns {{ fault: string } | { fault: null, ask: boolean, from: string | null }}
 */
export function readWords(words) {
  const known = /^(?:--no-streets|--streets(?:=.+)?)$/;
  const unknown = words.find((word) => !known.test(word));
  const [word, second] = words;
  if (unknown !== undefined || second !== undefined) {
    return {
      fault: `npm start takes --no-streets, or --streets=FILE with a file or an address of streets, not "${unknown ?? second}".`,
    };
  }
  const from = word?.startsWith("--streets=") ? word.slice("--streets=".length) : null;
  return { fault: null, ask: word !== "--no-streets", from };
}

/**
 * Why a file that was named cannot be taken, in one line; null where it is there, and of an address.
 * @param {string | null | undefined} from
 */
export function missingFile(from) {
  if (!from || isAddress(from) || existsSync(from)) return null;
  return `There is no file ${resolve(from)}: npm start -- --streets=FILE takes a file or an address of streets.`;
}

/** @param {string} word */
function isAddress(word) {
  return /^https?:\/\//.test(word);
}

/**
 * Brings streets behind the first page, at most once a start: those that were named, else those of the area, unless the
 * maps have some. The page never waits: the server is up before anything is asked, and a command inside it does the work.
 * @param {object} given
 * @param {string | null} given.from a file or an address; null for the newest build of the planet
 * @param {string} given.folder of data
 * @param {URL} given.page
 * @param {(words: string[]) => Promise<number>} given.boxster runs a command to its end, and answers with its exit code
 * @param {(line: string) => void} given.say
 * @param {AbortSignal} given.signal once the server has ended
 */
export async function bringStreets({ from, folder, page, boxster, say, signal }) {
  const kept = ["streets.kept", asked].map((name) => join(folder, "basemap", name));
  if (from === null && kept.some((file) => existsSync(file))) return;
  if (!(await isUp(page, signal))) return;
  if (from !== null) {
    const word = isAddress(from) ? ["get", from] : ["add", resolve(from)];
    await boxster(["streets", ...word]);
    return;
  }
  say(
    "Asking for the area's streets behind the page, about 30 MB of OpenStreetMap; until they come maps show the built-in roads. npm start -- --no-streets declines.",
  );
  const code = await boxster(["streets", "get"]);
  // What broke off goes on with the next start; what came is not asked for again, also where somebody removes it.
  if (code === 0) writeFileSync(join(folder, "basemap", asked), "");
}

const asked = "asked";
/** A first start loads the demonstration. */
const patienceMs = 300_000;

/** @param {URL} page @param {AbortSignal} signal */
async function isUp(page, signal) {
  const until = Date.now() + patienceMs;
  while (!signal.aborted && Date.now() < until) {
    const isThere = await fetch(new URL("/healthz", page), { signal })
      .then(({ ok }) => ok)
      .catch(() => false);
    if (isThere) return true;
    await wait(200, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
