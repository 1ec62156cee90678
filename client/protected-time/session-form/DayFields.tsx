import { useId } from "react";
import type { Draft } from "#client/protected-time/session-form/draft-when.ts";
import { chosenDays } from "#client/protected-time/session-form/draft-when.ts";
import { Chip } from "#client/ui/Chip.tsx";
import { weekdayNames } from "#core/time/words.ts";

export interface DayFieldsProps {
  readonly draft: Draft;
  readonly error: string | undefined;
  readonly onDay: (day: number) => void;
}

/** The days of the week of a repeating session: that of its first date until others are chosen. */
export function DayFields({ draft, error, onDay }: DayFieldsProps) {
  const noteId = useId();
  const chosen = chosenDays(draft);
  const note = error ?? (draft.keepsOnlyDay ? onlyDayWords(chosen) : undefined);
  return (
    <fieldset className="day-fields" aria-describedby={noteId}>
      <legend className="segmented__label">On</legend>
      <div className="day-fields__choices">
        {weekdayNames.map((name, index) => (
          <Chip
            key={name}
            checked={chosen.includes(index + 1)}
            title={name}
            onChange={() => onDay(index + 1)}
          >
            {name.slice(0, 3)}
          </Chip>
        ))}
      </div>
      {/* Always there, so that what comes into it is read out. */}
      <p id={noteId} className="field__error" role="status">
        {note}
      </p>
    </fieldset>
  );
}

function onlyDayWords(chosen: readonly number[]): string {
  const name = weekdayNames[(chosen[0] ?? 1) - 1];
  return `${name} is the only day chosen. Choose another day first, then take ${name} off.`;
}
