type Hear = (event: { readonly lengthComputable?: true; loaded?: number; total?: number }) => void;

/** By which the page sends files: over the same network as all else, and heard of line by line. */
export class LightRequest {
  status = 0;
  responseText = "";
  readonly upload = new Listeners();
  readonly #own = new Listeners();
  readonly #headers: Record<string, string> = {};
  readonly #stop = new AbortController();
  #method = "GET";
  #path = "";

  addEventListener(type: string, hear: Hear): void {
    this.#own.addEventListener(type, hear);
  }
  open(method: string, path: string): void {
    [this.#method, this.#path] = [method, path];
  }
  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }
  abort(): void {
    this.#stop.abort();
    this.#own.tell("abort");
  }
  send(body: Blob): void {
    this.#exchange(body).catch(() => {
      if (!this.#stop.signal.aborted) this.#own.tell("error");
    });
  }

  async #exchange(body: Blob): Promise<void> {
    const [method, headers] = [this.#method, this.#headers];
    const reply = await fetch(this.#path, { method, headers, body, signal: this.#stop.signal });
    this.upload.tell("progress", { lengthComputable: true, loaded: body.size, total: body.size });
    this.status = reply.status;
    const decoder = new TextDecoder();
    for await (const part of reply.body ?? []) {
      this.responseText += decoder.decode(part, { stream: true });
      this.#own.tell("progress");
    }
    this.#own.tell("load");
  }
}

class Listeners {
  readonly #hears: (readonly [string, Hear])[] = [];

  addEventListener(type: string, hear: Hear): void {
    this.#hears.push([type, hear]);
  }
  tell(type: string, event: Parameters<Hear>[0] = {}): void {
    for (const [wanted, hear] of this.#hears) if (wanted === type) hear(event);
  }
}
