import { type SyntheticEvent, useState } from "react";
import { auditPersons } from "#client/accounts/audit/audit-api.ts";
import { purposeWords, verbWords } from "#client/accounts/audit/audit-words.ts";
import { type AuditFilters, noFilters } from "#client/accounts/audit/filters.ts";
import { matchPerson, type PersonMatch, personFault } from "#client/accounts/audit/match-person.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { Button } from "#client/ui/Button.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";

export interface AuditFilterBarProps {
  readonly filters: AuditFilters;
  readonly onFilters: (filters: AuditFilters) => void;
}

/**
 * Days, person, verb, purpose, outcome; a choice takes effect at once, a typed name with Enter. The
 * names in the log are offered, and a part of one is enough.
 */
export function AuditFilterBar({ filters, onFilters }: AuditFilterBarProps) {
  const [person, setPerson] = useState(filters.person);
  const [known, setKnown] = useState(filters.person);
  const [fault, setFault] = useState<string>();
  const persons = useShared(auditPersons);
  const names = hasValue(persons) ? persons.value : [];
  if (known !== filters.person) {
    // Chosen elsewhere: in the table, or by going back.
    setKnown(filters.person);
    setPerson(filters.person);
    setFault(undefined);
  }
  const type = (typed: string) => {
    setPerson(typed);
    setFault(undefined);
    // Chosen from the list, or typed to its end.
    if (names.includes(typed)) onFilters({ ...filters, person: typed });
  };
  const set = (change: Partial<AuditFilters>) => {
    // Without the names, as it is typed.
    const typed: PersonMatch = { person: person.trim(), others: [] };
    const match = names.length > 0 ? matchPerson(person, names) : typed;
    if (match.person === null) {
      setFault(personFault(match));
      return;
    }
    setPerson(match.person);
    onFilters({ ...filters, person: match.person, ...change });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    set({});
  };
  return (
    <form className="audit-filters" aria-label="Filters" onSubmit={submit}>
      <TextField label="From" type="date" value={filters.from} onChange={(from) => set({ from })} />
      <TextField label="To" type="date" value={filters.to} onChange={(to) => set({ to })} />
      <TextField label="Person" value={person} onChange={type} suggestions={names} error={fault} />
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
        <Button
          look="quiet"
          onClick={() => {
            setPerson("");
            setFault(undefined);
            onFilters(noFilters);
          }}
        >
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
