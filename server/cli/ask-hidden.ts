import type { ReadStream, WriteStream } from "node:tty";

/** Asks at the terminal for a line that is not shown; null where there is no terminal. */
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

/** In raw mode the keys that end, correct and stop come as characters like any other. */
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
