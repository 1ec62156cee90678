import { filesBelow } from "#tests/support/hunt/octets.ts";

/** Which of the words, each of four octets and more, stand anywhere in the octets of the files below a folder. */
export function foundOnDisk(folder: string, words: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const wanted = byBeginning(words);
  for (const { octets } of filesBelow(folder)) {
    for (const word of foundIn(octets, wanted)) found.add(word);
  }
  return [...found];
}

interface Beginnings {
  /** By their first four octets as a number. */
  readonly words: ReadonlyMap<number, readonly { readonly word: string; readonly bytes: Buffer }[]>;
  /** Whether some word may begin so: most of a file is passed by at this. */
  readonly slots: Uint8Array;
}

/** So that each file is gone through once, however many words there are. */
function byBeginning(words: readonly string[]): Beginnings {
  const all = new Map<number, { word: string; bytes: Buffer }[]>();
  const slots = new Uint8Array(65_536);
  for (const word of words) {
    const bytes = Buffer.from(word);
    const beginning = bytes.readUInt32BE(0);
    all.set(beginning, [...(all.get(beginning) ?? []), { word, bytes }]);
    slots[slotOf(beginning)] = 1;
  }
  return { words: all, slots };
}

function slotOf(beginning: number): number {
  return Math.imul(beginning, 0x9e37_79b1) >>> 16;
}

function foundIn(content: Buffer, { words, slots }: Beginnings): Set<string> {
  const found = new Set<string>();
  let four = 0;
  for (let end = 1; end <= content.length; end += 1) {
    four = (four << 8) | (content[end - 1] as number);
    if (slots[slotOf(four)] === 0 || end < 4) continue;
    for (const { word, bytes } of words.get(four >>> 0) ?? []) {
      if (bytes.equals(content.subarray(end - 4, end - 4 + bytes.length))) found.add(word);
    }
  }
  return found;
}
