import { runAudited } from "#server/accounts/audit/audited.ts";
import type { Services } from "#server/acts/services.ts";
import type { Command, CommandResult } from "#server/cli/command.ts";

/** Runs a command where the services are, as the command line would. */
export async function runCommand(
  services: Services,
  command: Command,
  given: {
    readonly positionals?: readonly string[];
    readonly values?: Readonly<Record<string, string | boolean>>;
    readonly secret?: string;
  },
): Promise<CommandResult & { readonly said: readonly string[] }> {
  const said: string[] = [];
  const result = await runAudited(
    command,
    {
      ...services,
      say: (line) => said.push(line),
      signal: new AbortController().signal,
      operator: "tester",
      secret: given.secret ?? null,
    },
    { positionals: given.positionals ?? [], values: given.values ?? {} },
  );
  return { ...result, said };
}
