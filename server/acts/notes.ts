import type { AuditDetail, AuditNote } from "#core/audit.ts";
import type { Services } from "#server/acts/services.ts";

/** What an act says of itself for its line in the audit chain; too late once the line is written. */
export interface ActNotes {
  /** Which period, batch, plan or kind it is about: numbers, dates and codes, never content. */
  readonly addDetail: (detail: AuditDetail) => void;
  /** The answer is no, though nothing is thrown. */
  readonly refuse: (detail?: AuditDetail) => void;
  /** Where one address or command serves several acts: which it is. */
  readonly restate: (note: Partial<AuditNote>) => void;
  /** Writes the line now, unless a transaction did: before a reply that leaves ahead of the act's end. */
  readonly writeLine: () => Promise<void>;
}

/** What serves an act that has a line. */
export type ActServices = Services & ActNotes;

/** For what has no line. */
export const silentNotes: ActNotes = {
  addDetail: () => undefined,
  refuse: () => undefined,
  restate: () => undefined,
  writeLine: async () => undefined,
};
