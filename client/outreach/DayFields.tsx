import { useId } from "react";
import type { Draft } from "#client/outreach/draft.ts";
import { Chip } from "#client/ui/Chip.tsx";
import { weekdayOf } from "#core/blackouts/session.ts";
import { weekdayNames } from "#core/time/words.ts";

export interface DayFieldsProps {
  readonly draft: Draft;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<Draft>) => void;
}

/** The days of the week of a repeating session: that of its first date until others are chosen. */
export function DayFields({ draft, error, onChange }: DayFieldsProps) {
  const noteId = useId();
  const chosen = chosenDays(draft);
  const toggle = (day: number) => {
    const others = chosen.filter((one) => one !== day);
    const days = others.length === chosen.length ? [...chosen, day] : others;
    // The last one stays: a session without a day would never take place.
    if (days.length > 0) onChange({ days: days.sort((a, b) => a - b) });
  };
  return (
    <fieldset className="day-fields" aria-describedby={error ? noteId : undefined}>
      <legend className="segmented__label">On</legend>
      <div className="day-fields__choices">
        {weekdayNames.map((name, index) => (
          <Chip
            key={name}
            checked={chosen.includes(index + 1)}
            title={name}
            onChange={() => toggle(index + 1)}
          >
            {name.slice(0, 3)}
          </Chip>
        ))}
      </div>
      {error ? (
        <p id={noteId} className="field__error">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

function chosenDays({ days, firstDate }: Draft): readonly number[] {
  if (days.length > 0) return days;
  try {
    return [weekdayOf(firstDate)];
  } catch {
    return [];
  }
}
