import type { HTMLInputTypeAttribute } from "react";
import { Field } from "#client/ui/Field.tsx";

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: Extract<HTMLInputTypeAttribute, "text" | "date" | "time" | "number">;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly min?: string | number | undefined;
  readonly max?: string | number | undefined;
  readonly step?: number | undefined;
  readonly disabled?: boolean | undefined;
}

/** Text, a date, a time or a number. */
export function TextField({ label, value, onChange, hint, error, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          {...input}
          className="input"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
