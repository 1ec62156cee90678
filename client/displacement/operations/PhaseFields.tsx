import type { PhaseDraft } from "#client/displacement/operations/operation-draft.ts";
import { Button } from "#client/ui/Button.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { mostPhases } from "#core/displacement/operation-check.ts";
import { addDays } from "#core/time/zone.ts";

export interface PhaseFieldsProps {
  readonly phases: readonly PhaseDraft[];
  /** Of the operation. */
  readonly startsOn: string;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (phases: readonly PhaseDraft[]) => void;
}

/** Named parts of an operation, one after the other; most have none. */
export function PhaseFields({ phases, startsOn, faults, onChange }: PhaseFieldsProps) {
  const put = (at: number, part: Partial<PhaseDraft>) =>
    onChange(phases.map((phase, index) => (index === at ? { ...phase, ...part } : phase)));
  const add = () => onChange([...phases, nextPhase(phases, startsOn)]);
  return (
    <fieldset className="operation-part">
      <legend>Phases</legend>
      {phases.map((phase, at) => (
        <div key={phase.key} className="operation-editor__row operation-editor__row--phase">
          <TextField
            label={`Phase ${at + 1}`}
            value={phase.name}
            error={faults[`phases.${at}.name`]}
            onChange={(name) => put(at, { name })}
          />
          <TextField
            label="From"
            type="date"
            value={phase.startsOn}
            error={faults[`phases.${at}.startsOn`]}
            onChange={(from) => put(at, { startsOn: from })}
          />
          <TextField
            label="To"
            type="date"
            value={phase.endsOn}
            error={faults[`phases.${at}.endsOn`]}
            onChange={(to) => put(at, { endsOn: to })}
          />
          <Button
            icon="trash"
            label={`Remove phase ${at + 1}`}
            onClick={() => onChange(phases.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {faults["phases"] ? <p className="field__error">{faults["phases"]}</p> : null}
      <div>
        <Button icon="plus" disabled={phases.length >= mostPhases} onClick={add}>
          Add a phase
        </Button>
      </div>
    </fieldset>
  );
}

/** Begins the day after the one before ends, or with the operation. */
function nextPhase(phases: readonly PhaseDraft[], startsOn: string): PhaseDraft {
  const last = phases.at(-1);
  const key = 1 + Math.max(-1, ...phases.map((phase) => phase.key));
  const from = last && last.endsOn !== "" ? addDays(last.endsOn, 1) : "";
  return { key, name: "", startsOn: last ? from : startsOn, endsOn: "" };
}
