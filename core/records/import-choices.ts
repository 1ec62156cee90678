import type { PlaceFinder } from "#core/places/gazetteer/find-place.ts";
import type { Region } from "#core/places/place.ts";
import type { ReadingChoices } from "#core/records/detect.ts";
import type { EventSource } from "#core/records/event.ts";
import type { EventKind } from "#core/records/kinds.ts";
import type { MidnightReading } from "#core/records/midnight.ts";
import type { KeptEvents } from "#core/records/retention.ts";
import type { ShownUntil } from "#core/records/row-notes.ts";
import type { WordChoices } from "#core/records/word-choices.ts";
import type { DateOrder } from "#core/table/clock.ts";
import type { Zone } from "#core/time/zone.ts";

/** A person's choices for a file; null to detect from the file. */
export interface ImportChoices extends ReadingChoices {
  readonly kind: EventKind | null;
  readonly source: EventSource | null;
  /** Null to find the order of day and month from the whole column. */
  readonly dates: DateOrder | null;
  readonly words: WordChoices;
  readonly midnight: MidnightReading;
}

export interface ImportSetting {
  readonly zone: Zone;
  readonly region: Region;
  /** Epoch milliseconds; later times are invalid. */
  readonly latest: number;
  readonly shown: ShownUntil;
  /** How long events are kept; null for forever, as in the demonstration. */
  readonly kept?: KeptEvents | null;
  /** By which streets and postcodes are found; needed only where a column of them is mapped. */
  readonly places?: PlaceFinder;
  /** From the page, which replaces words by cells (core/records/place-step.ts). */
  readonly hasCells?: boolean;
}
