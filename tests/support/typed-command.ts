import { runCommandLine } from "#server/app/run.ts";
import type { Terminal } from "#server/cli/terminal.ts";

/** What a person sees who types a command; `answers` are what they type when they are asked. */
export async function typeCommand(line: readonly string[], answers: readonly string[] = []) {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const typed = [...answers];
  const terminal: Terminal = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    readInput: () => Promise.resolve(""),
    askHidden: async (question) => {
      asked.push(question);
      return typed.shift() ?? null;
    },
    signal: new AbortController().signal,
  };
  const exit = await runCommandLine(line, terminal);
  return { exit, out, err, asked, all: [...out, ...err].join("\n") };
}
