import type { TableSource } from "#core/table/table-source.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";

export const newDecoder: NewDecoder = (encoding) => new TextDecoder(encoding);

/** A chosen file as the readers of tables take it. */
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

/** The reader is let go of also when nobody reads on. */
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

/** The browser's own dialog to choose one file; null when nothing was chosen. */
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
