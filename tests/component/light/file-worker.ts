import type { FromWorker, ToWorker } from "#client/records/file-jobs.ts";

type Hear = (event: { readonly type: string; readonly data?: FromWorker }) => void;

/**
 * The one worker whose jobs are done here, beside the page in the same thread: the reader of files. Every other one
 * cannot start, and the page works without. That a real one starts, a browser shows.
 */
export class LightWorker {
  onerror: Hear | null = null;
  readonly #hears = new Map<Hear, string>();
  readonly #answer: Promise<(asked: ToWorker) => Promise<void>> | null;

  constructor(address: URL | string) {
    const isReader = String(address).includes("/file.worker.");
    this.#answer = isReader ? this.#start() : null;
    if (!isReader) setTimeout(() => this.#fail(), 0);
  }
  addEventListener(type: string, hear: Hear): void {
    this.#hears.set(hear, type);
  }
  removeEventListener(_: string, hear: Hear): void {
    this.#hears.delete(hear);
  }
  postMessage(asked: ToWorker): void {
    void this.#answer?.then((answer) => answer(asked));
  }
  terminate(): void {
    this.#hears.clear();
  }

  async #start() {
    const { createFileAnswerer } = await import("#client/records/file-jobs.ts");
    return createFileAnswerer((data) => this.#tell({ type: "message", data }));
  }
  #fail(): void {
    this.onerror?.({ type: "error" });
    this.#tell({ type: "error" });
  }
  #tell(event: Parameters<Hear>[0]): void {
    for (const [hear, type] of this.#hears) if (type === event.type) hear(event);
  }
}
