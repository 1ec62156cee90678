import { tenFiveRule } from "#core/disclosure/rule.ts";
import { withCounted } from "#core/outcomes/figures.ts";
import { publicTallies } from "#core/outcomes/public-tallies.ts";
import type { StandingTally } from "#core/outcomes/typed-tally.ts";
import type { ReleaseDone } from "#core/releases/wire/release.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import type { Services } from "#server/acts/services.ts";
import { readTyped } from "#server/outcomes/read-typed.ts";
import type { StoredRelease } from "#server/releases/queries/releases.ts";

/** Typed totals and, for the same periods, arrests and stops as counted. */
export async function totalsForRelease(
  services: Pick<Services, "db" | "zone" | "asAt">,
): Promise<readonly StandingTally[]> {
  return withCounted(await readTyped(services));
}

/**
 * What was done, as a release may say it beside every release before. Nothing of outreach, patrols or dose is among
 * it (SAFEGUARDS 4), and nothing that partners typed (SAFEGUARDS 13).
 */
export function doneOf(
  totals: readonly StandingTally[],
  earlier: readonly StoredRelease[],
): ReleaseDone[] {
  const figures = publicTallies({
    tallies: totals,
    rule: tenFiveRule,
    earlier: earlier.flatMap(saidOf),
  });
  const said = new Set(earlier.flatMap(saidOf).map(keyOf));
  const standing = earlier.filter(({ withdrawnOn }) => withdrawnOn === null);
  const stands = new Set(standing.flatMap(saidOf).map(keyOf));
  // What none but withdrawn releases have said does not come back.
  return figures.filter((figure) => !said.has(keyOf(figure)) || stands.has(keyOf(figure)));
}

function keyOf({ measure, from, to }: ReleaseDone): string {
  return `${measure} ${from} ${to}`;
}

function saidOf({ content }: StoredRelease): readonly ReleaseDone[] {
  return (JSON.parse(content) as ReleaseContent).done;
}
