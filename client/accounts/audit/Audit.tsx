import { type SyntheticEvent, useState } from "react";
import { auditPersons, loadAudit, useActs } from "#client/accounts/audit/audit-api.ts";
import {
  detailWords,
  momentOf,
  purposeWords,
  roleName,
  verbWords,
} from "#client/accounts/audit/audit-words.ts";
import { ChainPanel, HeadPanel, useVerification } from "#client/accounts/audit/ChainPanel.tsx";
import {
  type AuditFilters,
  filterQuery,
  matchPerson,
  noFilters,
  type PersonMatch,
  personFault,
  readFilters,
} from "#client/accounts/audit/filters.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { address, replaceParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { AuditRow } from "#core/accounts/wire/audit.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import "#client/accounts/audit/audit.css";

export function Audit() {
  const params = useStore(address, (at) => at.params);
  const filters = readFilters(params);
  const verifier = useVerification();
  return (
    <div className="audit stack pad-4">
      <div className="audit__chain grid gap-5">
        <ChainPanel verifier={verifier} />
        <HeadPanel verification={verifier.state} />
      </div>
      <ActList filters={filters} />
    </div>
  );
}

function ActList({ filters }: { readonly filters: AuditFilters }) {
  const query = filterQuery(filters, null);
  const acts = useActs(query, loadAudit(filters));
  const [chosen, setChosen] = useState<AuditRow | null>(null);
  const setFilters = (next: AuditFilters) => {
    setChosen(null);
    replaceParams("audit", { ...next });
  };
  return (
    <section className="audit__acts stack gap-3 shrinks" aria-labelledby="audit-acts">
      <h2 id="audit-acts">Who did what</h2>
      <AuditFilterBar filters={filters} onFilters={setFilters} />
      <Loaded resource={acts.first} onRetry={acts.reload} skeleton={<Skeleton lines={8} />}>
        {() =>
          acts.rows.length === 0 ? (
            <EmptyState title="No matching entries">
              Nothing in the log matches these filters. Remove one.
            </EmptyState>
          ) : (
            <>
              <div className="row wrap middle gap-2">
                <p>
                  {formatQuantity(acts.rows.length, "act")} shown, newest first
                  {acts.hasOlder ? "; there are older ones" : ", and there are no older ones"}.
                </p>
                {chosen ? (
                  <Button onClick={() => setFilters({ ...filters, person: chosen.person })}>
                    Only entries of {chosen.person}
                  </Button>
                ) : null}
                <Button look="quiet" onClick={acts.reload}>
                  Refresh
                </Button>
              </div>
              <div className="scroll-x">
                <SortableTable
                  caption="Log entries, newest first"
                  columns={columns}
                  rows={acts.rows}
                  rowKey={(row) => row.id}
                  // Selecting a row offers a filter by its person.
                  selectedKey={chosen?.id ?? null}
                  onSelect={setChosen}
                />
              </div>
              {acts.hasOlder ? (
                <Button disabled={acts.isLoadingOlder} onClick={acts.loadOlder}>
                  Older than row {formatCount(Number(acts.rows.at(-1)?.id ?? 0))}
                </Button>
              ) : null}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

interface AuditFilterBarProps {
  readonly filters: AuditFilters;
  readonly onFilters: (filters: AuditFilters) => void;
}

/**
 * Choices apply at once, a typed name on Enter. Names in the log are suggested; part of one is
 * enough.
 */
function AuditFilterBar({ filters, onFilters }: AuditFilterBarProps) {
  const [person, setPerson] = useState(filters.person);
  const [known, setKnown] = useState(filters.person);
  const [fault, setFault] = useState<string>();
  const persons = useShared(auditPersons);
  const names = hasValue(persons) ? persons.value.persons : [];
  if (known !== filters.person) {
    // Changed elsewhere: in the table or by going back.
    setKnown(filters.person);
    setPerson(filters.person);
    setFault(undefined);
  }
  const type = (typed: string) => {
    setPerson(typed);
    setFault(undefined);
    // Picked from the list or typed in full.
    if (names.includes(typed)) onFilters({ ...filters, person: typed });
  };
  const set = (change: Partial<AuditFilters>) => {
    // Names not loaded: as typed.
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
    <form className="tiles tiles--small end" aria-label="Filters" onSubmit={submit}>
      <TextField label="From" type="date" value={filters.from} onChange={(from) => set({ from })} />
      <TextField label="To" type="date" value={filters.to} onChange={(to) => set({ to })} />
      <TextField label="Person" value={person} onChange={type} suggestions={names} error={fault} />
      {codes.map(({ name, label, words }) => (
        <Select
          key={name}
          label={label}
          value={filters[name]}
          options={choices(words)}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
      <div className="row gap-2">
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

const codes = [
  { name: "verb", label: "Verb", words: verbWords },
  { name: "purpose", label: "Purpose", words: purposeWords },
  { name: "outcome", label: "Outcome", words: { done: "Done", refused: "Refused" } },
] as const;

function choices(words: Readonly<Record<string, string>>) {
  const all = Object.entries(words).map(([value, label]) => ({ value, label }));
  return [{ value: "", label: "All" }, ...all];
}

const columns: readonly TableColumn<AuditRow>[] = [
  { key: "id", label: "Row", isNumber: true, cell: (row) => row.id },
  {
    key: "at",
    label: "When",
    cell: (row) => <span className="nowrap">{momentOf(row.at)}</span>,
  },
  {
    key: "person",
    label: "Who",
    cell: (row) => (
      <>
        {row.person}
        <span className="block quiet small">{roleName(row.role)}</span>
      </>
    ),
  },
  {
    key: "act",
    label: "Act",
    cell: (row) => (
      <>
        {row.act}
        <span className="block quiet small">{verbWords[row.verb]}</span>
      </>
    ),
  },
  { key: "purpose", label: "Purpose", cell: (row) => purposeWords[row.purpose] },
  {
    key: "outcome",
    label: "Outcome",
    cell: (row) =>
      row.outcome === "refused" ? <strong className="fault">Refused</strong> : "Done",
  },
  { key: "detail", label: "About", cell: (row) => detailWords(row.detail) },
];
