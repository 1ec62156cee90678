import { tenFiveRule } from "#core/disclosure/rule.ts";
import { withCounted } from "#core/outcomes/figures.ts";
import { publicTallies } from "#core/outcomes/public-tallies.ts";
import type { TypedTally } from "#core/outcomes/typed-tally.ts";
import type { ReleaseDone } from "#core/wire/release.ts";
import type { ReleaseContent } from "#core/wire/releases.ts";
import type { Services } from "#server/context.ts";
import { publicActor } from "#server/db/database.ts";
import { databaseBehind } from "#server/db/wrapped.ts";
import { readTyped } from "#server/outcomes/read-typed.ts";
import { loadReleases, type StoredRelease } from "#server/queries/releases.ts";

/** Typed totals and, for the same periods, arrests and stops as counted. */
export async function totalsForRelease(
  services: Pick<Services, "db" | "zone" | "asAt">,
): Promise<readonly TypedTally[]> {
  return withCounted(await readTyped(services));
}

/**
 * What was done, as a release may say it beside every release before. Nothing of outreach, patrols or dose is among
 * it (SAFEGUARDS 4), and nothing that partners typed (SAFEGUARDS 13).
 */
export function doneOf(
  totals: readonly TypedTally[],
  earlier: readonly StoredRelease[],
): ReleaseDone[] {
  return publicTallies({ tallies: totals, rule: tenFiveRule, earlier: earlier.flatMap(saidOf) });
}

/** What releases have said of totals, those that were withdrawn too: what was public once is known. */
export async function releasedTotals({ db }: Pick<Services, "db">): Promise<ReleaseDone[]> {
  const stored = await databaseBehind(db).transaction(publicActor, loadReleases);
  return stored.flatMap(saidOf);
}

function saidOf({ content }: StoredRelease): readonly ReleaseDone[] {
  return (JSON.parse(content) as ReleaseContent).done;
}
