import { PassThrough } from "node:stream";
import type { FastifyReply } from "fastify";
import type { ImportLine, ImportProgress } from "#core/records/wire/import.ts";

/** Progress while a file is being read, then one result or problem: a JSON document a line. */
export interface ImportReply {
  readonly progress: (progress: ImportProgress) => void;
  readonly finish: (line: ImportLine) => void;
  /** Once a line has gone out the status can no longer be an error's. */
  readonly isStarted: () => boolean;
}

const progressEveryMs = 100;

export function createImportReply(reply: FastifyReply): ImportReply {
  let lines: PassThrough | null = null;
  let lastAt = Date.now();
  const write = (line: ImportLine) => {
    if (lines === null) {
      lines = new PassThrough();
      // A caller that went away ends the import through its signal, not through this stream.
      lines.on("error", () => undefined);
      void reply.header("content-type", "application/x-ndjson").send(lines);
    }
    lines.write(`${JSON.stringify(line)}\n`);
  };
  return {
    progress: (progress) => {
      const now = Date.now();
      if (now - lastAt < progressEveryMs) return;
      lastAt = now;
      write({ progress });
    },
    finish: (line) => {
      write(line);
      lines?.end();
    },
    isStarted: () => lines !== null,
  };
}
