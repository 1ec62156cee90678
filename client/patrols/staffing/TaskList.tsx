import { useState } from "react";
import {
  dayOptions,
  spanWords,
  unitOptions,
  unitWords,
  useHours,
} from "#client/patrols/staffing/staffing-draft.ts";
import { Button } from "#client/ui/Button.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import {
  type FixedTask,
  type InterviewBlock,
  type StaffingReply,
  type TaskKind,
  taskKinds,
  taskWords,
} from "#core/patrols/wire/staffing.ts";

/** What takes units from patrol: match days, court, events, training. */
export function TaskList({
  dates,
  tasks,
  faults,
  onTasks,
}: {
  readonly dates: readonly string[];
  readonly tasks: readonly FixedTask[];
  readonly faults: ReadonlyMap<string, string>;
  readonly onTasks: (tasks: readonly FixedTask[]) => void;
}) {
  const [date, setDate] = useState(dates[0] ?? "");
  const [kind, setKind] = useState<TaskKind>("match_day");
  const [unit, setUnit] = useState(anyUnit);
  const { field, read } = useHours("12-18");
  const add = (hours: string) =>
    onTasks([...tasks, { date, kind, hours, unit: unit === anyUnit ? null : Number(unit) }]);
  return (
    <>
      <Lines
        lines={tasks}
        list="tasks"
        nameOf={({ kind: one }) => taskWords[one]}
        faults={faults}
        onLines={onTasks}
      />
      <div className="staffing__line fields row wrap start gap-2-3">
        <Select
          label="Day of the task"
          value={date}
          options={dayOptions(dates)}
          onChange={setDate}
        />
        <Select
          label="Task"
          value={kind}
          options={taskKinds.map((value) => ({ value, label: taskWords[value] }))}
          onChange={setKind}
        />
        <TextField label="Hours of the task" {...field} />
        <Select
          label="Unit needed"
          value={unit}
          options={[{ value: anyUnit, label: "Any" }, ...unitOptions]}
          onChange={setUnit}
        />
        <Button icon="plus" onClick={() => read(add)}>
          Add a task
        </Button>
      </div>
    </>
  );
}

/** Interviews also take a unit; outside the core hours. */
export function InterviewList({
  interviews,
  offers,
  faults,
  onInterviews,
}: {
  readonly interviews: readonly InterviewBlock[];
  readonly offers: StaffingReply["interviewOffers"];
  readonly faults: ReadonlyMap<string, string>;
  readonly onInterviews: (interviews: readonly InterviewBlock[]) => void;
}) {
  const open = offers.filter(
    ({ date, hours, unit }) =>
      !interviews.some((one) => one.date === date && one.hours === hours && one.unit === unit),
  );
  return (
    <>
      <Lines
        lines={interviews}
        list="interviews"
        nameOf={() => "Interview"}
        faults={faults}
        onLines={onInterviews}
      />
      {open.length > 0 ? (
        <ul className="staffing__offers row wrap gap-2" aria-label="Times when an interview fits">
          {open.slice(0, 12).map((offer) => (
            <li key={`${offer.date} ${offer.hours} ${offer.unit}`}>
              <Button icon="plus" onClick={() => onInterviews([...interviews, offer])}>
                {spanWords(offer)}, unit {offer.unit}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="quiet">Save units on duty first. Then times that fit are offered.</p>
      )}
    </>
  );
}

function Lines<Line extends { date: string; hours: string; unit: number | null }>({
  lines,
  list,
  nameOf,
  faults,
  onLines,
}: {
  readonly lines: readonly Line[];
  readonly list: "tasks" | "interviews";
  readonly nameOf: (line: Line) => string;
  readonly faults: ReadonlyMap<string, string>;
  readonly onLines: (lines: readonly Line[]) => void;
}) {
  return (
    <ul className="full">
      {lines.map((line, at) => {
        const words = `${nameOf(line)}: ${spanWords(line)}, ${unitWords(line.unit)}`;
        const fault = faults.get(`${list}.${at}`);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two tasks may be alike.
          <li key={`${words} ${at}`} className="row middle between gap-3">
            <span>
              {words}
              {fault ? <span className="field__error"> {fault}</span> : null}
            </span>
            <Button
              look="quiet"
              icon="close"
              label={`Remove ${words}`}
              onClick={() => onLines(lines.filter((_, index) => index !== at))}
            />
          </li>
        );
      })}
    </ul>
  );
}

const anyUnit = "any";
