import { ConfigError } from "#server/config-error.ts";

const prefix = "BOXSTER_";
/** Slips of the hand, two letters that changed places among them; what is further off is another word. */
const mostSlips = 2;

/**
 * A setting whose name has a slip would be left out in silence, with what it was to protect. Names of others that begin
 * alike, as a cluster gives them to a service, stay.
 */
export function refuseMisspelt(given: readonly string[], settings: ReadonlySet<string>): void {
  for (const name of given) {
    if (!name.toUpperCase().startsWith(prefix) || settings.has(name)) continue;
    const meant = [...settings].find(
      (one) =>
        slipsBetween(name.toUpperCase(), one) <= mostSlips ||
        (one === "DATABASE_URL" && name === prefix + one),
    );
    if (meant === undefined) continue;
    throw new ConfigError(`There is no setting ${name}. Did you mean ${meant}?`);
  }
}

/** Letters to add, leave out or change (Levenshtein). */
function slipsBetween(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [row, letter] of [...one].entries()) {
    const now = [row + 1];
    for (const [at, wanted] of [...other].entries()) {
      const [left = 0, above = 0, across = 0] = [now[at], before[at + 1], before[at]];
      now.push(Math.min(left + 1, above + 1, across + (letter === wanted ? 0 : 1)));
    }
    before = now;
  }
  return before[other.length] ?? 0;
}
