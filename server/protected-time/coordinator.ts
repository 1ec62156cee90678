import { z } from "zod";
import { instant } from "#core/contract/fields.ts";
import {
  type CoordinatorReply,
  type ObjectionBody,
  objection,
  type PartnerState,
} from "#core/protected-time/wire/coordinator.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { dayMs, hourMs } from "#core/time/zone.ts";
import { partnerRow } from "#server/accounts/queries/accounts.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";
import { calendarStanding } from "#server/protected-time/calendars.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { readLeakMeter } from "#server/protected-time/leak-meter.ts";
import { asPartner, type Own } from "#server/protected-time/partners.ts";
import { calendarOf, knownCalendars } from "#server/protected-time/queries/calendars.ts";

export const objectionKeptMs = 90 * dayMs;
const remindAgainMs = 20 * hourMs;

export const readCoordination = (act: Act) =>
  act.db.transaction(act.actor, async (tx) => {
    const view = await coordinatorView(tx, act);
    act.addDetail({ partners: view.partners.length });
    return view;
  });

/** Once a day at most: a partner that is reminded by the hour stops reading. */
export const remindPartner = (act: Act, code: string) =>
  changed(act, async (tx, moment) => {
    const [partner] = await coordinatedPartners(tx, sql`partner.code = ${code}`);
    if (!partner) throw new Problem(404, "No such partner", "There is no partner of this code.");
    const { id, name, remindedAt } = partner;
    const { report } = await tx.through("keeper", (keeper) => calendarOf(keeper, moment, id));
    if (calendarStanding(moment, report).state === "confirmed") {
      throw new Problem(409, "Not reminded", `${name} has confirmed its calendar.`);
    }
    if (remindedAt !== null && moment.now - Date.parse(remindedAt) < remindAgainMs) {
      throw new Problem(409, "Not reminded", `${name} was reminded less than a day ago.`);
    }
    await tx.run(
      sql`insert into calendar_reminder (partner_id, asked_at, asked_by)
        values (${id}, ${new Date(moment.now)}, acting_person())
        on conflict (partner_id) do update
        set asked_at = excluded.asked_at, asked_by = excluded.asked_by`,
    );
    act.addDetail({ partner: id });
  });

/** Marks the report as read; its partner sees that. */
export const noteCame = (act: Act, key: string) =>
  changed(act, async (tx, { now }) => {
    const isThere = await tx.through("keeper", (keeper) =>
      keeper.did(
        sql`update police_came
          set read_at = coalesce(read_at, ${new Date(now)}), read_by = coalesce(read_by, acting_person())
          where key = ${key}`,
      ),
    );
    if (!isThere) throw new Problem(404, "Not found", "It was undone or has been erased.");
  });

/** A second answer takes the place of the first. */
export const answerObjection = (act: Act, key: string, words: string) =>
  changed(act, async (tx, { now }) => {
    const isThere = await tx.did(
      sql`update objection
        set answer = ${words}, answered_at = ${new Date(now)}, answered_by = acting_person()
        where key = ${key}`,
    );
    if (!isThere) throw new Problem(404, "Not found", "There is no such objection.");
  });

function changed(
  act: Act,
  work: (tx: Transaction, moment: Moment) => Promise<void>,
): Promise<CoordinatorReply> {
  const moment = { zone: act.zone, now: act.asAt.now() };
  return act.db.transaction(act.actor, async (tx) => {
    await work(tx, moment);
    return coordinatorView(tx, act);
  });
}

export const readOwnObjections = (act: Act) =>
  asPartner(act, async (own) => {
    const reply = await ownObjections(own);
    act.addDetail({ objections: reply.objections.length });
    return reply;
  });

export const raiseObjection = (act: Act, { about, words }: ObjectionBody) =>
  asPartner(act, async (own) => {
    act.addDetail({ about });
    await own.tx.run(
      sql`insert into objection (partner_id, about, words, raised_at, raised_by)
        values (${own.partnerId}, ${about}, ${words}, ${new Date(own.now)}, acting_person())`,
    );
    return ownObjections(own);
  });

async function ownObjections({ tx }: Own) {
  const objections = await loadObjections(tx, true);
  return { objections: objections.map(({ partner: _, ...own }) => own) };
}

/**
 * Objections the caller may see: a partner its own. Open ones first; without words for readers who
 * may only know that there was one.
 */
function loadObjections(tx: Transaction, withWords: boolean) {
  const words = withWords ? sql`words, answer` : sql`null as words, null as answer`;
  return tx.rows(
    objection.extend({ partner: z.string() }),
    sql`select key as id, about, ${words}, raised_at, answered_at, partner.name as partner
      from objection
      join partner on partner.id = partner_id
      order by answered_at is not null, objection.id desc
      limit 200`,
  );
}

