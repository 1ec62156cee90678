import type { DayCount } from "#core/outcomes/figures.ts";
import { createOutcomes } from "#core/outcomes/outcomes.ts";
import type { Period, TypedTally } from "#core/outcomes/typed-tally.ts";
import { periodWords } from "#core/outcomes/words.ts";
import type { OutcomesReply } from "#core/wire/outcomes.ts";
import type { ActServices } from "#server/audit/notes.ts";
import type { Services } from "#server/context.ts";
import { systemActor } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { countOutcomeDays } from "#server/queries/outcome-days.ts";
import { loadTallies } from "#server/queries/tallies.ts";

export interface OutcomesQuestion {
  /** Null: the latest for which something was typed. */
  readonly period: Period | null;
  readonly isExact: boolean;
}

/** What the screen shows of a period; the line of the act stands before anything is read. */
export async function outcomesOf(
  services: ActServices,
  question: OutcomesQuestion,
): Promise<OutcomesReply> {
  const { asAt, addDetail, writeLine } = services;
  const { period, isExact } = question;
  refuseWrongPeriod(period, asAt.date());
  addDetail({ ...(period ?? {}), form: isExact ? "exact" : "shared" });
  await writeLine();
  return createOutcomes({ ...(await readTyped(services)), period, asAt: asAt.date(), isExact });
}

/** All that figures are made of, as the system reads it: whoever asks is given what their role may see of it. */
export function readTyped({
  db,
  zone,
  asAt,
}: Pick<Services, "db" | "zone" | "asAt">): Promise<{ tallies: TypedTally[]; days: DayCount[] }> {
  return db.transaction(
    systemActor,
    async (tx) => ({
      tallies: await loadTallies(tx, asAt.date()),
      days: await countOutcomeDays(tx, { timeZone: zone.name, before: asAt.now() }),
    }),
    { readOnly: true, beside: true },
  );
}

/** A period of figures lies in order and is over. */
export function refuseWrongPeriod(period: Period | null, today: string): void {
  if (period === null) return;
  if (period.to < period.from) {
    throw new Problem(
      422,
      "The dates are the wrong way round",
      `The last day of ${periodWords(period)} lies before its first: change one of the two.`,
    );
  }
  if (period.to > today) {
    throw new Problem(
      422,
      "This period is not over",
      `It ends after today, ${periodWords({ from: today, to: today })}: choose an earlier last day.`,
    );
  }
}
