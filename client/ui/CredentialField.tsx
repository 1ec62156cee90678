import { Field } from "#client/ui/Field.tsx";

export interface CredentialFieldProps {
  readonly label: string;
  /** Tells password managers what goes in and what to keep; all but a name are dots. */
  readonly kind: "username" | "current-password" | "new-password" | "one-time-code";
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** Who one is and what proves it: the one place where a browser may fill in what it keeps. */
export function CredentialField(props: CredentialFieldProps) {
  const { label, kind, value, onChange, hint, error } = props;
  const isShown = kind === "username" || kind === "one-time-code";
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          className="input"
          type={isShown ? "text" : "password"}
          name={kind}
          autoComplete={kind}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
