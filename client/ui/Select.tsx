import { classNames } from "#client/ui/class-names.ts";
import { Field } from "#client/ui/Field.tsx";
import "#client/ui/select.css";

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** The label is for readers only: in a bar, where the value speaks for itself. */
  readonly bare?: boolean;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, bare = false } = props;
  const change = (next: string) => {
    const chosen = options.find((option) => option.value === next);
    if (chosen) onChange(chosen.value);
  };
  const choices = options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ));
  const className = classNames("input", "select", bare && "select--bare");
  if (bare) {
    return (
      <select
        className={className}
        aria-label={label}
        value={value}
        disabled={props.disabled}
        onChange={(event) => change(event.currentTarget.value)}
      >
        {choices}
      </select>
    );
  }
  return (
    <Field label={label} hint={props.hint} error={props.error}>
      {(control) => (
        <select
          {...control}
          className={className}
          value={value}
          disabled={props.disabled}
          onChange={(event) => change(event.currentTarget.value)}
        >
          {choices}
        </select>
      )}
    </Field>
  );
}
