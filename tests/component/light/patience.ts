import { expect, vi } from "vitest";
import { commits } from "#tests/component/light/commits.ts";

/** Where nothing is said: as long as the browser's driver, for two files of tests share the machine. */
const mostMs = 30_000;
const beatMs = 25;
/** Some 2 s in which the page was at nothing: what has not come by then comes by no more waiting. */
const quietBeats = 80;

let underWay = 0;
let isLoading = false;
/** Beats, not seconds: a machine that stands still skips them. */
let [beats, lastStir, seen] = [0, 0, 0];
setInterval(() => {
  beats += 1;
  if (underWay > 0 || commits !== seen) [lastStir, seen] = [beats, commits];
  else if (beats - lastStir === quietBeats / 2) void awaitImports();
}, beatMs).unref();

/** Code that the page loads as it goes is under way as well; where none is, this takes no time. */
async function awaitImports(): Promise<void> {
  const begun = beats;
  isLoading = true;
  await vi.dynamicImportSettled();
  isLoading = false;
  if (beats > begun + 1) lastStir = beats;
}

/** The page waits for this itself, so that nobody gives it up meanwhile. */
export async function waitedFor<Value>(work: Promise<Value>): Promise<Value> {
  underWay += 1;
  try {
    return await work;
  } finally {
    underWay -= 1;
    lastStir = beats;
  }
}

/**
 * Answers whether a wait that begins now is in vain: after `timeout` ms, or, where a test names none, once the page has
 * been quiet. A test that waits for a clock of the page's own, or for work that the server does by itself, names one.
 */
export function patience(timeout?: number): () => boolean {
  const [from, begun] = [performance.now(), beats];
  const isQuiet = () => !isLoading && beats - Math.max(begun, lastStir) > quietBeats;
  return () =>
    performance.now() - from > (timeout ?? mostMs) || (timeout === undefined && isQuiet());
}

/** `expect.poll` with the same patience, until the answer is called: Vitest's own knows only a time. */
export function pollWithPatience(): () => void {
  const before = expect.poll;
  const poll = (look: () => unknown, { timeout }: { readonly timeout?: number } = {}) =>
    matchers(look, timeout, false);
  Object.assign(expect, { poll });
  return () => Object.assign(expect, { poll: before });
}

function matchers(look: () => unknown, timeout: number | undefined, isNot: boolean): object {
  const get = (_: object, name: string) => {
    if (name === "not") return matchers(look, timeout, !isNot);
    return function poll(...wanted: readonly unknown[]) {
      const place = new Error();
      Error.captureStackTrace(place, poll);
      const holds = async () => {
        const found = expect(await look());
        const asked: object = isNot ? found.not : found;
        await Reflect.apply(Reflect.get(asked, name), found, wanted);
      };
      return once(holds, patience(timeout), place);
    };
  };
  return new Proxy({}, { get });
}

/** Tries until it holds; in vain, what is thrown is shown at `place`, where the test stands. */
async function once(
  holds: () => Promise<void>,
  isOver: () => boolean,
  place: Error,
): Promise<void> {
  for (;;) {
    const isLast = isOver();
    try {
      return await holds();
    } catch (error) {
      if (!isLast) await new Promise((resolve) => setTimeout(resolve, beatMs));
      else throw error instanceof Error ? Object.assign(error, { stack: place.stack }) : error;
    }
  }
}
