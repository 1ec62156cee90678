import { cellToDecimal } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";
import type { DateSpan } from "#server/patrols/queries/staffing.ts";
import type { ControlDay } from "#server/protected-time/protected-stretches.ts";

export interface ControlDraw {
  /** A Monday. */
  readonly week: string;
  readonly daysPerPlace: number;
  readonly places: number;
}

/** Draws of weeks that share a day with these. */
export function controlDraws(tx: Transaction, { from, days }: DateSpan): Promise<ControlDraw[]> {
  return tx.query<ControlDraw>(
    `select to_char(week, 'YYYY-MM-DD') as "week",
       days_per_place::int as "daysPerPlace",
       place_count::int as "places"
     from control_draw
     where week < $1::date + $2::int and week + 7 > $1::date
     order by week`,
    [from, days],
  );
}

/**
 * The same for whoever may read them, of weeks that are over on the day `before`: a draw is balanced, so that
 * the first days of a week give its last ones away.
 */
export async function pastControlDays(
  tx: Transaction,
  { from, days, before }: DateSpan & { readonly before: string },
) {
  const drawn = await tx.query<ControlDay>(
    `select to_hex(zone) as "zone", to_char(day, 'YYYY-MM-DD') as "day"
     from control_day
     where day >= $1::date and day < $1::date + $2::int and week + 7 <= $3::date
     order by day, zone`,
    [from, days, before],
  );
  const draws = await tx.query<ControlDraw & { readonly seed: number; readonly drawnAt: number }>(
    `select to_char(week, 'YYYY-MM-DD') as "week",
       days_per_place::int as "daysPerPlace",
       place_count::int as "places",
       seed::float8 as "seed",
       (extract(epoch from drawn_at) * 1000)::float8 as "drawnAt"
     from control_draw
     where week < $1::date + $2::int and week + 7 > $1::date and week + 7 <= $3::date
     order by week`,
    [from, days, before],
  );
  return { days: drawn, draws };
}

/** False where the week was drawn already. */
export async function insertControlDraw(
  tx: Transaction,
  draw: ControlDraw & { readonly seed: number; readonly at: number; readonly by: string },
  drawn: readonly ControlDay[],
): Promise<boolean> {
  const rows = await tx.query<{ week: string }>(
    `insert into control_draw (week, days_per_place, place_count, seed, drawn_at, drawn_by)
     values ($1::date, $2::int, $3::int, $4::bigint, $5::timestamptz, $6::text)
     on conflict on constraint control_draw_week_primary do nothing
     returning week::text as "week"`,
    [draw.week, draw.daysPerPlace, draw.places, draw.seed, new Date(draw.at), draw.by],
  );
  if (rows.length === 0) return false;
  await tx.query(
    `insert into control_day (zone, day, week)
     select given.zone, given.day, $3::date
     from unnest($1::bigint[], $2::date[]) as given (zone, day)`,
    [drawn.map(({ zone }) => cellToDecimal(zone)), drawn.map(({ day }) => day), draw.week],
  );
  return true;
}
