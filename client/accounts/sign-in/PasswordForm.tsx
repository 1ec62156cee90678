import { useState } from "react";
import { signInByPassword } from "#client/accounts/session.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";

export function PasswordForm({ onFirstTime }: { readonly onFirstTime: () => void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const { fault, isPending, run } = useSubmit();
  return (
    <form
      className="sign-in__form"
      aria-label="Sign in"
      onSubmit={(event) => {
        event.preventDefault();
        run(() => signInByPassword(name, password));
      }}
    >
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <CredentialField label="Name" kind="username" value={name} onChange={setName} />
      <CredentialField
        label="Password"
        kind="current-password"
        value={password}
        onChange={setPassword}
      />
      <div className="sign-in__actions">
        <Button look="filled" type="submit" disabled={isPending}>
          {isPending ? "Signing in..." : "Sign in"}
        </Button>
        <Button look="quiet" onClick={onFirstTime}>
          I have a one-time secret
        </Button>
      </div>
    </form>
  );
}
