import { resolveObjectURL } from "node:buffer";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Window } from "happy-dom";

export interface Download {
  readonly suggestedFilename: () => string;
  readonly path: () => Promise<string>;
}

/** A link with a file behind it that the page presses itself. */
export function catchDownloads(view: Window, tell: (download: Download) => void): () => void {
  const { prototype } = view.HTMLAnchorElement;
  const before = prototype.click;
  prototype.click = function click(this: InstanceType<typeof view.HTMLAnchorElement>) {
    if (!this.hasAttribute("download")) return before.call(this);
    const [{ href }, name] = [this, this.getAttribute("download") ?? ""];
    const octets = readBlob(href);
    tell({
      suggestedFilename: () => name,
      path: async () => {
        const file = join(await mkdtemp(join(tmpdir(), "boxster-download-")), "file");
        await writeFile(file, await octets);
        return file;
      },
    });
  };
  return () => {
    prototype.click = before;
  };
}

/** Begun at once: the page takes the address back when it has pressed the link. */
async function readBlob(href: string): Promise<Buffer> {
  const blob = resolveObjectURL(href);
  if (!blob) throw new Error(`There is no file behind ${href}`);
  return Buffer.from(await blob.arrayBuffer());
}
