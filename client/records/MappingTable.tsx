import { roleWords } from "#client/records/import-choices.ts";
import { Select } from "#client/ui/Select.tsx";
import { type ColumnRole, givenRoles, isWordRole } from "#core/import/columns.ts";

type Mapping = Readonly<Record<string, string>>;

export interface MappingTableProps {
  /** Role to column, as found or said. */
  readonly mapping: Mapping;
  readonly columns: readonly string[];
  /** Only for words about places, which do not leave this computer. */
  readonly personal: readonly string[];
  /** What the person said so far. */
  readonly given: Mapping;
  readonly onMap: (given: Mapping) => void;
}

const none = "";

/** Which column holds what; each can be corrected. */
export function MappingTable({ mapping, columns, personal, given, onMap }: MappingTableProps) {
  const change = (role: string, column: string) => {
    const { [role]: _, ...rest } = given;
    onMap(column === none ? rest : { ...rest, [role]: column });
  };
  const choice = (role: ColumnRole) => (
    <Select
      key={role}
      label={roleWords[role]}
      value={given[role] ?? mapping[role] ?? none}
      options={[
        { value: none, label: given[role] ? "As found" : "Not in this file" },
        ...(isWordRole(role) ? [...columns, ...personal] : columns).map((column) => ({
          value: column,
          label: column,
        })),
      ]}
      onChange={(column) => change(role, column)}
    />
  );
  const isFound = (role: ColumnRole) => (given[role] ?? mapping[role]) !== undefined;
  const found = givenRoles.filter(isFound);
  return (
    <fieldset className="preview__mapping">
      <legend>Columns</legend>
      <div className="preview__columns">{found.map(choice)}</div>
      <details className="preview__more" open={found.length === 0}>
        <summary>Say what other columns hold</summary>
        <div className="preview__columns">
          {givenRoles.filter((role) => !isFound(role)).map(choice)}
        </div>
      </details>
    </fieldset>
  );
}
