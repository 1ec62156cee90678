import type { ComponentProps } from "react";
import { classNames } from "#client/ui/class-names.ts";
import { Field } from "#client/ui/Field.tsx";
import "#client/ui/select.css";

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Options of a group are listed under its name. */
  readonly group?: string;
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** The label is for screen readers only, as in a bar. */
  readonly bare?: boolean;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, bare = false } = props;
  const change = (next: string) => {
    const chosen = options.find((option) => option.value === next);
    if (chosen) onChange(chosen.value);
  };
  const choices = groupsOf(options).map(({ group, members }) =>
    group === undefined ? (
      members.map(choiceOf)
    ) : (
      <optgroup key={group} label={group}>
        {members.map(choiceOf)}
      </optgroup>
    ),
  );
  const select = (named: ComponentProps<"select">) => (
    <select
      {...named}
      className={classNames("input", "select", bare && "select--bare medium")}
      value={value}
      disabled={props.disabled}
      onChange={(event) => change(event.currentTarget.value)}
    >
      {choices}
    </select>
  );
  if (bare) return select({ "aria-label": label });
  return (
    <Field label={label} hint={props.hint} error={props.error}>
      {select}
    </Field>
  );
}

function choiceOf({ value, label }: SelectOption<string>) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}

function groupsOf(options: readonly SelectOption<string>[]) {
  const groups: { group: string | undefined; members: SelectOption<string>[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last && last.group === option.group) last.members.push(option);
    else groups.push({ group: option.group, members: [option] });
  }
  return groups;
}