export async function deleteOldObjections(
  tx: Transaction,
  answeredBefore: number,
): Promise<number> {
  const gone = await tx.rows(
    z.object({ id: z.string() }),
    sql`delete from objection where answered_at < ${new Date(answeredBefore)} returning id`,
  );
  return gone.length;
}

const cameReport = z.object({
  id: z.uuid(),
  partner: z.string(),
  reportedAt: instant,
  readAt: instant.nullable(),
});

/**
 * The coordinator's whole view: confirmations and messages. Worded through the keeper's door, as
 * the coordinator has no right to any session.
 */
async function coordinatorView(tx: Transaction, act: Act): Promise<CoordinatorReply> {
  const moment = { zone: act.zone, now: act.asAt.now() };
  const partners = await partnerStates(tx, moment);
  // That police came and when the partner said so, never at which session.
  const came = await tx.through("keeper", (keeper) =>
    keeper.rows(
      cameReport,
      sql`select police_came.key as id, partner.name as partner, reported_at, read_at
        from police_came
        join outreach_session on outreach_session.id = session_id
        join partner on partner.id = partner_id
        where partner.left_at is null
        order by reported_at desc, police_came.key
        limit 200`,
    ),
  );
  const objections = await loadObjections(tx, act.actor.role === "coordinator");
  return {
    sentence: sentenceOf(partners, {
      unread: came.filter(({ readAt }) => readAt === null).length,
      open: objections.filter(({ answeredAt }) => answeredAt === null).length,
    }),
    leakMeter: await tx.through("keeper", (keeper) => readLeakMeter(keeper, act.asAt.date())),
    partners,
    came: came.map(({ id, partner, reportedAt, readAt }) => ({
      id,
      partner,
      reportedOn: reportedAt.slice(0, 10),
      readOn: readAt?.slice(0, 10) ?? null,
    })),
    objections,
  };
}

async function partnerStates(tx: Transaction, moment: Moment): Promise<PartnerState[]> {
  const partners = await coordinatedPartners(tx, sql`true`);
  const { calendars, unseconded } = await tx.through("keeper", async (keeper) => ({
    calendars: await knownCalendars(keeper, moment),
    unseconded: await unsecondedByPartner(keeper, moment),
  }));
  return partners.map(({ id, code, name, remindedAt, erasedFrom }) => ({
    code,
    name,
    ...calendarStanding(moment, calendars.get(id)?.report ?? null),
    remindedAt,
    unseconded: unseconded.get(id) ?? 0,
    erasedFrom,
  }));
}

const coordinatedPartner = partnerRow.extend({
  remindedAt: instant.nullable(),
  erasedFrom: instant.nullable(),
});

const coordinatedPartners = (tx: Transaction, condition: Sql) =>
  tx.rows(
    coordinatedPartner,
    sql`select partner.id, code, name, calendar_reminder.asked_at as reminded_at,
        leaving.due_at as erased_from
      from partner
      left join calendar_reminder on calendar_reminder.partner_id = partner.id
      left join leaving on leaving.partner_id = partner.id
      where partner.left_at is null and ${condition}
      order by name, partner.id`,
  );

/** Coming closures awaiting a second person; through the keeper. */
async function unsecondedByPartner(keeper: Transaction, { now }: Moment) {
  const rows = await keeper.rows(
    z.object({ partnerId: z.string(), count: z.int() }),
    sql`select partner_id, count(*) as count
      from second_word
      join outreach_session on outreach_session.id = second_word.session_id
      where second_word.confirmed_at is null and ended_at is null
        and exists (
          select from occupancy
          where occupancy.session_id = outreach_session.id and upper(during) > ${new Date(now)}
        )
      group by partner_id`,
  );
  return new Map(rows.map(({ partnerId, count }) => [partnerId, count]));
}

function sentenceOf(
  partners: readonly PartnerState[],
  { unread, open }: { readonly unread: number; readonly open: number },
): string {
  if (partners.length === 0) return "There is no outreach partner yet.";
  const confirmed = partners.filter(({ state }) => state === "confirmed").length;
  const parts = [`${confirmed} of ${partners.length} partners have confirmed their calendar`];
  const leaving = partners.filter(({ erasedFrom }) => erasedFrom !== null).length;
  if (leaving > 0) parts.push(`${leaving} asked to leave`);
  if (unread > 0) parts.push(`${formatQuantity(unread, "new report")} that police came`);
  if (open > 0)
    parts.push(`${formatQuantity(open, "objection waits", "objections wait")} for an answer`);
  return `${parts.join("; ")}.`;
}
