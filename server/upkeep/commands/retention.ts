import { z } from "zod";
import { leastAddressDays, mostAddressDays } from "#core/accounts/retention.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { leastEventYears, mostEventYears } from "#core/records/retention.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import { command, flag, UsageError, wholeNumber } from "#server/cli/command.ts";
import { writeSetting } from "#server/db/settings.ts";
import { dayWords } from "#server/protected-time/words.ts";
import { retentionKey } from "#server/records/event-years.ts";
import { takeBackErasure } from "#server/upkeep/retention/erase-sessions.ts";
import {
  type RetentionRound,
  runRetention,
  sourceAddressKey,
} from "#server/upkeep/retention/run-retention.ts";

export const retentionCommand = command({
  name: "retention",
  takes: "[--dry-run] [--years N] [--address-days N] | [--take-back]",
  summary: "Delete data past its retention period now, as the server does every hour",
  options: {
    "dry-run": "Show what would be deleted, without deleting it",
    "take-back": "Bring back the outreach sessions that were erased in the last 7 days",
    years: "Set the retention of events, in whole years",
    "address-days": "Set the retention of addresses of refused sign-ins, in days",
  },
  audit: { verb: "erasure", act: "run the retention", purpose: "administration" },
  reads: z.object({
    "dry-run": flag,
    "take-back": flag,
    years: wholeNumber(leastEventYears, mostEventYears).optional(),
    "address-days": wholeNumber(leastAddressDays, mostAddressDays).optional(),
  }),
  run: async (act, { "dry-run": dryRun, "take-back": isTakenBack, ...settings }) => {
    const { db, actor, zone, addDetail } = act;
    const { years, "address-days": addressDays } = settings;
    const isSet = years !== undefined || addressDays !== undefined;
    if (isTakenBack) {
      if (dryRun || isSet) throw new UsageError("--take-back goes with no other option.");
      const takenBack = await takeBackErasure(act);
      addDetail({ takenBack });
      return {
        json: { takenBack },
        text: [
          `${formatQuantity(takenBack, "outreach session is", "outreach sessions are")} back. What is past its time is erased again within the hour.`,
        ],
      };
    }
    if (dryRun && isSet) {
      const name = years === undefined ? "--address-days" : "--years";
      throw new UsageError(`${name} is a setting and is kept: give it without --dry-run.`);
    }
    addDetail({
      dryRun,
      ...(years === undefined ? {} : { years }),
      ...(addressDays === undefined ? {} : { addressDays }),
    });
    await db.transaction(actor, async (tx) => {
      if (years !== undefined) await writeSetting(tx, retentionKey, { eventYears: years });
      if (addressDays !== undefined)
        await writeSetting(tx, sourceAddressKey, { days: addressDays });
    });
    const round = await runRetention(act, { dryRun });
    return { json: { dryRun, ...jsonOf(zone, round) }, text: textOf(round, zone, dryRun) };
  },
});

function jsonOf(zone: Zone, { events, outreach, footprintViews, patrolDays }: RetentionRound) {
  const dated = <Removal extends { readonly dueAt: number }>(removal: Removal | null) =>
    removal && { ...removal, dueAt: formatInstant(zone, removal.dueAt) };
  return {
    events: events && {
      ...events,
      announced: dated(events.announced),
      pending: dated(events.pending),
    },
    outreach,
    footprintViews,
    patrolDays,
  };
}

function textOf(round: RetentionRound, zone: Zone, dryRun: boolean): string[] {
  const { events, outreach, footprintViews, patrolDays } = round;
  const would = dryRun ? "would be" : "were";
  const lines = [
    `Outreach: ${outreach.sessions} sessions that ended more than ${sessionDays} days ago ${would} erased, with ${outreach.visits} visits counted first. ${outreach.exceptions + outreach.reports + outreach.notices} dates and notices and ${outreach.protectedRows} rows of past protected time were erased with them.`,
    `Views of footprints: ${footprintViews} ${would} erased.`,
    `Days of recorded patrol time: ${patrolDays} ${would} erased.`,
  ];
  if (events === null) return [...lines, "Events: demonstration events are kept."];
  if (events.removed !== null) {
    const count = Object.values(events.removed.byKind).reduce((sum, one) => sum + one, 0);
    lines.push(`Events: ${count} from before ${dayWords(events.removed.before)} ${would} removed.`);
  }
  if (events.withdrawn) lines.push("Events: an announced deletion was cancelled.");
  if (events.pending !== null) {
    const { before, dueAt, count, later } = events.pending;
    lines.push(
      `Events: ${count} from before ${dayWords(before)} are waiting: they were announced for removal on ${dayWords(zone.dateOf(dueAt))}.`,
    );
    if (later > 0)
      lines.push(`Events: ${later} more have arrived since and are not announced yet.`);
  }
  if (events.announced !== null) {
    const { before, dueAt, count } = events.announced;
    lines.push(
      `Events: ${count} from before ${dayWords(before)} ${dryRun ? "would be" : "are"} announced for removal on ${dayWords(zone.dateOf(dueAt))}.`,
    );
  } else if (events.removed === null && events.pending === null) {
    lines.push("Events: nothing to delete or announce.");
  }
  return lines;
}
