import { useState } from "react";
import { Button } from "#client/ui/Button.tsx";
import { Field } from "#client/ui/Field.tsx";
import "#client/ui/credential-field.css";

export interface CredentialFieldProps {
  readonly label: string;
  /** Autocomplete hint for password managers; all but a name are masked. */
  readonly kind: "username" | "current-password" | "new-password" | "one-time-code";
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/**
 * A user name or credential: the only field that browsers may autofill. A new password is typed
 * once and can be shown, so that a typo locks nobody out.
 */
export function CredentialField(props: CredentialFieldProps) {
  const { label, kind, value, onChange, hint, error } = props;
  const [isLookedAt, setLookedAt] = useState(false);
  const isChosen = kind === "new-password";
  const isShown = kind === "username" || kind === "one-time-code" || (isChosen && isLookedAt);
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => {
        const input = (
          <input
            {...control}
            className="input"
            type={isShown ? "text" : "password"}
            name={kind}
            // A visible password must not be saved as plain text.
            autoComplete={isChosen && isLookedAt ? "off" : fills(kind)}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            required
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        );
        if (!isChosen) return input;
        return (
          <span className="credential-field row gap-2">
            {input}
            <Button
              label={isLookedAt ? "Hide what is typed" : "Show what is typed"}
              aria-controls={control.id}
              onClick={() => setLookedAt(!isLookedAt)}
            >
              {isLookedAt ? "Hide" : "Show"}
            </Button>
          </span>
        );
      }}
    </Field>
  );
}

/** Browsers also offer passkeys in a name field. */
function fills(kind: CredentialFieldProps["kind"]): string {
  return kind === "username" ? "username webauthn" : kind;
}
