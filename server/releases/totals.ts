import { tenFiveRule } from "#core/disclosure/rule.ts";
import { withCounted } from "#core/outcomes/figures.ts";
import { publicTallies } from "#core/outcomes/public-tallies.ts";
import type { StandingTally } from "#core/outcomes/typed-tally.ts";
import type { ReleaseDone } from "#core/releases/wire/release.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import type { Services } from "#server/acts/services.ts";
import { publicActor } from "#server/db/database.ts";
import { databaseBehind } from "#server/db/wrapped.ts";
import { readTyped } from "#server/outcomes/read-typed.ts";
import { loadReleasedTotals, type StoredRelease } from "#server/releases/queries/releases.ts";

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

/**
 * What releases have said of totals. What is linked with it counts those that were withdrawn too, for what was
 * public once is known; what is shown is of those alone that stand.
 */
export async function releasedTotals(
  { db }: Pick<Services, "db">,
  { isShown }: { readonly isShown: boolean },
): Promise<ReleaseDone[]> {
  const said = await databaseBehind(db).transaction(publicActor, loadReleasedTotals);
  return said
    .filter(({ stands }) => stands || !isShown)
    .flatMap(({ done }) => JSON.parse(done) as ReleaseDone[]);
}

function saidOf({ content }: StoredRelease): readonly ReleaseDone[] {
  return (JSON.parse(content) as ReleaseContent).done;
}
