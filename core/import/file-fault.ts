import type { DateOrder } from "#core/import/clock.ts";

export interface FaultPlace {
  readonly line?: number;
  readonly column?: string;
  readonly value?: string;
  /** The order of day and month that would read the file, where that is what went wrong. */
  readonly readDates?: DateOrder;
}

/** A file that cannot be read at all, or no further; nothing of it is kept. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  readonly reason: string;
  readonly line: number | null;
  readonly column: string | null;
  readonly value: string | null;
  readonly readDates: DateOrder | null;

  constructor(reason: string, place: FaultPlace = {}, options?: ErrorOptions) {
    super(place.line === undefined ? reason : `Line ${place.line}: ${reason}`, options);
    this.reason = reason;
    this.line = place.line ?? null;
    this.column = place.column ?? null;
    this.value = place.value ?? null;
    this.readDates = place.readDates ?? null;
  }
}
