import type { FileHead } from "#client/records/read-head.ts";
import { createColumnKeeper } from "#core/import/keep-columns.ts";

export interface StripOptions {
  readonly signal: AbortSignal;
  /** Share of the file that is through. */
  readonly onShare: (share: number) => void;
}

/**
 * The file without its personal columns: they are dropped here, before anything leaves this
 * computer (SAFEGUARDS, invariant 8). A file that has none is sent as it is.
 */
export async function stripColumns(head: FileHead, options: StripOptions): Promise<Blob> {
  const keeper = createColumnKeeper();
  const decoder = new TextDecoder(head.encoding, { fatal: false });
  const parts: string[] = [];
  const chunks: Blob[] = [];
  let length = 0;
  const keep = (text: string) => {
    parts.push(text);
    length += text.length;
    // The browser may move blobs to disk; strings stay in memory.
    if (length < chunkCharacters) return;
    chunks.push(new Blob(parts.splice(0)));
    length = 0;
  };
  let bytes = 0;
  const reader = head.file.stream().getReader();
  for (;;) {
    options.signal.throwIfAborted();
    const { done, value } = await reader.read();
    if (done) break;
    keep(keeper.push(decoder.decode(value, { stream: true })));
    bytes += value.length;
    options.onShare(bytes / head.file.size);
  }
  keep(keeper.push(decoder.decode()));
  keep(keeper.finish());
  return new Blob([...chunks, ...parts]);
}

const chunkCharacters = 4_000_000;
