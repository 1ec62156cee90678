import type { Statement } from "#server/db/sql.ts";

export type EmbeddedRequest = { readonly id: number } & EmbeddedOperation;

export interface OpenEmbedded {
  readonly operation: "open";
  readonly folder: string | null;
  readonly snapshot: string | null;
  /** PGlite's compiled code, shared by further databases of the process. */
  readonly compiled: object;
}

export type EmbeddedOperation =
  | OpenEmbedded
  | { readonly operation: "send"; readonly statements: readonly Statement[] }
  | { readonly operation: "script"; readonly sql: string }
  | { readonly operation: "dump"; readonly file: string }
  | { readonly operation: "close" };

export interface EmbeddedAnnouncement {
  readonly announcement: string;
}

export type EmbeddedReply =
  | { readonly id: number; readonly ok: true; readonly rows: unknown[][] }
  | {
      readonly id: number;
      readonly ok: false;
      readonly error: {
        readonly message: string;
        readonly code: string;
        readonly constraint: string | null;
        readonly table: string | null;
      };
      readonly isSpoiled: boolean;
    };

/** In the order of the calls. */
export function createQueue(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
