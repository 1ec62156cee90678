import type { FileHead } from "#client/records/read-head.ts";
import type { GazetteerReply } from "#core/places/wire/gazetteer.ts";
import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import type { ImportPreview } from "#core/records/preview.ts";
import type { Result } from "#core/result.ts";
import type { BlockedColumn } from "#core/table/columns.ts";
import type { FileFault } from "#core/table/file-fault.ts";

/** What page and worker say to each other about a file: nothing of it is read on the page's own thread. */

/** The setting of an import without what cannot be sent: the zone goes by its name. */
export interface ReadingSetting extends Omit<ImportSetting, "zone" | "places"> {
  readonly timeZone: string;
  /** By which streets and postcodes are found; sent once, and not with each question. */
  readonly names: GazetteerReply | null;
}

export interface Headings {
  /** By which a person may say what a column means; none where the file has no table. */
  readonly open: readonly string[];
  readonly personal: readonly BlockedColumn[];
}

/** A fault without its class, which no message carries. */
export type FaultWords = Pick<FileFault, "reason" | "line" | "unit" | "remedy">;

export interface OpenedFile {
  readonly head: FileHead;
  readonly headings: Headings;
}

export interface FileLook {
  readonly headings: Headings;
  readonly preview: Result<ImportPreview, FaultWords>;
  /** Where the kind of its events is all that is missing: what it would be read as with one. */
  readonly withKind: ImportPreview | null;
}

export interface PreparedFile {
  /** What is sent in place of the file. */
  readonly body: Blob;
  /** Columns that look personal and stay here. */
  readonly blocked: readonly BlockedColumn[];
  /** Of the file as the person has it. */
  readonly sha256: string;
}

export type FileJob =
  | { readonly do: "open"; readonly file: File; readonly sheet: string | null }
  | {
      readonly do: "look";
      readonly head: FileHead;
      readonly choices: ImportChoices;
      readonly setting: ReadingSetting;
    }
  | {
      readonly do: "age";
      readonly head: FileHead;
      readonly choices: ImportChoices;
      readonly setting: ReadingSetting;
    }
  | { readonly do: "prepare"; readonly head: FileHead; readonly choices: ImportChoices };

export interface FileAnswers {
  readonly open: Result<OpenedFile>;
  readonly look: FileLook;
  /** How much of the whole file is past its age, in words; null where that cannot be said. */
  readonly age: string | null;
  readonly prepare: Result<PreparedFile, FaultWords>;
}

export interface FileProgress {
  readonly label: string;
  /** Of the file that is through. */
  readonly share: number;
}

export type ToWorker =
  /** The names by which streets and postcodes are found; sent when there are others. */
  | { readonly names: GazetteerReply | null }
  | { readonly key: number; readonly job: FileJob }
  | { readonly stop: number };

export type FromWorker =
  | { readonly key: number; readonly answer: FileAnswers[keyof FileAnswers] }
  | { readonly key: number; readonly progress: FileProgress }
  | { readonly key: number; readonly fault: string };
