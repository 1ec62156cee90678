import type { ReadCalendar, ReadingProgress } from "#core/protected-time/read-calendar.ts";
import { failure, type Result } from "#core/result.ts";
import type { Zone } from "#core/time/zone.ts";

const mostBytes = 5 * 1024 * 1024;
/** So long the page may stand still before it is drawn again. */
const sliceMs = 40;

export interface Reading {
  readonly zone: Zone;
  readonly now: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadingProgress) => void;
}

/** A calendar file, read on this device: what reads it is loaded with the first file and not before. */
export async function readCalendarFile(
  file: Blob,
  { zone, now, signal, onProgress }: Reading,
): Promise<Result<ReadCalendar>> {
  if (file.size > mostBytes)
    return failure("The file is larger than 5 MB: export a shorter period.");
  const text = await textOf(file);
  if (text === null) return failure("The file is not UTF-8 text: choose an .ics file.");
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
