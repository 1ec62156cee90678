import type { ImportChoices } from "#core/records/import-choices.ts";
import type { ImportProgress } from "#core/records/wire/import.ts";
import type { Actor } from "#core/role.ts";
import type { RowUnit } from "#core/table/row-unit.ts";
import type { ImportSource } from "#server/files/import-source.ts";

/** One file to take in, and how it is read. */
export interface ImportRequest {
  readonly actor: Actor;
  readonly source: ImportSource;
  readonly choices: ImportChoices;
  /** The sheet of a workbook; the first that has a table unless said. */
  readonly sheet?: string | null;
  /** What an upload counts its rows in, where the browser made its table from another file. */
  readonly unit?: RowUnit;
  readonly dryRun: boolean;
  /** Nothing is kept unless every row is good. */
  readonly allOrNone?: boolean;
  /** The name of the saved profile that the choices are those of. */
  readonly savedProfile?: string | null;
  /** A name to save this reading under, once something was stored by it. */
  readonly saveAs?: string | null;
  /** Of the file as the person has it, where columns were left out before it came here. */
  readonly fileSha256?: string | null;
  /** Sent by the page, which writes cells in place of streets and postcodes. */
  readonly hasCells?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
  /** Hears how much of the file is past its age before anything is stored: the file is read for it first. */
  readonly onAge?: (words: string) => void;
}
