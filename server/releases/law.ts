import { readdirSync, readFileSync } from "node:fs";
import { type LawText, lawFile } from "#core/releases/wire/law.ts";

const folder = new URL("../../data/law/", import.meta.url);
let kept: readonly LawText[] | null = null;

/** @throws Error that names the file which is not whole. */
export function readLaw(): readonly LawText[] {
  kept ??= readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      try {
        return lawFile.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8")));
      } catch (cause) {
        throw new Error(`data/law/${name} cannot be read. Correct it and start again.`, { cause });
      }
    });
  return kept;
}
