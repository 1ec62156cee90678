import type { MeetingPack } from "#core/place-plans/meeting/pack.ts";
import type { MeetingSeries } from "#core/place-plans/meeting/series.ts";
import type { Transaction } from "#server/db/database.ts";
import type { WrittenBy } from "#server/place-plans/queries/place-plans.ts";

export interface StoredSeries extends MeetingSeries {
  readonly revision: number;
}

/** The series as it holds now; null while there is none. */
export async function loadSeries(tx: Transaction): Promise<StoredSeries | null> {
  const rows = await tx.query<StoredSeries>(
    `select revision::int as "revision", week::int as "week", weekday::int as "weekday",
       to_char(first_on, 'YYYY-MM-DD') as "firstOn", starts_at as "startsAt", minutes::int as "minutes"
     from meeting_series
     order by revision desc
     limit 1`,
  );
  return rows[0] ?? null;
}

/** A new state of the series. The unique revision refuses whoever read an older one. */
export async function insertSeries(
  tx: Transaction,
  series: StoredSeries,
  by: WrittenBy,
): Promise<void> {
  await tx.query(
    `insert into meeting_series (
       revision, week, weekday, first_on, starts_at, minutes, changed_at, changed_by
     )
     values ($1::int, $2::smallint, $3::smallint, $4::date, $5::text, $6::int, $7::timestamptz, $8::text)`,
    [
      ...[series.revision, series.week, series.weekday, series.firstOn],
      ...[series.startsAt, series.minutes, new Date(by.now), by.person],
    ],
  );
}

export interface PackHead {
  readonly id: number;
  readonly number: number;
  readonly meetingOn: string;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly issuedBy: string;
}

const headColumns = `
  id::int as "id", number::int as "number", to_char(meeting_on, 'YYYY-MM-DD') as "meetingOn",
  (extract(epoch from issued_at) * 1000)::float8 as "issuedAt", issued_by as "issuedBy"`;

/** Newest first. */
export function loadPackHeads(tx: Transaction): Promise<PackHead[]> {
  return tx.query<PackHead>(`select ${headColumns} from meeting_pack order by number desc`);
}

export async function packIds(tx: Transaction): Promise<readonly number[]> {
  return (await loadPackHeads(tx)).map(({ id }) => id);
}

export interface StoredPack extends PackHead {
  readonly content: MeetingPack;
}

export async function loadPack(tx: Transaction, id: number): Promise<StoredPack | null> {
  const rows = await tx.query<StoredPack>(
    `select ${headColumns}, content as "content" from meeting_pack where id = $1::int`,
    [id],
  );
  return rows[0] ?? null;
}

/** The last pack of a meeting before this date. */
export async function packBefore(tx: Transaction, meetingOn: string): Promise<StoredPack | null> {
  const rows = await tx.query<StoredPack>(
    `select ${headColumns}, content as "content"
     from meeting_pack
     where meeting_on < $1::date
     order by meeting_on desc, number desc
     limit 1`,
    [meetingOn],
  );
  return rows[0] ?? null;
}

/** Freezes a pack; answers its number. Two at one moment: the unique number refuses the second. */
export async function insertPack(
  tx: Transaction,
  content: MeetingPack,
  by: WrittenBy,
): Promise<{ readonly id: number; readonly number: number }> {
  const rows = await tx.query<{ id: number; number: number }>(
    `insert into meeting_pack (number, meeting_on, as_at, issued_at, issued_by, content)
     select coalesce(max(number), 0) + 1, $1::date, $2::date, $3::timestamptz, $4::text, $5::jsonb
     from meeting_pack
     returning id::int as "id", number::int as "number"`,
    [...[content.meetingOn, content.asAt, new Date(by.now), by.person], JSON.stringify(content)],
  );
  const [made] = rows;
  if (!made) throw new Error("The pack was not stored");
  return made;
}
