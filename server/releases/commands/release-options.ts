import type { ReleaseCommitment } from "#core/releases/wire/release.ts";
import { type ParsedArguments, UsageError } from "#server/cli/command.ts";

/** "release-3", "draft-3", or a number by itself, which is one of the kind that the command works on. */
export function releaseIdOf(
  word: string | undefined,
  usual: "release" | "draft",
): { readonly kind: "release" | "draft"; readonly number: number } {
  const read = /^(?:(release|draft)-)?([1-9]\d{0,8})$/u.exec(word ?? "");
  if (read === null) {
    throw new UsageError(`"${word ?? ""}" names no ${usual}: give its number, or ${usual}-1.`);
  }
  const kind = read[1] === "draft" || read[1] === "release" ? read[1] : usual;
  return { kind, number: Number(read[2]) };
}

export function textOption(values: ParsedArguments["values"], name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** "You said|we did|next|2022-01-31", once for each. */
export function readCommitmentOptions(
  value: ParsedArguments["values"][string],
): ReleaseCommitment[] {
  const lines = Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
  return lines.map((line) => {
    const [said, did, next, by, ...rest] = line.split("|");
    const isWhole =
      said !== undefined && did !== undefined && next !== undefined && by !== undefined;
    if (!isWhole || rest.length > 0 || !/^\d{4}-\d{2}-\d{2}$/u.test(by.trim())) {
      throw new UsageError(`--commitment "${line.slice(0, 60)}": give SAID|DID|NEXT|DATE.`);
    }
    return { said, did, next, by: by.trim() };
  });
}
