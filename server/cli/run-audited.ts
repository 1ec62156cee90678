import { auditedAct } from "#server/audit/audited.ts";
import { operatorActor } from "#server/cli/actor.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  type ParsedArguments,
} from "#server/cli/command.ts";
import { Problem } from "#server/problem.ts";

/** Runs a command where the database is, with its line in the audit chain. */
export async function runAudited(
  command: Command,
  context: Omit<CommandContext, "addDetail">,
  args: ParsedArguments,
): Promise<CommandResult> {
  const { audit } = command;
  if ("none" in audit) return command.run({ ...context, addDetail: () => undefined }, args);
  const act = auditedAct(context.db, operatorActor(context.operator), audit);
  try {
    const inside = { ...context, db: act.db, addDetail: act.addDetail };
    const result = await command.run(inside, args);
    await act.done();
    return result;
  } catch (error) {
    if (error instanceof Problem || error instanceof CommandError) await act.refused({});
    throw error;
  }
}
