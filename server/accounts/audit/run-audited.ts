import { auditedAct, unauditedAct } from "#server/accounts/audit/audited.ts";
import type { ActNotes } from "#server/acts/notes.ts";
import { operatorActor } from "#server/cli/actor.ts";
import type {
  Command,
  CommandContext,
  CommandResult,
  ParsedArguments,
} from "#server/cli/command.ts";

/** Runs a command where the database is, with its line in the audit chain. */
export async function runAudited(
  command: Command,
  context: Omit<CommandContext, keyof ActNotes>,
  args: ParsedArguments,
): Promise<CommandResult> {
  const { audit } = command;
  const act =
    "none" in audit
      ? unauditedAct(context.db)
      : auditedAct(context.db, operatorActor(context.operator), audit);
  try {
    const result = await command.run({ ...context, ...act.notes, db: act.db }, args);
    await act.done();
    return result;
  } catch (error) {
    await act.failed(error);
    throw error;
  }
}
