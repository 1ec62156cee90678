import { type DisclosureRule, tenFiveRule } from "#core/disclosure/rule.ts";
import { withCounted } from "#core/outcomes/figures.ts";
import { type PublicTally, publicTallies } from "#core/outcomes/public-tallies.ts";
import type { Services } from "#server/context.ts";
import { readTyped } from "#server/outcomes/outcomes.ts";

/**
 * What was done, as a release may say it: typed totals and, for the same periods, arrests and stops as counted.
 * Nothing of outreach, patrols or dose is read on the way (SAFEGUARDS 4); nothing that partners typed is
 * (SAFEGUARDS 13). Opens a transaction of its own: not for use inside another.
 *
 * `until`: the last day of the release (`YYYY-MM-DD`); a period that ends later is left out. `earlier`: what every
 * release before said was done, withdrawn ones too, for that was read.
 */
export async function publicTalliesOf(
  services: Pick<Services, "db" | "zone" | "asAt">,
  asked: {
    readonly until: string;
    readonly earlier: readonly PublicTally[];
    readonly rule?: DisclosureRule;
  },
): Promise<PublicTally[]> {
  const typed = await readTyped(services);
  const { until, earlier, rule = tenFiveRule } = asked;
  // Chosen among all periods before some are left out: what a presenter is shown and what is public never overlap.
  return publicTallies({ tallies: withCounted(typed), rule, earlier }).filter(
    ({ to }) => to <= until,
  );
}
