import { Readable } from "node:stream";
import type { AuditVerdict, VerifyLine } from "#core/accounts/wire/audit.ts";
import type { Actor } from "#core/role.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import {
  type ChainFindings,
  createChainCheck,
  type KeptHead,
} from "#server/accounts/audit/chain.ts";
import { chainBlocks, readAuditHead } from "#server/accounts/audit/read.ts";
import { type Database, DatabaseError, type Transaction } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { logFault } from "#server/http/request-log.ts";
import type { RequestContext } from "#server/http/route.ts";

export interface VerifyOptions {
  readonly kept?: KeptHead | null | undefined;
  readonly onProgress?: (progress: { readonly rows: number; readonly of: number }) => void;
  readonly signal?: AbortSignal;
}

/**
 * Recomputes the whole chain, independently of the database, up to its last row at the start. Each
 * block is a separate transaction, so that nothing waits for the whole.
 */
export function verifyChain(
  db: Database,
  actor: Actor,
  options: VerifyOptions = {},
): Promise<AuditVerdict> {
  return verdictOf((work) => db.transaction(actor, work), options);
}

/** Inside a transaction, for a restore before it is committed. */
export function verifyChainIn(tx: Transaction, options: VerifyOptions = {}): Promise<AuditVerdict> {
  return verdictOf((work) => work(tx), options);
}

async function verdictOf(
  run: Parameters<typeof chainBlocks>[0],
  { kept = null, onProgress, signal }: VerifyOptions,
): Promise<AuditVerdict> {
  const last = await run(readAuditHead);
  const began = performance.now();
  const check = createChainCheck(kept);
  signal?.throwIfAborted();
  for await (const rows of chainBlocks(run, last?.id ?? "0")) {
    for (const row of rows) check.push(row);
    onProgress?.({ rows: check.rows(), of: Math.max(Number(last?.id ?? 0), check.rows()) });
    signal?.throwIfAborted();
  }
  const findings = check.finish();
  return {
    ok: findings.broken === null,
    ...findings,
    sentence: sentenceOf(findings),
    seconds: Math.round(performance.now() - began) / 1000,
  };
}

function sentenceOf({ rows, head, keptRow, broken, brokenRows }: ChainFindings): string {
  const counted = formatQuantity(rows, "row");
  if (broken?.what === "head" && brokenRows === 1) {
    return `${counted} are unchanged and in order, but none has the hash that was kept. First compare what you typed with the paper. If it is right: ${broken.sentence.charAt(0).toLowerCase()}${broken.sentence.slice(1)}`;
  }
  if (broken) {
    const more = brokenRows - 1;
    const others = more > 0 ? ` ${formatCount(more)} more after it.` : "";
    return `The log was changed at row ${broken.row}. ${broken.sentence}${others}`;
  }
  if (head === null) return "The log is empty: nothing has been recorded yet.";
  const kept = keptRow === null ? "" : ` The head that was kept is row ${keptRow}.`;
  return `The log is intact: ${counted}, all unchanged.${kept}`;
}

const progressEveryMs = 100;

/** NDJSON progress; closing the stream stops it. */
export function streamVerification(context: RequestContext, hash: string | undefined): Readable {
  const stream = new Readable({ read: () => undefined });
  const tell = (line: VerifyLine) => {
    if (!stream.destroyed) stream.push(`${JSON.stringify(line)}\n`);
  };
  let toldAt = 0;
  verifyChain(context.db, context.actor, {
    kept: hash === undefined ? null : { hash },
    signal: context.signal,
    onProgress: (progress) => {
      if (performance.now() - toldAt < progressEveryMs) return;
      toldAt = performance.now();
      tell({ progress });
    },
  })
    .then((verdict) => tell({ verdict }))
    .catch((error: unknown) => {
      if (context.signal.aborted) return;
      logFault(context.request, error);
      tell({ problem: problemWords(error) });
    })
    .finally(() => stream.push(null));
  return stream;
}

function problemWords(error: unknown) {
  const again = "The check stopped before it finished. Try again.";
  if (!(error instanceof DatabaseError)) return { title: "Check not finished", detail: again };
  const { title, detail } = problemFromDatabase(error);
  return { title, detail };
}
