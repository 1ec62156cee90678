import { useEffect, useState } from "react";
import { roleWords } from "#client/records/import-choices.ts";
import { Select } from "#client/ui/Select.tsx";
import type { ColumnGuess } from "#core/records/guess.ts";
import { type ColumnRole, givenRoles, isWordRole } from "#core/table/columns.ts";

type Mapping = Readonly<Record<string, string>>;

export interface MappingTableProps {
  readonly mapping: Mapping;
  readonly columns: readonly string[];
  /** How sure each role is of its column. */
  readonly guesses: readonly ColumnGuess[];
  /** Only for words about places, which do not leave this computer. */
  readonly personal: readonly string[];
  readonly given: Mapping;
  readonly onMap: (given: Mapping) => void;
}

type Group = "found" | "more";

/** Option values: "as detected", and "no column". */
const found = "";
const none = "\u0000";

export function MappingTable(props: MappingTableProps) {
  const { mapping, columns, personal, guesses, given, onMap } = props;
  // A used box stays put, or the keyboard focus would move with it.
  const [used, setUsed] = useState<Readonly<Partial<Record<ColumnRole, Group>>>>({});
  const [isOpen, setOpen] = useState(false);
  const isRead = guesses.length > 0;
  useEffect(() => {
    if (!isRead) setOpen(true);
  }, [isRead]);
  const change = (role: ColumnRole, column: string) => {
    setUsed({ ...used, [role]: groupOf(role) });
    const { [role]: _, ...rest } = given;
    if (column === found) onMap(rest);
    else onMap({ ...rest, [role]: column === none ? "" : column });
  };
  const isGiven = (role: ColumnRole) => given[role] !== undefined;
  const choice = (role: ColumnRole) => (
    <Select
      key={role}
      label={roleWords[role]}
      value={given[role] === "" ? none : (given[role] ?? mapping[role] ?? found)}
      hint={scoreWords(guesses.find((guess) => guess.role === role))}
      options={[
        ...(isGiven(role) || mapping[role] === undefined
          ? [{ value: found, label: isGiven(role) ? "Automatic" : "No column chosen" }]
          : []),
        ...(isGiven(role) || mapping[role] !== undefined
          ? [{ value: none, label: "No column of this file" }]
          : []),
        ...(isWordRole(role) ? [...columns, ...personal] : columns).map((column) => ({
          value: column,
          label: column,
        })),
      ]}
      onChange={(column) => change(role, column)}
    />
  );
  const groupOf = (role: ColumnRole): Group =>
    used[role] ?? (isGiven(role) || mapping[role] !== undefined ? "found" : "more");
  const inGroup = (group: Group) => givenRoles.filter((role) => groupOf(role) === group);
  return (
    <fieldset className="preview__mapping">
      <legend>Columns</legend>
      <div className="preview__columns">{inGroup("found").map(choice)}</div>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Match other columns</summary>
        <div className="preview__columns">{inGroup("more").map(choice)}</div>
      </details>
    </fieldset>
  );
}

/** Of at most 1. */
const likely = 0.8;

/** "Likely: heading matches, 98% of values fit" */
function scoreWords(guess: ColumnGuess | undefined): string | undefined {
  if (!guess || guess.by === "said") return undefined;
  const fit = guess.fits === null ? "" : `${Math.round(100 * guess.fits)}% of values fit`;
  const why = guess.by === "heading" ? ["heading matches", fit] : [fit];
  return `${guess.score < likely ? "Possible" : "Likely"}: ${why.filter(Boolean).join(", ")}`;
}
