import { leastAddressDays, mostAddressDays } from "#core/accounts/retention.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { leastEventYears, mostEventYears } from "#core/records/retention.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import { type Command, operatorActor, UsageError } from "#server/cli/command.ts";
import { writeSetting } from "#server/db/settings.ts";
import { dayWords } from "#server/protected-time/words.ts";
import { retentionKey } from "#server/records/event-years.ts";
import { takeBackErasure } from "#server/upkeep/retention/erase-sessions.ts";
import {
  type RetentionRound,
  runRetention,
  sourceAddressKey,
} from "#server/upkeep/retention/run-retention.ts";

export const retentionCommand: Command = {
  name: "retention",
  usage: "retention [--dry-run] [--years N] [--address-days N] | --take-back",
  summary: "Delete data past its retention period now, as the server does every hour",
  options: {
    "dry-run": { type: "boolean", summary: "Show what would be deleted, without deleting it" },
    "take-back": {
      type: "boolean",
      summary: "Bring back the outreach sessions that were erased in the last 7 days",
    },
    years: { type: "string", summary: "Set the retention of events, in whole years" },
    "address-days": {
      type: "string",
      summary: "Set the retention of addresses of refused sign-ins, in days",
    },
  },
  positionals: [0, 0],
  audit: { verb: "erasure", act: "run the retention", purpose: "administration" },
  run: async (context, { values }) => {
    const { db, operator, zone, addDetail } = context;
    const years = readWhole(values, "years", { least: leastEventYears, most: mostEventYears });
    const days = readWhole(values, "address-days", {
      least: leastAddressDays,
      most: mostAddressDays,
    });
    const dryRun = values["dry-run"] === true;
    if (values["take-back"] === true) {
      if (dryRun || years !== null || days !== null) {
        throw new UsageError("--take-back goes with no other option.");
      }
      const takenBack = await takeBackErasure(context);
      addDetail({ takenBack });
      return {
        json: { takenBack },
        text: [
          `${formatQuantity(takenBack, "outreach session is", "outreach sessions are")} back. What is past its time is erased again within the hour.`,
        ],
      };
    }
    addDetail({
      dryRun,
      ...(years === null ? {} : { years }),
      ...(days === null ? {} : { addressDays: days }),
    });
    if (dryRun && (years !== null || days !== null)) {
      const name = years === null ? "--address-days" : "--years";
      throw new UsageError(`${name} is a setting and is kept: give it without --dry-run.`);
    }
    await db.transaction(operatorActor(operator), async (tx) => {
      if (years !== null) await writeSetting(tx, retentionKey, { eventYears: years });
      if (days !== null) await writeSetting(tx, sourceAddressKey, { days });
    });
    const round = await runRetention(context, { dryRun });
    return { json: { dryRun, ...jsonOf(zone, round) }, text: textOf(round, zone, dryRun) };
  },
};

function readWhole(
  values: Readonly<Record<string, unknown>>,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | null {
  const value = values[name];
  if (value === undefined) return null;
  const given = Number(value);
  if (Number.isInteger(given) && given >= least && given <= most) return given;
  throw new UsageError(
    `--${name} is a whole number from ${least} to ${most}, not "${String(value)}".`,
  );
}

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
