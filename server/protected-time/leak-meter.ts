import { createHash } from "node:crypto";
import { z } from "zod";
import { date } from "#core/contract/fields.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { toldBy } from "#core/protected-time/leak-meter.ts";
import { footprintViewDays } from "#core/protected-time/retention.ts";
import type { LeakMeter } from "#core/protected-time/wire/coordinator.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { addDays } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { dayWords } from "#server/protected-time/words.ts";

interface Shown {
  readonly role: string;
  readonly day: string;
  readonly pictures: readonly (readonly H3Cell[])[];
}

/** Once each by its digest; their cells until they are measured. Through the keeper. */
export async function keepPictures(
  keeper: Transaction,
  { role, day, pictures }: Shown,
): Promise<void> {
  const texts = new Map(
    pictures.map((cells) => {
      const text = cells.join(" ");
      return [createHash("sha256").update(text).digest("base64url"), text];
    }),
  );
  const known = await keeper.rows(
    shownPicture.pick({ digest: true, lastShown: true }),
    sql`select digest, last_shown from shown_picture
      where role = ${role} and digest = any(${[...texts.keys()]})`,
  );
  const older = known.filter(({ lastShown }) => lastShown < day).map(({ digest }) => digest);
  for (const { digest } of known) texts.delete(digest);
  if (older.length > 0) {
    await keeper.run(
      sql`update shown_picture set last_shown = ${day}
        where (role, digest) in (
          select role, digest from shown_picture
          where role = ${role} and digest = any(${older})
          order by digest for update
        )`,
    );
  }
  if (texts.size === 0) return;
  const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
  await keeper.run(
    sql`insert into shown_picture (role, digest, first_shown, last_shown, cells)
      select ${role}::text, digest, ${day}::date, ${day}::date, cells
      from unnest(
        ${sorted.map(([digest]) => digest)}::text[], ${sorted.map(([, text]) => text)}::text[]
      ) as given (digest, cells)
      on conflict (role, digest) do nothing`,
  );
}

const shownPicture = z.object({
  role: z.string(),
  digest: z.string(),
  firstShown: date,
  lastShown: date,
  cells: z.string(),
});

/** Measures what was shown since, and forgets its cells. */
export async function measurePictures({ db }: Pick<Services, "db">): Promise<void> {
  for (;;) {
    const isDone = await db.transaction(systemActor, (tx) =>
      tx.through("keeper", async (keeper) => {
        const next = await keeper.maybe(
          shownPicture.pick({ digest: true, cells: true }),
          sql`select digest, cells from shown_picture where cells is not null order by digest limit 1`,
        );
        if (next === null) return true;
        const told = toldBy(next.cells.split(" ") as H3Cell[]);
        await keeper.run(
          sql`update shown_picture
            set cells = null, told_m2 = ${Math.round(told?.toldM2 ?? 0)},
              allowed_m2 = ${Math.round(told?.allowedM2 ?? 0)}
            where digest = ${next.digest}`,
        );
        return false;
      }),
    );
    if (isDone) return;
  }
}

/** What pictures not shown since a London day tell stays, and nothing by which their cells could be found by trying. */
export const forgetPictures = (tx: Transaction, before: string): Promise<unknown> =>
  tx.through("keeper", (keeper) =>
    keeper.run(
      sql`update shown_picture set digest = 'forgotten-' || gen_random_uuid()
        where last_shown < ${before} and digest not like 'forgotten-%'`,
    ),
  );

const measured = shownPicture.pick({ role: true, firstShown: true, lastShown: true }).extend({
  pictures: z.int(),
  toldM2: z.int(),
  allowedM2: z.int(),
});

/** How far the pictures of these days narrow a venue, through the keeper. */
export async function readLeakMeter(keeper: Transaction, today: string): Promise<LeakMeter> {
  const since = addDays(today, 1 - footprintViewDays);
  const rows = await keeper.rows(
    measured,
    sql`select role, min(first_shown) as first_shown, max(last_shown) as last_shown,
        count(*) as pictures, told_m2, allowed_m2
      from shown_picture
      where last_shown >= ${since} and told_m2 is not null
      group by role, told_m2, allowed_m2
      order by told_m2::float8 / allowed_m2, first_shown, role`,
  );
  const pictures = rows.reduce((sum, row) => sum + row.pictures, 0);
  const leaks = rows
    // A square metre is lost by rounding.
    .filter(({ toldM2, allowedM2 }) => toldM2 < allowedM2 - 1)
    .map(({ toldM2, allowedM2: _, ...leak }) => ({ ...leak, toldHa: hectares(toldM2) }));
  const [least] = rows;
  const meter = {
    since,
    pictures,
    toldHa: least ? hectares(least.toldM2) : null,
    allowedHa: least ? hectares(least.allowedM2) : null,
    leaks,
  };
  return { ...meter, sentence: sentenceOf(meter) };
}

const hectares = (squareMetres: number) => Math.round(squareMetres / 1_000) / 10;

/** Of a circle of that area, to 50 m. */
const metresAcross = (ha: number) => Math.round(Math.sqrt((4 * ha * 10_000) / Math.PI) / 50) * 50;

function sentenceOf({ since, pictures, toldHa, allowedHa, leaks }: Omit<LeakMeter, "sentence">) {
  const day = dayWords(since);
  if (toldHa === null || allowedHa === null)
    return `No picture of protected time that was shown since ${day} has been measured.`;
  const all = formatQuantity(pictures, "picture");
  const promised = `${allowedHa} ha, about ${metresAcross(allowedHa)} m across`;
  if (leaks.length === 0) {
    const told = `${toldHa} ha, about ${metresAcross(toldHa)} m across`;
    return `Shown since ${day}: ${all} of protected time. No venue could be placed more closely than ${told}. Partners were promised ${promised}.`;
  }
  const many = leaks.reduce((sum, leak) => sum + leak.pictures, 0);
  const told = toldHa === 0 ? "exactly where a venue is" : `that a venue is within ${toldHa} ha`;
  return `From ${many} of the ${all} of protected time since ${day} somebody could say ${told}. Partners were promised ${promised}. Tell them and your administrator.`;
}
