import type { TableSource } from "#core/table/table-source.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";

export const newDecoder: NewDecoder = (encoding) => new TextDecoder(encoding);

export function browserSource(file: File): TableSource {
  return {
    size: file.size,
    open: () => chunksOf(file),
    read: (from, length) => readBytes(file, from, length),
    newDecoder,
  };
}

export async function readBytes(file: File, from: number, length: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, from + length).arrayBuffer());
}

/** Releases the reader even if iteration stops early. */
async function* chunksOf(file: File): AsyncIterable<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Null when nothing was chosen. */
export function pickFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}
