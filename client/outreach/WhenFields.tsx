import { DayFields } from "#client/outreach/DayFields.tsx";
import type { Draft, DraftFaults } from "#client/outreach/draft.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";

export interface WhenFieldsProps {
  readonly draft: Draft;
  readonly faults: DraftFaults;
  /** One date of a repeating session is moved: it cannot repeat. */
  readonly isOneDate: boolean;
  readonly onChange: (part: Partial<Draft>) => void;
}

const weekChoices = ["1", "2", "3", "4", "5", "6", "7", "8"] as const;

function nextDay({ start, end }: Draft): string {
  return start === end ? "On the next day: 24 hours" : "On the next day";
}

/** Once or weekly, on which date, from when to when; an end before the start is the next day. */
export function WhenFields({ draft, faults, isOneDate, onChange }: WhenFieldsProps) {
  const isWeekly = draft.repeats === "weekly";
  const crosses = draft.end !== "" && draft.start !== "" && draft.end <= draft.start;
  return (
    <fieldset className="session-form__part">
      <legend>When</legend>
      {isOneDate ? null : (
        <Segmented
          label="How often"
          value={draft.repeats}
          options={[
            { value: "weekly", label: "Weekly" },
            { value: "once", label: "Once" },
          ]}
          onChange={(repeats) => onChange({ repeats })}
        />
      )}
      {isWeekly ? <DayFields draft={draft} error={faults.days} onChange={onChange} /> : null}
      <TextField
        label={isWeekly ? "First date" : "Date"}
        type="date"
        value={draft.firstDate}
        error={faults.firstDate}
        onChange={(firstDate) => onChange({ firstDate })}
      />
      <div className="session-form__row">
        <TextField
          label="From"
          type="time"
          value={draft.start}
          error={faults.start}
          onChange={(start) => onChange({ start })}
        />
        <TextField
          label="To"
          type="time"
          value={draft.end}
          hint={crosses ? nextDay(draft) : undefined}
          error={faults.end}
          onChange={(end) => onChange({ end })}
        />
      </div>
      {isWeekly ? (
        <div className="session-form__row">
          <Select
            label="Every"
            value={weekChoices.find((weeks) => weeks === draft.everyWeeks) ?? "1"}
            options={weekChoices.map((value) => ({
              value,
              label: value === "1" ? "week" : `${value} weeks`,
            }))}
            onChange={(everyWeeks) => onChange({ everyWeeks })}
          />
          <TextField
            label="Until (empty: goes on)"
            type="date"
            value={draft.until}
            error={faults.until}
            onChange={(until) => onChange({ until })}
          />
        </div>
      ) : null}
      <p className="quiet small">
        London time. Police stay away from half an hour before to half an hour after, rounded to
        half hours.
      </p>
    </fieldset>
  );
}
