import type { PartnerRow } from "#server/accounts/queries/accounts.ts";
import type { Transaction } from "#server/db/database.ts";

export async function insertPartner(
  tx: Transaction,
  partner: { readonly code: string; readonly name: string; readonly now: number },
): Promise<PartnerRow> {
  const rows = await tx.query<PartnerRow>(
    `insert into partner (code, name, created_at)
     values ($1::text, $2::text, $3::timestamptz)
     returning id::text as "id", code as "code", name as "name"`,
    [partner.code, partner.name, new Date(partner.now)],
  );
  return rows[0] as PartnerRow;
}

export async function setCalendarKnownUntil(
  tx: Transaction,
  partnerId: string,
  date: string | null,
): Promise<void> {
  await tx.query("update partner set calendar_known_until = $2::date where id = $1::bigint", [
    partnerId,
    date,
  ]);
}

export interface CalendarRow {
  readonly partnerId: string;
  readonly knownUntil: string | null;
  readonly state: "confirmed" | "unreadable" | null;
  readonly reportedAt: number | null;
  readonly pausedUntil: string | null;
}

/**
 * The last word on each partner's calendar before an instant. Later words count by order of entry:
 * in the demonstration the same day begins again with every real one.
 */
export function loadCalendars(
  tx: Transaction,
  { before, partnerId = null }: { readonly before: number; readonly partnerId?: string | null },
): Promise<CalendarRow[]> {
  return tx.query<CalendarRow>(
    `select
       partner.id::text as "partnerId",
       to_char(partner.calendar_known_until, 'YYYY-MM-DD') as "knownUntil",
       report.state as "state",
       (extract(epoch from report.reported_at) * 1000)::float8 as "reportedAt",
       to_char(report.paused_until, 'YYYY-MM-DD') as "pausedUntil"
     from partner
     left join lateral (
       select calendar_report.state, calendar_report.reported_at, calendar_report.paused_until
       from calendar_report
       where calendar_report.partner_id = partner.id and calendar_report.reported_at < $1::timestamptz
       order by calendar_report.id desc
       limit 1
     ) as report on true
     where partner.left_at is null and ($2::bigint is null or partner.id = $2::bigint)
     order by partner.id`,
    [new Date(before), partnerId],
  );
}

export async function insertCalendarReport(
  tx: Transaction,
  report: {
    readonly partnerId: string;
    readonly now: number;
    readonly state: "confirmed" | "unreadable";
    readonly detail: string | null;
    readonly pausedUntil: string | null;
  },
): Promise<void> {
  await tx.query(
    `insert into calendar_report (partner_id, reported_at, state, detail, paused_until)
     values ($1::bigint, $2::timestamptz, $3::text, $4::text, $5::date)`,
    [report.partnerId, new Date(report.now), report.state, report.detail, report.pausedUntil],
  );
}
