import type { Command } from "#server/cli/command.ts";
import { doctorCommand } from "#server/cli/doctor.ts";
import { importCommand } from "#server/cli/import.ts";
import { importBoundariesCommand } from "#server/cli/import-boundaries.ts";
import { undoCommand } from "#server/cli/undo.ts";

/** Every command that works on the database; `serve`, `stat` and `help` are in run.ts. */
export const databaseCommands: readonly Command[] = [
  doctorCommand,
  importCommand,
  importBoundariesCommand,
  undoCommand,
];
