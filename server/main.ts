import { text } from "node:stream/consumers";
import { runCommandLine } from "#server/app/run.ts";
import { askHidden, heedSignals } from "#server/cli/terminal.ts";

/** The only file that starts anything. Returns the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  // New files are for this user only, even in an existing folder.
  process.umask(0o077);
  const controller = new AbortController();
  let interrupts = 0;
  const stop = () => {
    interrupts += 1;
    controller.abort(new Error("Stopped"));
    // A second Ctrl-C does not wait; committed work survives in the database.
    if (interrupts > 1) process.exit(1);
  };
  // A reader such as `head` may close the pipe early: not a fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? 0 : 1);
  });
  const onHangUp = heedSignals(process, { stop, hasTerminal: () => process.stdin.isTTY });
  return runCommandLine(words, {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    readInput: () => text(process.stdin),
    askHidden: (question) => askHidden(question, process.stdin, process.stderr),
    signal: controller.signal,
    onHangUp,
  });
}
