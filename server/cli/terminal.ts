import type { ReadStream, WriteStream } from "node:tty";
import { CommandError } from "#server/cli/command.ts";

export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly readInput: () => Promise<string>;
  /** Null when there is no terminal. */
  readonly askHidden: (question: string) => Promise<string | null>;
  readonly signal: AbortSignal;
  /** What SIGHUP does from here on, instead of stopping. */
  readonly onHangUp?: (act: () => void) => void;
}

/** Input is hidden; null when there is no terminal. */
export async function askHidden(
  question: string,
  input: ReadStream,
  output: WriteStream,
): Promise<string | null> {
  if (!input.isTTY) return null;
  output.write(question);
  input.setRawMode(true);
  input.setEncoding("utf8");
  try {
    return await readLine(input);
  } finally {
    input.setRawMode(false);
    input.pause();
    output.write("\n");
  }
}

function readLine(input: ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const line: string[] = [];
    const take = (typed: string) => {
      const end = [...typed].find((key) => !correctOrAdd(line, key));
      if (end === undefined) return;
      input.off("data", take);
      if (end === "\r" || end === "\n") resolve(line.join(""));
      else reject(new Error("Stopped."));
    };
    input.on("data", take);
    input.resume();
  });
}

/** False for the keys that end the line: return, Ctrl-C, Ctrl-D. */
function correctOrAdd(line: string[], key: string): boolean {
  if ("\r\n\u0003\u0004".includes(key)) return false;
  if (key === "\u007f" || key === "\b") line.pop();
  else if (key >= " ") line.push(key);
  return true;
}

/** Asked twice because it is typed blind; null when there is no terminal. */
export async function askTwice(
  terminal: Terminal,
  question: string,
  refuseUnfit: (secret: string) => void = () => undefined,
): Promise<string | null> {
  const first = await terminal.askHidden(question);
  if (first === null) return null;
  refuseUnfit(first);
  if ((await terminal.askHidden("Repeat it: ")) === first) return first;
  throw new CommandError("They do not match. Nothing was done.");
}

type Signal = "SIGHUP" | "SIGINT" | "SIGTERM";

/**
 * Signals end the running command, as does closing its terminal. For a service SIGHUP means
 * reloading its certificate, once it has registered (through the returned object) that it can.
 */
export function heedSignals(
  of: { readonly on: (name: Signal, act: () => void) => unknown },
  { stop, hasTerminal }: { readonly stop: () => void; readonly hasTerminal: () => boolean },
): (act: () => void) => void {
  let onHangUp = stop;
  of.on("SIGHUP", () => (hasTerminal() ? stop() : onHangUp()));
  of.on("SIGINT", stop);
  of.on("SIGTERM", stop);
  return (act) => {
    onHangUp = act;
  };
}
