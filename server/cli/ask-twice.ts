import { CommandError } from "#server/cli/command.ts";
import type { Terminal } from "#server/cli/terminal.ts";

/** A secret that is typed blind is asked for twice; null where nobody can be asked. */
export async function askTwice(
  terminal: Terminal,
  question: string,
  refuseUnfit: (secret: string) => void = () => undefined,
): Promise<string | null> {
  const first = await terminal.askHidden(question);
  if (first === null) return null;
  refuseUnfit(first);
  if ((await terminal.askHidden("The same again: ")) === first) return first;
  throw new CommandError("The two are not the same. Nothing was done.");
}
