import { encodingSample, findEncoding } from "#core/table/encoding.ts";
import { FileFault } from "#core/table/file-fault.ts";

export interface StreamDecoder {
  readonly decode: (bytes?: Uint8Array, options?: { readonly stream?: boolean }) => string;
}
export type NewDecoder = (encoding: string) => StreamDecoder;

/** Bytes to text in chunks; rejoins characters split between two chunks. */
export interface TextReader {
  readonly push: (bytes: Uint8Array) => string;
  readonly finish: () => string;
}

/**
 * UTF-8 and UTF-16 with or without a byte order mark, and Windows-1252. The last equals UTF-8 up to
 * the first character beyond ASCII, which decides.
 */
export function createTextReader(newDecoder: NewDecoder): TextReader {
  let start: Uint8Array = new Uint8Array(0);
  let decode: ((bytes: Uint8Array, isEnd: boolean) => string) | null = null;
  const begin = (isEnd: boolean): string => {
    const encoding = findEncoding(start);
    if (!encoding.ok) throw new FileFault(encoding.reason);
    const known = newDecoder(encoding.value);
    const decoding =
      encoding.value === "utf-8"
        ? createEightBitDecoder(newDecoder)
        : (bytes: Uint8Array, end: boolean) => known.decode(bytes, { stream: !end });
    const first = start;
    decode = decoding;
    start = new Uint8Array(0);
    return decoding(first, isEnd);
  };
  return {
    push: (bytes) => {
      if (decode) return decode(bytes, false);
      start = joined(start, bytes);
      return start.length < encodingSample ? "" : begin(false);
    },
    finish: () => (decode ? decode(new Uint8Array(0), true) : begin(true)),
  };
}

/** Longest UTF-8 character, in bytes. */
const longestCharacter = 4;

function createEightBitDecoder(newDecoder: NewDecoder) {
  const ascii = newDecoder("utf-8");
  let held: Uint8Array = new Uint8Array(0);
  let settled: StreamDecoder | null = null;
  return (bytes: Uint8Array, isEnd: boolean): string => {
    if (settled) return settled.decode(bytes, { stream: !isEnd });
    const all = joined(held, bytes);
    held = new Uint8Array(0);
    const at = firstBeyondAscii(all);
    const before = ascii.decode(all.subarray(0, at), { stream: !isEnd });
    if (at === all.length) return before;
    const rest = all.subarray(at);
    if (rest.length < longestCharacter && !isEnd) {
      held = rest.slice();
      return before;
    }
    settled = newDecoder(isUtf8Character(rest) ? "utf-8" : "windows-1252");
    return before + settled.decode(rest, { stream: !isEnd });
  };
}

function firstBeyondAscii(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) >= 0x80) return at;
  }
  return bytes.length;
}

/** Whether the bytes begin with a whole UTF-8 character. */
function isUtf8Character(bytes: Uint8Array): boolean {
  const length = lengthOfCharacter(bytes[0] ?? 0);
  if (length === 0 || bytes.length < length) return false;
  for (let at = 1; at < length; at += 1) {
    if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return false;
  }
  return true;
}

function lengthOfCharacter(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (before.length === 0) return after;
  const all = new Uint8Array(before.length + after.length);
  all.set(before);
  all.set(after, before.length);
  return all;
}
