import { slipsBetween } from "#core/text/slips.ts";
import { ConfigError } from "#server/config-error.ts";

const prefix = "BOXSTER_";
/** A transposition counts as two; farther words are unrelated. */
const mostSlips = 2;

/**
 * A misspelt setting would be silently ignored, along with the protection it configures. Other
 * programs' names with the same prefix, as a cluster sets for a service, are allowed.
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
