import { open, readFile, rm } from "node:fs/promises";
import { formatCount } from "#core/text/numbers.ts";
import { readKeptHead } from "#server/accounts/audit/chain.ts";
import { exportChain, readAuditHead } from "#server/accounts/audit/read.ts";
import { verifyChain } from "#server/accounts/audit/verify.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";

/** The log of who did what: whether it is whole, its last row, and all of it as a file. */
export const auditCommand: Command = {
  name: "audit",
  usage: "audit verify [--head FILE|HASH] | audit head | audit export FILE [--csv]",
  summary: "Check the audit log for tampering, show its head, or export it",
  options: {
    head: {
      type: "string",
      summary:
        "with verify: a head kept elsewhere (its hash, the output of audit head, or an exported file), to find rows missing at the end",
    },
    csv: { type: "boolean", summary: "with export: CSV instead of JSON lines" },
  },
  positionals: [1, 2],
  files: [1],
  fileOptions: ["head"],
  audit: { verb: "consultation", act: "read the audit chain", purpose: "oversight" },
  run: (context, args) => {
    const [what, file] = args.positionals;
    const { head, csv } = args.values;
    const isMixed =
      (head !== undefined && what !== "verify") || (csv !== undefined && what !== "export");
    if (what === undefined || isMixed) throw new UsageError("Give verify, head or export FILE.");
    const isFileWanted = what === "export";
    if (isFileWanted !== (file !== undefined)) {
      throw new UsageError(isFileWanted ? "Give FILE." : `"audit ${what}" takes no file.`);
    }
    if (what === "verify") return verify(context, args);
    if (what === "head") return showHead(context);
    if (what === "export") return exportTo(context, file ?? "", csv === true);
    throw new UsageError(`There is no "audit ${what}".`);
  },
};

async function verify(context: CommandContext, { values }: ParsedArguments) {
  context.restate({ act: "verify the audit chain" });
  const kept = typeof values["head"] === "string" ? await keptHead(values["head"]) : null;
  let told = performance.now();
  const verdict = await verifyChain(context.db, operatorAct(context).actor, {
    kept,
    signal: context.signal,
    onProgress: ({ rows, of }) => {
      if (performance.now() - told < 2_000) return;
      told = performance.now();
      context.say(`${formatCount(rows)} of ${formatCount(of)} rows`);
    },
  });
  const head = verdict.head ? [`Head: ${headLine(verdict.head)}`] : [];
  const text = [verdict.sentence, ...head];
  return { json: verdict, text, exit: verdict.ok ? 0 : 1 } satisfies CommandResult;
}

async function keptHead(given: string) {
  const direct = readKeptHead(given);
  if (direct) return direct;
  let text: string;
  try {
    text = await readFile(given, "utf8");
  } catch (cause) {
    throw new CommandError(
      `${given} cannot be read. Give the file that "audit head" or "audit export" wrote, or the hash itself (64 digits).`,
      { cause },
    );
  }
  const kept = readKeptHead(text);
  if (kept) return kept;
  throw new CommandError(
    `${given} does not end with the head of an audit log. Give the file that "audit head" or "audit export" wrote.`,
  );
}

async function showHead(context: CommandContext): Promise<CommandResult> {
  context.restate({ act: "read the head of the audit chain" });
  const { db, actor } = operatorAct(context);
  const head = await db.transaction(actor, readAuditHead);
  return {
    json: { head },
    text: [head ? headLine(head) : "The log is empty: nothing has been recorded yet."],
  };
}

async function exportTo(
  context: CommandContext,
  file: string,
  isCsv: boolean,
): Promise<CommandResult> {
  context.restate({ verb: "disclosure", act: "export the audit chain" });
  // Never over another file: it may be the one that an earlier head was kept in.
  const target = await open(file, "wx", 0o600).catch((cause: NodeJS.ErrnoException) => {
    const isThere = cause.code === "EEXIST";
    const why = isThere ? "already exists" : "cannot be written";
    throw new CommandError(`${file} ${why}. Nothing was exported. Give another name.`, { cause });
  });
  try {
    const format = isCsv ? "csv" : "ndjson";
    const { db, actor } = operatorAct(context);
    const { head, text } = await exportChain(db, actor, format);
    for await (const part of text) await target.write(part);
    await target.close();
    const lines = head
      ? [`Rows up to ${head.id} are in ${file}.`, `Head: ${headLine(head)}`]
      : [`The log is empty. ${file} says so.`];
    return { json: { file, format, head }, text: lines };
  } catch (error) {
    // Half a log looks like a whole one.
    await target.close();
    await rm(file, { force: true });
    throw error;
  }
}

function headLine({ id, at, hash }: { id: string; at: string; hash: string }): string {
  return `${id} ${at} ${hash}`;
}
