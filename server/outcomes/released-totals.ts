import type { PublicTally } from "#core/outcomes/public-tallies.ts";
import type { Services } from "#server/acts/services.ts";
import { publicActor, type Transaction } from "#server/db/database.ts";
import { databaseBehind } from "#server/db/wrapped.ts";

/**
 * What releases have said of totals. What is linked with it counts those that were withdrawn too, for what was
 * public once is known; what is shown is of those alone that stand.
 */
export async function releasedTotals(
  { db }: Pick<Services, "db">,
  { isShown }: { readonly isShown: boolean },
): Promise<PublicTally[]> {
  const said = await databaseBehind(db).transaction(publicActor, loadReleasedTotals);
  return said
    .filter(({ stands }) => stands || !isShown)
    .flatMap(({ done }) => JSON.parse(done) as PublicTally[]);
}

/** What each release has said was done, as its JSON, and whether it stands. */
function loadReleasedTotals(
  tx: Transaction,
): Promise<{ readonly done: string; readonly stands: boolean }[]> {
  return tx.query(
    `select release.content::json ->> 'done' as "done", release_withdrawal.number is null as "stands"
     from release left join release_withdrawal on release_withdrawal.number = release.number
     order by release.number`,
  );
}
