import { sha256 } from "@noble/hashes/sha2.js";

export interface HashOptions {
  readonly signal: AbortSignal;
  /** Share of the file that is through. */
  readonly onShare: (share: number) => void;
}

/**
 * SHA-256 of the file as the person has it, in pieces: the browser's own digest takes a whole file at
 * once, and files may be larger than its memory.
 */
export async function hashFile(file: Blob, { signal, onShare }: HashOptions): Promise<string> {
  const hash = sha256.create();
  const reader = file.stream().getReader();
  let bytes = 0;
  for (;;) {
    signal.throwIfAborted();
    const { done, value } = await reader.read();
    if (done) break;
    hash.update(value);
    bytes += value.length;
    onShare(bytes / file.size);
  }
  return [...hash.digest()].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
