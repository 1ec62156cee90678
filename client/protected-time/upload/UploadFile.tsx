import { useEffect, useRef, useState } from "react";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { type Upload, uploadOf } from "#client/protected-time/upload/upload-rows.ts";
import { Refusal, say } from "#client/protected-time/words/diary.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import type { ReadCalendar, ReadingProgress } from "#core/protected-time/read-calendar.ts";
import type { Moment } from "#core/protected-time/repeats.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { failure, type Result } from "#core/result.ts";

interface UploadFileProps {
  readonly places: readonly SavedPlaceReply[];
  readonly onRead: (upload: Upload) => void;
}

export function UploadFile({ places, onRead }: UploadFileProps) {
  const here = useHere();
  const [progress, setProgress] = useState<ReadingProgress | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const control = useRef<AbortController | null>(null);
  useEffect(() => () => control.current?.abort(), []);
  const read = async (file: File) => {
    const abort = new AbortController();
    control.current = abort;
    setFault(null);
    setProgress({ done: 0, of: 1 });
    try {
      const { zone, now } = here;
      const { signal } = abort;
      const result = await readCalendarFile(file, { zone, now, signal, onProgress: setProgress });
      if (signal.aborted) return;
      if (!result.ok) setFault(result.reason);
      else if (result.value.entries.length + result.value.rejected.length === 0)
        setFault(say("upload.nothing"));
      else onRead(uploadOf(result.value, places, here));
    } catch {
      setFault(say("upload.unread"));
    } finally {
      setProgress(null);
    }
  };
  return (
    <>
      <p className="note note--promise">{say("upload.promise")}</p>
      <label className="upload__file stack gap-2">
        <span>{say("upload.file")}</span>
        <input
          type="file"
          accept=".ics,text/calendar"
          disabled={progress !== null}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // Lets the same file be chosen again once fixed.
            event.currentTarget.value = "";
            if (file) void read(file);
          }}
        />
      </label>
      {progress ? (
        <Progress
          label={say("upload.reading")}
          share={progress.done / progress.of}
          onCancel={() => control.current?.abort()}
        />
      ) : null}
      {fault ? <Refusal text={fault} /> : null}
    </>
  );
}

interface Reading extends Moment {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadingProgress) => void;
}

const mostBytes = 5 * 1024 * 1024;
/** Longest time that the page may block between frames. */
const sliceMs = 40;

/** Read in the browser; the parser is loaded with the first file. */
async function readCalendarFile(
  file: Blob,
  { zone, now, signal, onProgress }: Reading,
): Promise<Result<ReadCalendar>> {
  if (file.size > mostBytes) return failure(say("upload.large"));
  const text = await textOf(file);
  if (text === null) return failure(say("upload.not-text"));
  const { readCalendar } = await import("#core/protected-time/read-calendar.ts");
  const reading = readCalendar({ zone, now, text });
  let drawnAt = performance.now();
  for (;;) {
    if (signal.aborted) return failure("Left off.");
    const step = reading.next();
    if (step.done === true) return step.value;
    if (performance.now() - drawnAt < sliceMs) continue;
    onProgress(step.value);
    await new Promise((resolve) => setTimeout(resolve, 0));
    drawnAt = performance.now();
  }
}

async function textOf(file: Blob): Promise<string | null> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return null;
  }
}
