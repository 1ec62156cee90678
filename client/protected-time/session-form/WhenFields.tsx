import { useId, useState } from "react";
import { dayIn, type Here, ruleTimes } from "#client/protected-time/outreach/outreach-words.ts";
import {
  chosenDays,
  type Draft,
  type DraftChange,
  type DraftFaults,
  type FieldsPart,
  needsDay,
  ruleOf,
  type UsualTimes,
} from "#client/protected-time/session-form/draft-when.ts";
import { localTimeWords } from "#client/state/command.ts";
import { Chip } from "#client/ui/Chip.tsx";
import { fieldOf } from "#client/ui/field-of.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { formatDay, weekdayNames } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

export interface WhenFieldsProps {
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly isOneDate: boolean;
  readonly here: Pick<Here, "today">;
  /** Of the partner's sessions, offered as buttons. */
  readonly usual: readonly UsualTimes[];
  readonly onChange: (change: DraftChange) => void;
}

const weekChoices = ["1", "2", "3", "4", "5", "6", "7", "8"] as const;

/** An end before the start is on the next day. */
export function WhenFields({ draft, faults, isOneDate, here, usual, onChange }: WhenFieldsProps) {
  const set = (part: FieldsPart) => onChange({ kind: "fields", part });
  const field = fieldOf<FieldsPart & Draft>(draft, set, faults);
  const isWeekly = draft.repeats === "weekly";
  const isAsking = needsDay(draft);
  const crosses = draft.end !== "" && draft.start !== "" && draft.end <= draft.start;
  return (
    <fieldset className="session-form__part stack gap-3">
      <legend>When</legend>
      {isOneDate ? null : (
        <Segmented
          label="How often"
          {...field("repeats")}
          options={[
            { value: "weekly", label: "Weekly" },
            { value: "once", label: "Once" },
          ]}
        />
      )}
      {isWeekly ? (
        <DayFields
          draft={draft}
          error={faults.days}
          onDay={(day) => onChange({ kind: "day", day })}
        />
      ) : null}
      {isWeekly ? null : (
        <DateChoice draft={draft} here={here} onChange={(firstDate) => set({ firstDate })} />
      )}
      <TextField
        label={isWeekly ? "First date" : "Date"}
        type="date"
        value={isAsking ? "" : draft.firstDate}
        hint={isAsking ? undefined : laterStart(draft, here)}
        error={faults.firstDate}
        onChange={(firstDate) => set({ firstDate })}
      />
      <TimesChoice draft={draft} usual={usual} onChange={set} />
      <div className="session-form__row row gap-3">
        <TextField label="From" type="time" {...field("start")} />
        <TextField
          label="To"
          type="time"
          {...field("end")}
          hint={
            crosses ? `On the next day${draft.start === draft.end ? ": 24 hours" : ""}` : undefined
          }
        />
      </div>
      {isWeekly ? (
        <div className="session-form__row row gap-3">
          <Select
            label="Every"
            value={weekChoices.find((weeks) => weeks === draft.everyWeeks) ?? "1"}
            options={weekChoices.map((value) => ({
              value,
              label: value === "1" ? "week" : `${value} weeks`,
            }))}
            onChange={(everyWeeks) => set({ everyWeeks })}
          />
          <TextField label="End date (optional)" type="date" {...field("until")} />
        </div>
      ) : null}
      <p className="quiet small">
        {localTimeWords()}. Police and wardens stay away from half an hour before to half an hour
        after.
      </p>
    </fieldset>
  );
}

interface DateChoiceProps extends Pick<WhenFieldsProps, "draft" | "here"> {
  readonly onChange: (date: string) => void;
}

const daysOffered = 7;
const daysBefore = 2;

function DateChoice({ draft, here, onChange }: DateChoiceProps) {
  const name = useId();
  const [opened] = useState(draft.firstDate);
  if (opened < here.today) return null;
  const early = addDays(opened, -daysBefore);
  const first = early < here.today ? here.today : early;
  const dates = Array.from({ length: daysOffered }, (_, ahead) => addDays(first, ahead));
  return (
    <fieldset className="day-fields">
      <legend className="segmented__label">On</legend>
      <div className="day-fields__choices">
        {dates.map((date) => (
          <label key={date} className="chip">
            <input
              type="radio"
              name={name}
              aria-label={dayIn(here, date)}
              checked={date === draft.firstDate}
              onChange={() => onChange(date)}
            />
            <span className="chip__face day-fields__date">
              <span>{formatDay(date).slice(0, 3)}</span>
              <span>{Number(date.slice(8))}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface TimesChoiceProps extends Pick<WhenFieldsProps, "draft" | "usual"> {
  readonly onChange: (times: UsualTimes) => void;
}

/** The times that this partner goes out at; nothing where there is no choice among them. */
function TimesChoice({ draft, usual, onChange }: TimesChoiceProps) {
  if (usual.length === 0) return null;
  const key = ({ start, end }: UsualTimes) => `${start} ${end}`;
  return (
    <Segmented
      label="Usual times"
      value={key(draft)}
      options={usual.map((times) => ({ value: key(times), label: ruleTimes(times) }))}
      onChange={(chosen) => {
        const times = usual.find((one) => key(one) === chosen);
        if (times) onChange({ start: times.start, end: times.end });
      }}
    />
  );
}

interface DayFieldsProps {
  readonly draft: Draft;
  readonly error: string | undefined;
  readonly onDay: (day: number) => void;
}

/** None preselected for a new session. */
function DayFields({ draft, error, onDay }: DayFieldsProps) {
  const noteId = useId();
  const chosen = chosenDays(draft);
  const only = weekdayNames[(chosen[0] ?? 1) - 1];
  const keeps = `${only} is the only day. Tap another day to replace it.`;
  const note = error ?? (draft.keepsOnlyDay ? keeps : undefined);
  return (
    <fieldset
      className="day-fields"
      aria-describedby={noteId}
      data-wrong={error ? true : undefined}
      tabIndex={-1}
    >
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

/** The typed date is on none of the chosen days, so the session starts later. */
function laterStart(draft: Draft, here: Pick<Here, "today">): string | undefined {
  const { firstDate } = ruleOf(draft);
  if (firstDate === draft.firstDate) return undefined;
  return `${dayIn(here, draft.firstDate)} is not one of the days above. First: ${dayIn(here, firstDate)}.`;
}
