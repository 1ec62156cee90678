import { useEffect, useState } from "react";
import type { FileLook, FileProgress, ReadingSetting } from "#client/records/file-messages.ts";
import type { FileReader } from "#client/records/file-reader.ts";
import type { FileHead } from "#client/records/read-head.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";

export interface Looked {
  /** Of these choices, or of those before them while they are looked at; null before the first. */
  readonly look: FileLook | null;
  /** Whether it is of these choices. */
  readonly isNew: boolean;
  readonly fault: string | null;
}

/** What the beginning of a file would be read as, worked out beside the page. */
export function useFileLook(
  reader: FileReader,
  head: FileHead,
  choices: ImportChoices,
  setting: ReadingSetting,
): Looked {
  const [known, setKnown] = useState<{ of: readonly unknown[]; look: FileLook } | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    reader
      .ask({ do: "look", head, choices, setting }, { signal: stop.signal })
      .then((look) => {
        setFault(null);
        setKnown({ of: [head, choices, setting], look });
      })
      .catch((cause: unknown) => {
        if (!stop.signal.aborted) setFault(cause instanceof Error ? cause.message : String(cause));
      });
    return () => stop.abort();
  }, [reader, head, choices, setting]);
  const isNew = known !== null && [head, choices, setting].every((one, at) => one === known.of[at]);
  return { look: known?.look ?? null, isNew, fault };
}

export type AgeState =
  | { readonly status: "none" }
  | { readonly status: "counting"; readonly share: number | null }
  | { readonly status: "counted"; readonly words: string };

/** How much of the whole file is past its age; of a short one the look has said it already. */
export function useFileAge(
  reader: FileReader,
  head: FileHead,
  choices: ImportChoices,
  setting: ReadingSetting,
  isReadable: boolean,
): AgeState {
  const [known, setKnown] = useState<{ of: readonly unknown[]; words: string | null } | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const isAsked = isReadable && !head.isWhole && setting.kept != null;
  useEffect(() => {
    if (!isAsked) return undefined;
    const stop = new AbortController();
    const of = [head, choices, setting];
    setShare(null);
    const onProgress = (progress: FileProgress) => setShare(progress.share);
    reader
      .ask({ do: "age", head, choices, setting }, { signal: stop.signal, onProgress })
      .then((words) => setKnown({ of, words }))
      .catch(() => {
        // What cannot be counted does not hold the import up: the server counts again.
        if (!stop.signal.aborted) setKnown({ of, words: null });
      });
    return () => stop.abort();
  }, [reader, head, choices, setting, isAsked]);
  if (!isAsked) return { status: "none" };
  if (!known || ![head, choices, setting].every((one, at) => one === known.of[at])) {
    return { status: "counting", share };
  }
  return known.words === null ? { status: "none" } : { status: "counted", words: known.words };
}
