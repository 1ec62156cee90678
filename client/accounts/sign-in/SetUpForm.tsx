import { useState } from "react";
import { prove } from "#client/accounts/prove.ts";
import { enter } from "#client/accounts/session.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { Form } from "#client/ui/Form.tsx";
import { foldAccountName } from "#core/accounts/account-name.ts";
import { passwordFault } from "#core/accounts/password.ts";
import { sessionCalls } from "#core/accounts/wire/sign-in.ts";

export function SetUpForm({ onBack }: { readonly onBack: () => void }) {
  const [name, setName] = useState("");
  const [secret, setSecret] = useState("");
  const [password, setPassword] = useState("");
  const { fault, isPending, run } = useSubmit();
  const unfit = password === "" ? null : passwordFault(password, foldAccountName(name));
  return (
    <Form
      className="sign-in__form stack gap-3"
      aria-label="Set a first password"
      onSend={() => {
        if (unfit !== null) return;
        const body = { name, secret, password };
        run(() => enter(prove(sessionCalls.setUp, { body })));
      }}
      fault={fault}
    >
      <CredentialField label="Name" kind="username" value={name} onChange={setName} />
      <CredentialField
        label="One-time secret"
        kind="one-time-code"
        value={secret}
        onChange={setSecret}
        hint="From your administrator: five groups of five characters."
      />
      <CredentialField
        label="New password"
        kind="new-password"
        value={password}
        onChange={setPassword}
        hint="At least 12 characters. Three or four unrelated words work well."
        error={unfit ?? undefined}
      />
      <div className="row wrap gap-2">
        <Button look="filled" type="submit" disabled={isPending}>
          Set password and sign in
        </Button>
        <Button look="quiet" onClick={onBack}>
          Back
        </Button>
      </div>
    </Form>
  );
}
