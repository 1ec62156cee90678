import { auditCommand } from "#server/accounts/commands/audit.ts";
import { pushCommand } from "#server/accounts/commands/push.ts";
import { userCommand } from "#server/accounts/commands/user.ts";
import { doCommand } from "#server/app/do-command.ts";
import { doctorCommand } from "#server/app/doctor.ts";
import { loadDemoCommand, migrateCommand } from "#server/app/set-up-commands.ts";
import { actionsOf } from "#server/cli/arguments.ts";
import type { Action, Command } from "#server/cli/command.ts";
import { displacementCommand } from "#server/displacement/commands/displacement.ts";
import { hotspotsCommand } from "#server/hotspots/commands/hotspots.ts";
import { backtestCommand } from "#server/patrols/commands/backtest.ts";
import { checkPlanCommand } from "#server/patrols/commands/check-plan.ts";
import { forecastCommand } from "#server/patrols/commands/forecast.ts";
import { importPositionsCommand } from "#server/patrols/commands/import-positions.ts";
import { logPatrolCommand } from "#server/patrols/commands/log-patrol.ts";
import { planCommand } from "#server/patrols/commands/plan.ts";
import { positionsCommand } from "#server/patrols/commands/positions.ts";
import {
  importBoundariesCommand,
  importGazetteerCommand,
  importLayerCommand,
} from "#server/places/commands/imports.ts";
import { placesCommand } from "#server/places/commands/places.ts";
import { routeCommand } from "#server/places/commands/route.ts";
import { basemapCommand, streetsCommand } from "#server/places/commands/streets.ts";
import { importCalendarCommand } from "#server/protected-time/commands/import-calendar.ts";
import { leakMeterCommand } from "#server/protected-time/commands/leak-meter.ts";
import { partnerCommand } from "#server/protected-time/commands/partner.ts";
import { batchesCommand, undoCommand } from "#server/records/commands/batches.ts";
import { exportCommand } from "#server/records/commands/export-events.ts";
import { importCommand } from "#server/records/commands/import.ts";
import { releaseCommand } from "#server/releases/commands/release.ts";
import { backupCommand, restoreCommand } from "#server/upkeep/commands/backup.ts";
import { clockCommand } from "#server/upkeep/commands/clock.ts";
import { retentionCommand } from "#server/upkeep/commands/retention.ts";
import { teamCommand } from "#server/upkeep/commands/team.ts";
import { placeDemoInWords } from "#server/upkeep/demo/place-demo.ts";

/** Every command that works on the database; `serve`, `stat` and `help` are in run.ts. */
export const databaseCommands: readonly Command[] = [
  auditCommand,
  backtestCommand,
  backupCommand,
  withDemo(basemapCommand),
  batchesCommand,
  checkPlanCommand,
  clockCommand,
  displacementCommand,
  doCommand,
  doctorCommand,
  exportCommand,
  forecastCommand,
  hotspotsCommand,
  importCommand,
  importBoundariesCommand,
  importCalendarCommand,
  importLayerCommand,
  importGazetteerCommand,
  importPositionsCommand,
  leakMeterCommand,
  logPatrolCommand,
  partnerCommand,
  placesCommand,
  planCommand,
  positionsCommand,
  pushCommand,
  loadDemoCommand,
  migrateCommand,
  releaseCommand,
  restoreCommand,
  retentionCommand,
  routeCommand,
  withDemo(streetsCommand),
  teamCommand,
  undoCommand,
  userCommand,
];

function withDemo(command: Command): Command {
  const given = actionsOf(command).map(([word, action]) => [
    word,
    "alone" in action ? action : { ...action, run: placing(action) },
  ]);
  return { ...command, words: Object.fromEntries(given) as Record<string, Action> };
}

function placing(action: Action): Action["run"] {
  return async (act, given) => {
    const result = await action.run(act, given);
    const words = await placeDemoInWords(act);
    return words ? { ...result, text: [...result.text, words] } : result;
  };
}
