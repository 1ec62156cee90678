import { certainKind, type PersonalKind } from "#core/import/personal-value.ts";

/** What words about an alert hold that must not be kept (SAFEGUARDS 8); null where they hold nothing. */
export function personalIn(words: string): PersonalKind | null {
  const tokens = words.split(/[\s,;]+/u).filter((token) => token !== "");
  for (let from = 0; from < tokens.length; from += 1) {
    for (let length = 1; length <= longestRun && from + length <= tokens.length; length += 1) {
      const run = tokens.slice(from, from + length).join(" ");
      const kind = certainKind(run.replace(/[.!?:)]+$/u, "").replace(/^\(/u, ""));
      if (kind !== null) return kind;
    }
  }
  return null;
}

/** A number is written in up to five pieces: "07700 900 123". */
const longestRun = 5;
