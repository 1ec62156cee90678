import { open, readFile, rm } from "node:fs/promises";
import { z } from "zod";
import { formatCount } from "#core/text/numbers.ts";
import { readKeptHead } from "#server/accounts/audit/chain.ts";
import { exportChain, readAuditHead } from "#server/accounts/audit/read.ts";
import { verifyChain } from "#server/accounts/audit/verify.ts";
import {
  action,
  type Command,
  type CommandAct,
  CommandError,
  type CommandResult,
  flag,
} from "#server/cli/command.ts";

const purpose = "oversight";

export const auditCommand: Command = {
  name: "audit",
  summary: "Check the audit log for tampering, show its head, or export it",
  options: {
    head: "a head kept elsewhere (its hash, the output of audit head, or an exported file), to find rows missing at the end",
    csv: "CSV instead of JSON lines",
  },
  words: {
    verify: action({
      takes: "[--head FILE|HASH]",
      audit: { verb: "consultation", act: "verify the audit chain", purpose },
      reads: z.object({ head: z.string().optional() }),
      run: verify,
    }),
    head: action({
      audit: { verb: "consultation", act: "read the head of the audit chain", purpose },
      run: async ({ db, actor }) => {
        const head = await db.transaction(actor, readAuditHead);
        const none = "The log is empty: nothing has been recorded yet.";
        return { json: { head }, text: [head ? headLine(head) : none] };
      },
    }),
    export: action({
      takes: "FILE [--csv]",
      audit: { verb: "disclosure", act: "export the audit chain", purpose },
      reads: z.object({ file: z.string(), csv: flag }),
      run: exportTo,
    }),
  },
};

async function verify(
  { db, actor, signal, say }: CommandAct,
  { head }: { readonly head?: string | undefined },
): Promise<CommandResult> {
  const kept = head === undefined ? null : await keptHead(head);
  let told = performance.now();
  const verdict = await verifyChain(db, actor, {
    kept,
    signal,
    onProgress: ({ rows, of }) => {
      if (performance.now() - told < 2_000) return;
      told = performance.now();
      say(`${formatCount(rows)} of ${formatCount(of)} rows`);
    },
  });
  const last = verdict.head ? [`Head: ${headLine(verdict.head)}`] : [];
  return { json: verdict, text: [verdict.sentence, ...last], exit: verdict.ok ? 0 : 1 };
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

async function exportTo(
  { db, actor }: CommandAct,
  { file, csv }: { readonly file: string; readonly csv: boolean },
): Promise<CommandResult> {
  // Never overwrite a file: it may hold an earlier head.
  const target = await open(file, "wx", 0o600).catch((cause: NodeJS.ErrnoException) => {
    const isThere = cause.code === "EEXIST";
    const why = isThere ? "already exists" : "cannot be written";
    throw new CommandError(`${file} ${why}. Nothing was exported. Give another name.`, { cause });
  });
  try {
    const format = csv ? "csv" : "ndjson";
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
