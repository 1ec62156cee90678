import { useEffect, useState } from "react";
import { roleWords } from "#client/records/import-choices.ts";
import { Select } from "#client/ui/Select.tsx";
import { type ColumnRole, givenRoles, isWordRole } from "#core/table/columns.ts";

type Mapping = Readonly<Record<string, string>>;

export interface MappingTableProps {
  readonly mapping: Mapping;
  readonly columns: readonly string[];
  /** Whether the file can be read as it is. */
  readonly isRead: boolean;
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
  const { mapping, columns, personal, isRead, given, onMap } = props;
  // A used box stays put, or the keyboard focus would move with it.
  const [used, setUsed] = useState<Readonly<Partial<Record<ColumnRole, Group>>>>({});
  const [isOpen, setOpen] = useState(false);
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
      <div className="tiles tiles--small">{inGroup("found").map(choice)}</div>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Match other columns</summary>
        <div className="tiles tiles--small">{inGroup("more").map(choice)}</div>
      </details>
    </fieldset>
  );
}
