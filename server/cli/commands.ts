import type { Command } from "#server/cli/command.ts";
import { doctorCommand } from "#server/cli/doctor.ts";

/** Every command that works on the database; `serve`, `stat` and `help` are in run.ts. */
export const databaseCommands: readonly Command[] = [doctorCommand];
