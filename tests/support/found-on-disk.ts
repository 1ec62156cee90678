import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Which of the words stand anywhere in the octets of the files below a folder. */
export function foundOnDisk(folder: string, words: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const wanted = words.map((word) => ({ word, bytes: Buffer.from(word) }));
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    const content = readFileSync(path);
    for (const { word, bytes } of wanted) if (content.includes(bytes)) found.add(word);
  }
  return [...found];
}
