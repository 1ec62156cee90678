import { createHash } from "node:crypto";
import type { ImportSource } from "#server/files/import-source.ts";

/** A source that knows the SHA-256 of all of its octets in the end, however it was read. */
export function hashedSource(source: ImportSource): {
  readonly open: () => AsyncIterable<Uint8Array>;
  readonly digest: () => Promise<string>;
} {
  let digest: string | null = null;
  async function* open(): AsyncIterable<Uint8Array> {
    const hash = createHash("sha256");
    for await (const bytes of source.open()) {
      hash.update(bytes);
      yield bytes;
    }
    digest = hash.digest("hex");
  }
  return {
    open,
    digest: async () => {
      // A workbook is read in parts and never from end to end.
      if (digest === null) for await (const _ of open());
      if (digest === null) throw new TypeError("A file that was read to its end has a hash");
      return digest;
    },
  };
}
