import { createOutcomes } from "#core/outcomes/outcomes.ts";
import type { DayCount } from "#core/outcomes/periods.ts";
import type { PublicTally } from "#core/outcomes/public-tallies.ts";
import type { Period, StandingTally } from "#core/outcomes/typed-tally.ts";
import type { OutcomesReply } from "#core/outcomes/wire/outcomes.ts";
import { formatDate, formatDateRange } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";
import type { ActServices, Services } from "#server/acts/services.ts";
import {
  countingActor,
  databaseBehind,
  publicActor,
  type Transaction,
} from "#server/db/database.ts";
import { countOutcomeDays } from "#server/outcomes/queries/outcome-days.ts";
import { loadTallies } from "#server/outcomes/queries/tallies.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

export interface OutcomesQuestion {
  /** Null: the latest for which something was typed. */
  readonly period: Period | null;
  readonly isExact: boolean;
  /** A presenter shows what was released, and nothing that was typed or corrected since. */
  readonly isReleasedOnly: boolean;
}

/** What the screen shows of a period; the line of the act stands before anything is read. */
export async function outcomesOf(
  services: ActServices,
  question: OutcomesQuestion,
): Promise<OutcomesReply> {
  const { asAt, addDetail, writeLine } = services;
  const { period, isExact, isReleasedOnly } = question;
  refuseWrongPeriod(period, asAt.date());
  addDetail({ ...(period ?? {}), form: isExact ? "exact" : "shared" });
  await writeLine();
  const earlier = isExact ? [] : await releasedTotals(services, { isShown: isReleasedOnly });
  const known = isReleasedOnly ? { tallies: [], days: [] } : await readTyped(services);
  return createOutcomes({ ...known, period, asAt: asAt.date(), isExact, earlier });
}

/** A period of figures lies in order and is over. */
export function refuseWrongPeriod(period: Period | null, today: string): void {
  if (period === null) return;
  if (period.to < period.from) {
    throw new Problem(
      422,
      "The dates are the wrong way round",
      `The last day of ${formatDateRange(period.from, period.to)} is before its first day. Change one of them.`,
    );
  }
  if (period.to > today) {
    throw new Problem(
      422,
      "This period is not over",
      `It ends after today, ${formatDate(today)}: choose an earlier last day.`,
    );
  }
}

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

/**
 * All that figures are made of, the same for whoever asks: they are given what their role may see of it, which is
 * totals of many days. Ask outside a transaction: it opens its own.
 */
export async function readTyped(
  services: Pick<Services, "db" | "zone" | "asAt">,
): Promise<{ tallies: StandingTally[]; days: DayCount[] }> {
  const { db, zone, asAt } = services;
  const { command } = await placesOf(services);
  return db.transaction(
    countingActor,
    async (tx) => ({
      tallies: await loadTallies(tx, asAt.date()),
      days: await countOutcomeDays(tx, {
        timeZone: zone.name,
        // Whole days, as the periods are: the day itself says the same at one in the morning as at noon.
        before: zone.startOfDate(addDays(asAt.date(), 1)),
        cells: command.cells,
      }),
    }),
    { events: true, readOnly: true, beside: true },
  );
}
