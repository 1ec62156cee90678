import { z } from "zod";
import { radiusFault } from "#core/protected-time/ground.ts";
import type { PatrolGround } from "#core/protected-time/patrol-ground.ts";
import { radiusClassesM, usualRadiusM } from "#core/protected-time/settings.ts";
import { type Result, success } from "#core/result.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { findPartner } from "#server/accounts/queries/accounts.ts";
import { CommandError, type CommandResult, command, flag } from "#server/cli/command.ts";
import { readUtf8 } from "#server/cli/files.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  type AppliedImport,
  applyImport,
} from "#server/protected-time/calendar-file/apply-import.ts";
import { type ImportPlan, planImport } from "#server/protected-time/calendar-file/plan-import.ts";
import { reportUnreadable } from "#server/protected-time/calendars.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { createPartner } from "#server/protected-time/partners.ts";
import { loadSavedPlaces, patrolGround } from "#server/protected-time/places.ts";

const mostBytes = 5 * 1024 * 1024;

const typedName = z
  .string()
  .trim()
  .min(1, "1 to 80 characters")
  .max(80, "1 to 80 characters")
  .regex(/[a-z0-9]/i, "it needs a letter or a figure");

const typedRadius = z.string().transform((word, { addIssue }) => {
  const radiusM = /^\d+$/.test(word) ? Number(word) : Number.NaN;
  const fault = radiusFault(radiusM);
  if (fault !== null) addIssue(fault);
  return radiusM;
});

/**
 * Imports a partner's calendar file. A partner unknown by name or code is created, as there is no
 * other way to start from a calendar; the answer says so.
 */
export const importCalendarCommand = command({
  name: "import-calendar",
  takes: "FILE.ics --partner NAME [--radius METRES] [--confirm] [--dry-run]",
  summary: "Import a partner's calendar, so that police keep clear",
  options: {
    partner: "Name or code of the partner; added if new",
    radius: `Metres around each place, up to ${radiusClassesM.at(-1)} (default ${usualRadiusM})`,
    confirm: "The partner has said that these are all its sessions: confirm its calendar",
    "dry-run": "Show what would be imported, without importing",
  },
  audit: { verb: "collection", act: "import a calendar", purpose: "safeguarding" },
  reads: z.object({
    file: z.string(),
    partner: typedName,
    radius: typedRadius.default(usualRadiusM),
    confirm: flag,
    "dry-run": flag,
  }),
  run: async (
    act,
    { file, partner: name, radius: radiusM, confirm: isAll, "dry-run": isDryRun },
  ) => {
    const text = await readUtf8(file, mostBytes);
    const moment = { zone: act.zone, now: act.asAt.now() };
    const request = { name, radiusM, isAll, isDryRun, text, ground: await patrolGround(act) };
    act.addDetail({ dryRun: isDryRun, confirmed: isAll });
    const outcome = await act.db.transaction(
      act.actor,
      async (tx) => {
        const made = await importInto(tx, moment, request);
        if (!made.ok) act.refuse();
        else {
          const { entries, rejected } = made.value.plan;
          const sessions = entries.filter((entry) => entry.sessions.length > 0).length;
          act.addDetail({ sessions, rejected: rejected.length });
        }
        return made;
      },
      { retries: 5, long: true },
    );
    if (!outcome.ok) throw new CommandError(outcome.reason);
    return describe(outcome.value, request);
  },
});

interface Request {
  readonly name: string;
  readonly radiusM: number;
  readonly isAll: boolean;
  readonly isDryRun: boolean;
  readonly text: string;
  readonly ground: PatrolGround | null;
}

interface Outcome {
  readonly plan: ImportPlan;
  readonly isNewPartner: boolean;
  readonly applied: AppliedImport | null;
}

async function importInto(
  tx: Transaction,
  moment: Moment,
  request: Request,
): Promise<Result<Outcome>> {
  const existing = await findPartner(tx, request.name);
  const places = existing === null ? [] : await loadSavedPlaces(tx, existing.id);
  const plan = planImport({ ...moment, ...request, places });
  if (!plan.ok) {
    // A known partner sent an unreadable file: no plan until that is fixed.
    if (existing !== null && !request.isDryRun) {
      const { now } = moment;
      await reportUnreadable(tx, { partnerId: existing.id, now, detail: plan.reason });
    }
    return plan;
  }
  const isNewPartner = existing === null;
  if (request.isDryRun) return success({ plan: plan.value, isNewPartner, applied: null });
  const partner = existing ?? (await createPartner(tx, { name: request.name, now: moment.now }));
  const { isAll } = request;
  const applied = await applyImport(tx, moment, { partnerId: partner.id, plan: plan.value, isAll });
  return success({ plan: plan.value, isNewPartner, applied });
}

function describe(
  { plan, isNewPartner, applied }: Outcome,
  { name, isAll, isDryRun }: Request,
): CommandResult {
  const kept = plan.entries.filter((entry) => entry.sessions.length > 0);
  const cells = new Set(
    plan.entries.flatMap((entry) => entry.sessions).flatMap((session) => session.place.cells),
  );
  const json = {
    sessions: kept.length,
    occurrences: kept.reduce((sum, entry) => sum + entry.occurrences, 0),
    cells: cells.size,
    rejected: plan.rejected,
    partner: name,
    partnerCreated: isNewPartner && !isDryRun,
    confirmed: isAll && !isDryRun && plan.rejected.length === 0,
    unmentioned: applied?.unmentioned ?? 0,
  };
  const lines = [
    `${formatQuantity(json.sessions, "session")}${isDryRun ? " (not stored)" : ""}: ${formatQuantity(json.cells, "cell")} closed at ${formatQuantity(json.occurrences, "time")}, up to 26 weeks ahead.`,
    ...plan.rejected.map(({ line, reason }) => `Line ${line} not taken: ${reason}`),
  ];
  if (json.partnerCreated) lines.push(`New partner: ${name}.`);
  if (plan.isCutOff) {
    lines.push("A repeat rule was kept as dates: import the calendar again within 26 weeks.");
  }
  if (json.unmentioned > 0) {
    lines.push(
      `Not in this file, but still kept clear: ${formatQuantity(json.unmentioned, "session")} from earlier imports.`,
    );
  }
  if (!isDryRun && plan.rejected.length > 0) {
    lines.push("No patrols are suggested until the partner confirms.");
  } else if (!isDryRun && !isAll) {
    lines.push("Not confirmed: ask the partner whether these are all its sessions (--confirm).");
  }
  return { json, text: lines, exit: kept.length === 0 && plan.rejected.length > 0 ? 1 : 0 };
}
