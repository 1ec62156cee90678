import { type SyntheticEvent, useState } from "react";
import { purposeWords, verbWords } from "#client/audit/audit-words.ts";
import { type AuditFilters, noFilters } from "#client/audit/filters.ts";
import { Button } from "#client/ui/Button.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";

export interface AuditFilterBarProps {
  readonly filters: AuditFilters;
  readonly onFilters: (filters: AuditFilters) => void;
}

/** Days, person, verb, purpose, outcome; a choice takes effect at once, a typed name with Enter. */
export function AuditFilterBar({ filters, onFilters }: AuditFilterBarProps) {
  const [person, setPerson] = useState(filters.person);
  const [known, setKnown] = useState(filters.person);
  if (known !== filters.person) {
    // Chosen elsewhere: in the table, or by going back.
    setKnown(filters.person);
    setPerson(filters.person);
  }
  const set = (change: Partial<AuditFilters>) =>
    onFilters({ ...filters, person: person.trim(), ...change });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    set({});
  };
  return (
    <form className="audit-filters" aria-label="Filters" onSubmit={submit}>
      <TextField label="From" type="date" value={filters.from} onChange={(from) => set({ from })} />
      <TextField label="To" type="date" value={filters.to} onChange={(to) => set({ to })} />
      <TextField label="Person, as written in the table" value={person} onChange={setPerson} />
      <Select
        label="Verb"
        value={filters.verb}
        options={choices(verbWords)}
        onChange={(verb) => set({ verb })}
      />
      <Select
        label="Purpose"
        value={filters.purpose}
        options={choices(purposeWords)}
        onChange={(purpose) => set({ purpose })}
      />
      <Select
        label="Outcome"
        value={filters.outcome}
        options={choices({ done: "Done", refused: "Refused" })}
        onChange={(outcome) => set({ outcome })}
      />
      <div className="audit-filters__acts">
        <Button type="submit" icon="filter">
          Show
        </Button>
        <Button look="quiet" onClick={() => onFilters(noFilters)}>
          Clear
        </Button>
      </div>
    </form>
  );
}

function choices(words: Readonly<Record<string, string>>) {
  const all = Object.entries(words).map(([value, label]) => ({ value, label }));
  return [{ value: "", label: "All" }, ...all];
}
