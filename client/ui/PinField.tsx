import { useEffect, useRef } from "react";
import { Field } from "#client/ui/Field.tsx";

export interface PinFieldProps {
  readonly label: string;
  readonly kind: "current-password" | "new-password";
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly focus?: boolean;
}

/** Masked, numeric keypad; browsers do not offer to save it. */
export function PinField({ label, kind, value, onChange, hint, error, focus }: PinFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) input.current?.focus();
  }, [focus]);
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          ref={input}
          className="input"
          type="password"
          inputMode="numeric"
          name={kind}
          autoComplete="off"
          maxLength={20}
          required
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
