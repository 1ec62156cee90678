import { auditCommand } from "#server/cli/audit.ts";
import { backtestCommand } from "#server/cli/backtest.ts";
import { backupCommand } from "#server/cli/backup.ts";
import { batchesCommand } from "#server/cli/batches.ts";
import { checkPlanCommand } from "#server/cli/check-plan.ts";
import type { Command } from "#server/cli/command.ts";
import { displacementCommand } from "#server/cli/displacement.ts";
import { doctorCommand } from "#server/cli/doctor.ts";
import { hotspotsCommand } from "#server/cli/hotspots.ts";
import { importCommand } from "#server/cli/import.ts";
import { importBoundariesCommand } from "#server/cli/import-boundaries.ts";
import { importCalendarCommand } from "#server/cli/import-calendar.ts";
import { importGazetteerCommand, removeGazetteerCommand } from "#server/cli/import-gazetteer.ts";
import { importLayerCommand } from "#server/cli/import-layer.ts";
import { incidentsCommand } from "#server/cli/incidents.ts";
import { loadDemoCommand } from "#server/cli/load-demo.ts";
import { logPatrolCommand } from "#server/cli/log-patrol.ts";
import { meetingCommand } from "#server/cli/meeting.ts";
import { migrateCommand } from "#server/cli/migrate.ts";
import { neighbourCommand } from "#server/cli/neighbour.ts";
import { operationCommand } from "#server/cli/operation.ts";
import { partnerCommand } from "#server/cli/partner.ts";
import { placePlanCommand } from "#server/cli/place-plan.ts";
import { planCommand } from "#server/cli/plan.ts";
import { profileCommand } from "#server/cli/profile.ts";
import { releaseCommand } from "#server/cli/release.ts";
import { restoreCommand } from "#server/cli/restore.ts";
import { retentionCommand } from "#server/cli/retention.ts";
import { tallyCommand } from "#server/cli/tally.ts";
import { undoCommand } from "#server/cli/undo.ts";
import { userCommand } from "#server/cli/user.ts";
import { watchCommand } from "#server/cli/watch.ts";

/** Every command that works on the database; `serve`, `stat` and `help` are in run.ts. */
export const databaseCommands: readonly Command[] = [
  auditCommand,
  backtestCommand,
  backupCommand,
  batchesCommand,
  checkPlanCommand,
  displacementCommand,
  doctorCommand,
  hotspotsCommand,
  importCommand,
  importBoundariesCommand,
  importCalendarCommand,
  importLayerCommand,
  importGazetteerCommand,
  incidentsCommand,
  logPatrolCommand,
  operationCommand,
  neighbourCommand,
  partnerCommand,
  placePlanCommand,
  planCommand,
  profileCommand,
  loadDemoCommand,
  meetingCommand,
  migrateCommand,
  releaseCommand,
  removeGazetteerCommand,
  restoreCommand,
  retentionCommand,
  tallyCommand,
  undoCommand,
  userCommand,
  watchCommand,
];
