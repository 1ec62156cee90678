import { expect } from "vitest";

/** Where a test names no time: as long as the browser's driver, for two files of tests share the machine. */
const mostMs = 30_000;
const beatMs = 25;

/** Answers whether a wait that begins now is in vain. */
export function patience(timeout = mostMs): () => boolean {
  const from = performance.now();
  return () => performance.now() - from > timeout;
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
