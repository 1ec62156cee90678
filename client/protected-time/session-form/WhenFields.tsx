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
import { diary, say } from "#client/protected-time/words/diary.tsx";
import { command } from "#client/state/command.ts";
import { Chip } from "#client/ui/Chip.tsx";
import { fieldOf } from "#client/ui/field-of.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { cityOf } from "#core/place-pack.ts";
import { weekdayOf } from "#core/protected-time/session.ts";
import { addDays } from "#core/time/zone.ts";

export interface WhenFieldsProps {
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly isOneDate: boolean;
  readonly here: Pick<Here, "today">;
  /** Times that this partner goes out at, offered as buttons; none where there is no choice among them. */
  readonly usual: readonly UsualTimes[];
  readonly onChange: (change: DraftChange) => void;
}

const weekChoices = ["1", "2", "3", "4", "5", "6", "7", "8"] as const;

const keyOf = ({ start, end }: UsualTimes) => `${start} ${end}`;

/** An end before the start is on the next day. */
export function WhenFields({ draft, faults, isOneDate, here, usual, onChange }: WhenFieldsProps) {
  const set = (part: FieldsPart) => onChange({ kind: "fields", part });
  const field = fieldOf<FieldsPart & Draft>(draft, set, faults);
  const isWeekly = draft.repeats === "weekly";
  const isAsking = needsDay(draft);
  const crosses = draft.end !== "" && draft.start !== "" && draft.end <= draft.start;
  return (
    <fieldset className="session-form__part stack gap-3">
      <legend className="lead strong">{say("when.title")}</legend>
      {isOneDate ? null : (
        <Segmented
          label={say("when.often")}
          {...field("repeats")}
          options={[
            { value: "weekly", label: say("when.weekly") },
            { value: "once", label: say("when.once") },
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
        label={say(isWeekly ? "when.first" : "when.date")}
        type="date"
        value={isAsking ? "" : draft.firstDate}
        hint={isAsking ? undefined : laterStart(draft, here)}
        error={faults.firstDate}
        onChange={(firstDate) => set({ firstDate })}
      />
      {usual.length === 0 ? null : (
        <Segmented
          label={say("when.usual")}
          value={keyOf(draft)}
          options={usual.map((times) => ({ value: keyOf(times), label: ruleTimes(times) }))}
          onChange={(chosen) => set(usual.find((times) => keyOf(times) === chosen) ?? {})}
        />
      )}
      <div className="session-form__row row gap-3">
        <TextField label={say("when.from")} type="time" {...field("start")} />
        <TextField
          label={say("when.to")}
          type="time"
          {...field("end")}
          hint={
            crosses
              ? say(draft.start === draft.end ? "when.whole-day" : "when.next-day")
              : undefined
          }
        />
      </div>
      {isWeekly ? (
        <div className="session-form__row row gap-3">
          <Select
            label={say("when.every")}
            value={weekChoices.find((weeks) => weeks === draft.everyWeeks) ?? "1"}
            options={weekChoices.map((value) => ({
              value,
              label: value === "1" ? say("when.week") : say("when.weeks", { count: Number(value) }),
            }))}
            onChange={(everyWeeks) => set({ everyWeeks })}
          />
          <TextField label={say("when.until")} type="date" {...field("until")} />
        </div>
      ) : null}
      <p className="quiet small">{say("when.london", { city: cityOf(command.get().timeZone) })}</p>
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
      <legend className="segmented__label small medium">{say("when.on")}</legend>
      <div className="day-fields__choices grid gap-1">
        {dates.map((date) => (
          <label key={date} className="chip inline-row relative">
            <input
              type="radio"
              name={name}
              aria-label={dayIn(here, date)}
              checked={date === draft.firstDate}
              onChange={() => onChange(date)}
            />
            <span className="chip__face inline-row middle gap-2 raised quiet target day-fields__date">
              <span>{diary().shortWeekday(weekdayOf(date))}</span>
              <span>{Number(date.slice(8))}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
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
  const { weekday, shortWeekday } = diary();
  const keeps = say("when.only", { day: weekday(chosen[0] ?? 1) });
  const note = error ?? (draft.keepsOnlyDay ? keeps : undefined);
  return (
    <fieldset
      className="day-fields"
      aria-describedby={noteId}
      data-wrong={error ? true : undefined}
      tabIndex={-1}
    >
      <legend className="segmented__label small medium">{say("when.on")}</legend>
      <div className="day-fields__choices grid gap-1">
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <Chip
            key={day}
            checked={chosen.includes(day)}
            title={weekday(day)}
            onChange={() => onDay(day)}
          >
            {shortWeekday(day)}
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
  return say("when.later", {
    day: dayIn(here, draft.firstDate),
    first: dayIn(here, firstDate),
  });
}
