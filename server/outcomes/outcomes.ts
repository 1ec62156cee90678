import { z } from "zod";
import type { Query } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";
import { cellToDecimal } from "#core/geo/cell.ts";
import { createOutcomes } from "#core/outcomes/outcomes.ts";
import type { DayCount } from "#core/outcomes/periods.ts";
import type { PublicTally } from "#core/outcomes/public-tallies.ts";
import type { Period, StandingTally } from "#core/outcomes/typed-tally.ts";
import type { OutcomesReply, outcomeCalls } from "#core/outcomes/wire/outcomes.ts";
import { formatDate, formatDateRange } from "#core/time/words.ts";
import { addDays, type Zone } from "#core/time/zone.ts";
import type { Act, Services } from "#server/acts/services.ts";
import {
  countingActor,
  databaseBehind,
  publicActor,
  type Transaction,
} from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { loadTallies } from "#server/outcomes/tallies.ts";
import { commandsOver } from "#server/places/move/places-over.ts";
import { lastMoveOf, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

/** The audit line is written before anything is read. */
export async function readOutcomes(
  act: Act,
  { from, to, form }: Query<typeof outcomeCalls.read>,
): Promise<OutcomesReply> {
  if ((from === undefined) !== (to === undefined)) {
    throw new Problem(422, "Half a period", "Give both days, from and to, or neither.");
  }
  const period = from === undefined || to === undefined ? null : { from, to };
  // A presenter shows released figures only, without totals typed or corrected since.
  const isReleasedOnly = act.actor.role === "presenter";
  const isExact = form === "exact" && !isReleasedOnly;
  const asAt = act.asAt.date();
  if (period !== null) refuseWrongPeriod(period, asAt);
  act.addDetail({ ...(period ?? {}), form: isExact ? "exact" : "shared" });
  await act.writeLine();
  const earlier = isExact ? [] : await releasedTotals(act, { isShown: isReleasedOnly });
  const known = isReleasedOnly ? { tallies: [], days: [] } : await readTyped(act);
  const reply = createOutcomes({ ...known, period, asAt, isExact, earlier });
  const movedOn = lastMoveOf(await placesOf(act));
  return movedOn === null ? reply : withMoveTold(reply, movedOn);
}

/** Beside what compares months, and among the notes of every form. */
function withMoveTold(reply: OutcomesReply, movedOn: string): OutcomesReply {
  const note = `Boundaries changed on ${formatDate(movedOn)}: earlier days are counted by those of then.`;
  const trends = reply.trends?.map((trend) => ({
    ...trend,
    sentence: `${trend.sentence} ${note}`,
  }));
  return { ...reply, trends: trends ?? null, notes: [note, ...reply.notes] };
}

/** A period of figures lies in order and is over. */
export function refuseWrongPeriod(period: Period, today: string): void {
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
 * Totals that releases have stated. Linkage includes withdrawn releases, as published figures stay
 * known; what is shown comes only from those in force.
 */
export async function releasedTotals(
  { db }: Pick<Services, "db">,
  { isShown }: { readonly isShown: boolean },
): Promise<PublicTally[]> {
  const said = await databaseBehind(db).transaction(publicActor, (tx) =>
    tx.rows(
      z.object({ done: z.string(), stands: z.boolean() }),
      sql`select release.content::json ->> 'done' as done,
          release_withdrawal.number is null as stands
        from release left join release_withdrawal on release_withdrawal.number = release.number
        order by release.number`,
    ),
  );
  return said
    .filter(({ stands }) => stands || !isShown)
    .flatMap(({ done }) => JSON.parse(done) as PublicTally[]);
}

/**
 * All inputs of the figures, the same for every caller, who receives only what the role may see:
 * totals of many days. Call outside a transaction: it opens its own.
 */
export async function readTyped(
  services: Pick<Services, "db" | "zone" | "asAt">,
): Promise<{ tallies: StandingTally[]; days: DayCount[] }> {
  const { db, zone, asAt } = services;
  const commands = await commandsOver(services);
  return db.transaction(
    countingActor,
    async (tx) => {
      const tallies = await loadTallies(tx, asAt.date());
      const days: DayCount[] = [];
      for (const command of commands) {
        days.push(...(await countDays(tx, zone, { ...command, asAt: asAt.date() })));
      }
      return { tallies, days };
    },
    { events: true, readOnly: true, beside: true },
  );
}

const dayCount = z.object({
  kind: z.enum(["arrest", "stop_search", "reported"]),
  day: date,
  count: z.int(),
});

type CommandOver = Awaited<ReturnType<typeof commandsOver>>[number];

/**
 * Arrests, stops and reports by local day, in these cells of resolution 10. Days before boundaries
 * moved are counted by those of then, so that a figure that was given stays what it was. A report merged into
 * another counts with that one. An arrest or stop counts as such, even where a call counts for its
 * incident: only one merged into another of its own kind is a duplicate. Reads `event` and merges
 * of events, and nothing of outreach or patrols (SAFEGUARDS 4).
 */
function countDays(
  tx: Transaction,
  zone: Zone,
  { asAt, ...command }: { readonly asAt: string } & CommandOver,
): Promise<DayCount[]> {
  // Whole days, like the periods: the result does not depend on the time of day.
  const { from, until, cells } = command;
  const before = new Date(zone.startOfDate(until ?? addDays(asAt, 1)));
  const first = from === "" ? null : new Date(zone.startOfDate(from));
  return tx.rows(
    dayCount,
    sql`with counted as (
        select
          case
            when kind in ('arrest', 'stop_search') then kind
            when source <> 'police' then 'reported'
          end as kind,
          starts_at + (ends_at - starts_at) / 2 as middle
        from event
        where starts_at < ${before}
          and cell = any(${cells.map(cellToDecimal)}::bigint[])
          and not exists (
            select from event_match
            join event as kept on kept.id = event_match.merged_into
            where event_match.event_id = event.id
              and (event.kind not in ('arrest', 'stop_search') or kept.kind = event.kind)
          )
      )
      select kind, to_char(middle at time zone ${zone.name}::text, 'YYYY-MM-DD') as day,
        count(*) as count
      from counted
      where kind is not null and middle < ${before}
        and (${first}::timestamptz is null or middle >= ${first}::timestamptz)
      group by 1, 2 order by 1, 2`,
  );
}
