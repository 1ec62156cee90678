import type { ImportSource } from "#server/files/import-source.ts";
import { plainTable } from "#tests/support/import.ts";

/** Where an import is ended from outside. */
export interface KillPoint {
  /** Share of the file's octets that have gone in, or once the import has answered. */
  readonly at: number | "committed";
  /** The work waits there for its end; otherwise it goes on meanwhile. */
  readonly isHeld: boolean;
}

export const killRows = 12_000;
export const killFile = Buffer.from(plainTable(new Array<string>(killRows).fill("2021-06-05")));

/** From before the first octet to after the commit; every other one while the work goes on. */
export const twentyPoints: readonly KillPoint[] = [
  ...Array.from({ length: 18 }, (_, at) => ({ at: at / 17, isHeld: at % 2 === 0 })),
  { at: 1, isHeld: false },
  { at: "committed", isHeld: true },
];

export function wordsOf({ at, isHeld }: KillPoint): string {
  const where = at === "committed" ? "after the commit" : `at ${Math.round(at * 100)}% of the file`;
  return `${where}, ${isHeld ? "held" : "at work"}`;
}

/** What may be there afterwards: all or nothing, and which of them where it is certain. */
export function mayBeStored({ at, isHeld }: KillPoint): readonly number[] {
  if (at === "committed") return [killRows];
  // Work that goes on may be done before it is killed, on a busy machine.
  return isHeld ? [0] : [0, killRows];
}

const pieceLength = 20_000;

/** The file, calling `reach` at the point. */
export function sourceUntil(
  bytes: Uint8Array,
  { at }: KillPoint,
  reach: () => Promise<void>,
): ImportSource {
  const stop = at === "committed" ? Number.POSITIVE_INFINITY : Math.floor(at * bytes.length);
  return {
    fileName: "killed.csv",
    totalBytes: bytes.length,
    read: null,
    canReopen: false,
    open: async function* () {
      let isReached = false;
      for (let from = 0; from < bytes.length; from += pieceLength) {
        if (!isReached && from >= stop) {
          isReached = true;
          await reach();
        }
        yield bytes.subarray(from, from + pieceLength);
      }
      if (!isReached && stop <= bytes.length) await reach();
    },
  };
}
