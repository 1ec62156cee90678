import { useState } from "react";
import type { Crew } from "#client/patrols/staffing/crews.ts";
import {
  byDuty,
  dayOptions,
  modeOptions,
  unitOptions,
  useHours,
} from "#client/patrols/staffing/staffing-draft.ts";
import { Button } from "#client/ui/Button.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { formatDay } from "#core/time/words.ts";

interface DutyTableProps {
  /** Of units that all walk. */
  readonly isOwn: boolean;
  readonly dates: readonly string[];
  readonly duties: readonly Crew[];
  readonly faults: ReadonlyMap<string, string>;
  readonly onDuties: (duties: readonly Crew[]) => void;
}

/** One row per unit and day. Names are kept only while the page is open. */
export function DutyTable({ isOwn, dates, duties, faults, onDuties }: DutyTableProps) {
  if (duties.length === 0) {
    return (
      <p className="quiet">
        No units on duty on these days yet.
        {isOwn ? null : ' Plans use "Units at a time" instead.'}
      </p>
    );
  }
  const hasNames = duties.some(({ names }) => names.length > 0);
  const change = (at: number, over: Partial<Crew>) =>
    onDuties(duties.map((duty, index) => (index === at ? { ...duty, ...over } : duty)));
  return (
    <table className="table staffing__table">
      <caption className="visually-hidden">Units on duty</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Unit</th>
          <th scope="col">Hours</th>
          {isOwn ? null : <th scope="col">How</th>}
          {hasNames ? <th scope="col">Officers (this page only)</th> : null}
          <th scope="col">
            <VisuallyHidden>Remove</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {duties.map((duty, at) => {
          const name = `unit ${duty.unit} on ${formatDay(duty.date)}, ${duty.hours}`;
          const fault = faults.get(`duties.${at}`);
          return (
            <tr key={`${duty.date} ${duty.unit} ${duty.hours}`}>
              <td>{dates.includes(duty.date) ? formatDay(duty.date) : duty.date}</td>
              <td>{duty.unit}</td>
              <td>
                {duty.hours.replace("-", " to ")}
                {fault ? <span className="field__error"> {fault}</span> : null}
              </td>
              {isOwn ? null : (
                <td>
                  <Select<PatrolMode>
                    bare
                    label={`How ${name} moves`}
                    value={duty.mode}
                    options={modeOptions}
                    onChange={(mode) => change(at, { mode })}
                  />
                </td>
              )}
              {hasNames ? <td className="quiet">{duty.names.join(", ")}</td> : null}
              <td>
                <Button
                  look="quiet"
                  icon="close"
                  label={`Remove ${name}`}
                  onClick={() => onDuties(duties.filter((_, index) => index !== at))}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function AddDuty({ isOwn, dates, duties, onDuties }: Omit<DutyTableProps, "faults">) {
  const [date, setDate] = useState(dates[0] ?? "");
  const [unit, setUnit] = useState("1");
  const { field, read } = useHours("14-22");
  const [mode, setMode] = useState<PatrolMode>("foot");
  const add = (hours: string) => {
    const duty = { date, unit: Number(unit), hours, mode, names: [] };
    const others = duties.filter(
      (one) => !(one.date === date && one.unit === duty.unit && one.hours === hours),
    );
    onDuties([...others, duty].sort(byDuty));
  };
  return (
    <div className="staffing__line fields row wrap start gap-2-3">
      <Select label="Day" value={date} options={dayOptions(dates)} onChange={setDate} />
      <Select label="Unit" value={unit} options={unitOptions} onChange={setUnit} />
      <TextField label="Hours" {...field} />
      {isOwn ? null : <Select label="How" value={mode} options={modeOptions} onChange={setMode} />}
      <Button icon="plus" onClick={() => read(add)}>
        Add a unit
      </Button>
    </div>
  );
}
