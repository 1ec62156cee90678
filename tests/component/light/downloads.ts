import { resolveObjectURL } from "node:buffer";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Window } from "happy-dom";
import type { Network } from "#tests/component/light/network.ts";

export interface Download {
  readonly suggestedFilename: () => string;
  readonly path: () => Promise<string>;
  readonly saveAs: (file: string) => Promise<void>;
}

/** Gone as `npm test` ends. */
const home = process.env["BOXSTER_TEST_FOLDER"] ?? tmpdir();

type Tell = (download: Download) => void;

/** A link with a file behind it: one that the page presses itself, or one to the server's that a person presses. */
export function catchDownloads(view: Window, ask: Network["ask"], tell: Tell): () => void {
  const { prototype } = view.HTMLAnchorElement;
  const before = prototype.click;
  prototype.click = function click(this: InstanceType<typeof view.HTMLAnchorElement>) {
    if (!this.hasAttribute("download")) return before.call(this);
    const [{ href }, name] = [this, this.getAttribute("download") ?? ""];
    tell(downloadOf(name, readBlob(href)));
  };
  const follow = (event: Event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[download]");
    if (!link) return;
    event.preventDefault();
    void fromServer(new URL(link.href), ask).then(tell);
  };
  view.document.addEventListener("click", follow as never);
  return () => {
    prototype.click = before;
    view.document.removeEventListener("click", follow as never);
  };
}

async function fromServer(url: URL, ask: Network["ask"]): Promise<Download> {
  const reply = await ask(url, {});
  if (!reply.ok) throw new Error(`${url.pathname} was refused: ${await reply.text()}`);
  const [, name = ""] =
    /filename="([^"]+)"/.exec(reply.headers.get("content-disposition") ?? "") ?? [];
  return downloadOf(
    name,
    reply.arrayBuffer().then((octets) => Buffer.from(octets)),
  );
}

function downloadOf(name: string, octets: Promise<Buffer>): Download {
  const saveAs = async (file: string) => writeFile(file, await octets);
  return {
    suggestedFilename: () => name,
    saveAs,
    path: async () => {
      const file = join(await mkdtemp(join(home, "boxster-download-")), "file");
      await saveAs(file);
      return file;
    },
  };
}

/** Begun at once: the page takes the address back when it has pressed the link. */
async function readBlob(href: string): Promise<Buffer> {
  const blob = resolveObjectURL(href);
  if (!blob) throw new Error(`There is no file behind ${href}`);
  return Buffer.from(await blob.arrayBuffer());
}
