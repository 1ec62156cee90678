import { TextDecoder } from "node:util";
import { findEncoding } from "#core/import/encoding.ts";
import { FileFault } from "#core/import/file-fault.ts";

/** Octets to text in pieces; a character that falls between two pieces is put together. */
export interface Decoder {
  readonly push: (bytes: Uint8Array) => string;
  readonly finish: () => string;
}

const longestMark = 4;

export function createDecoder(): Decoder {
  let start: Uint8Array | null = new Uint8Array(0);
  let decoder: TextDecoder | null = null;
  const begin = (bytes: Uint8Array): TextDecoder => {
    const encoding = findEncoding(bytes);
    if (!encoding.ok) throw new FileFault(encoding.reason);
    decoder = new TextDecoder(encoding.value);
    start = null;
    return decoder;
  };
  return {
    push: (bytes) => {
      if (decoder) return decoder.decode(bytes, { stream: true });
      start = Buffer.concat([start ?? new Uint8Array(0), bytes]);
      if (start.length < longestMark) return "";
      const first = start;
      return begin(first).decode(first, { stream: true });
    },
    finish: () => {
      if (decoder) return decoder.decode();
      const all = start ?? new Uint8Array(0);
      return begin(all).decode(all);
    },
  };
}
