import { Readable } from "node:stream";
import type { VerifyLine } from "#core/accounts/wire/audit.ts";
import { verifyChain } from "#server/accounts/audit/verify.ts";
import { DatabaseError } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { logFault } from "#server/http/fault-log.ts";
import type { RequestContext } from "#server/http/route.ts";

const progressEveryMs = 100;

/** A verification as it goes on, one JSON document a line; closing it ends it. */
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
  const again = "The verification stopped before it was done: try again.";
  if (!(error instanceof DatabaseError)) return { title: "Not verified", detail: again };
  const { title, detail } = problemFromDatabase(error);
  return { title, detail };
}
