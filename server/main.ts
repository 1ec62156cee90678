import { text } from "node:stream/consumers";
import { runCommandLine } from "#server/app/run.ts";
import { askHidden, heedSignals } from "#server/cli/terminal.ts";

/** The only file that starts anything. Returns the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  // Whatever is written is for this user alone, in a folder that was there before too.
  process.umask(0o077);
  const controller = new AbortController();
  let interrupts = 0;
  const stop = () => {
    interrupts += 1;
    controller.abort(new Error("Stopped"));
    // A second Ctrl-C does not wait; the database recovers what was committed.
    if (interrupts > 1) process.exit(1);
  };
  // A reader that has seen enough, such as `head`, closes the pipe: not a fault.
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
