import { type HTMLInputTypeAttribute, useId } from "react";
import { Field } from "#client/ui/Field.tsx";

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: Extract<HTMLInputTypeAttribute, "text" | "date" | "time" | "number" | "tel">;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly min?: string | number | undefined;
  readonly max?: string | number | undefined;
  readonly step?: number | undefined;
  readonly disabled?: boolean | undefined;
  readonly suggestions?: readonly string[];
}

/**
 * Text, a date, a time or a number. Input must not reach the browser's autofill or a spelling
 * service.
 */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, error, ...rest } = props;
  const { suggestions, ...input } = rest;
  const listId = useId();
  const field = (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          {...input}
          {...(suggestions ? { list: listId } : {})}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          className="input"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
  if (!suggestions) return field;
  return (
    <>
      {field}
      <datalist id={listId}>
        {suggestions.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
