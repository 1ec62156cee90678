/** Joins lines, without those that do not apply. */
export function linesOf(
  ...lines: readonly (string | false | null | undefined | readonly string[])[]
): string[] {
  return lines.flatMap((line) => (line === false ? [] : (line ?? [])));
}
