import { useState } from "react";
import { type Crew, type Crews, crewsOf } from "#client/patrols/staffing/crews.ts";
import { type RosterFault, readRoster } from "#client/patrols/staffing/read-roster.ts";
import { modeOptions } from "#client/patrols/staffing/staffing-draft.ts";
import { Button } from "#client/ui/Button.tsx";
import { Field } from "#client/ui/Field.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";

/** Read in the browser, and shown as units before anything is taken over. */
export function RosterPaste({
  dates,
  onUse,
}: {
  readonly dates: readonly string[];
  readonly onUse: (crews: readonly Crew[]) => void;
}) {
  const [text, setText] = useState("");
  const [codes, setCodes] = useState<ReadonlyMap<string, string>>(new Map());
  const [perUnit, setPerUnit] = useState("2");
  const [mode, setMode] = useState<PatrolMode>("foot");
  const roster = text.trim() === "" ? null : readRoster(text, dates, codes);
  const read = roster?.ok ? roster.value : null;
  const made = read && crewsOf(read.duties, { officersPerUnit: Number(perUnit), usualMode: mode });
  const refusal = roster && !roster.ok ? roster.reason : undefined;
  return (
    <div className="roster stack start gap-3 still full">
      <Field
        label="Paste the duty roster"
        hint="Read on this page only. Officers' names and numbers are not sent or saved: only units, hours and how they move."
        error={refusal}
      >
        {(control) => (
          <textarea
            {...control}
            className="input roster__text pad-2 small scrolls tabular full"
            rows={5}
            value={text}
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      {read ? (
        <div className="staffing__line fields row wrap start gap-2-3">
          <Select
            label="Officers per unit"
            value={perUnit}
            options={["1", "2", "3", "4"].map((value) => ({ value, label: value }))}
            onChange={setPerUnit}
          />
          <Select label="If not stated" value={mode} options={modeOptions} onChange={setMode} />
          {read.codes.map((code) => (
            <TextField
              key={code}
              label={`Hours for ${code}`}
              value={codes.get(code) ?? ""}
              hint="e.g. 14-22, or RD"
              onChange={(hours) => setCodes(new Map(codes).set(code, hours))}
            />
          ))}
        </div>
      ) : null}
      {read && made ? (
        <>
          <p role="status">
            Read: {formatQuantity(read.duties.length, "duty", "duties")} of officers as{" "}
            {formatQuantity(made.crews.length, "unit")} on{" "}
            {formatQuantity(new Set(made.crews.map(({ date }) => date)).size, "day")},{" "}
            {formatQuantity(read.rests, "rest day")}.
          </p>
          <RosterFaults faults={read.faults} left={made.left} />
          <Button
            icon="check"
            disabled={made.crews.length === 0}
            onClick={() => {
              onUse(made.crews);
              setText("");
            }}
          >
            {made.crews.length === 1 ? "Use this unit" : `Use these ${made.crews.length} units`}
          </Button>
        </>
      ) : null}
    </div>
  );
}

interface RosterFaultsProps extends Pick<Crews, "left"> {
  readonly faults: readonly RosterFault[];
}

function RosterFaults({ faults, left }: RosterFaultsProps) {
  const all = [
    ...faults.map(({ row, column, value, reason }) => ({
      key: `${row} ${column}`,
      words: `Row ${row}, column ${column}: "${value.slice(0, 40)}" ${reason}.`,
    })),
    ...left.map(({ name, date, reason }) => ({
      key: `${name} ${date} ${reason}`,
      words: `${name || "An officer"}, ${formatDay(date)}: ${reason}.`,
    })),
  ];
  if (all.length === 0) return null;
  return (
    <div className="note stale">
      <p className="row gap-2">
        <Icon name="warning" /> {formatQuantity(all.length, "entry", "entries")} left out:
      </p>
      <ul>
        {all.slice(0, mostShown).map(({ key, words }) => (
          <li key={key}>{words}</li>
        ))}
      </ul>
      {all.length > mostShown ? <p>and {all.length - mostShown} more.</p> : null}
    </div>
  );
}

const mostShown = 12;
