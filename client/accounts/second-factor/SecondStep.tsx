import { useState } from "react";
import { prove } from "#client/accounts/prove.ts";
import { canUsePasskeys } from "#client/accounts/second-factor/can-use-passkeys.ts";
import { answerByPasskey } from "#client/accounts/second-factor/passkey-browser.ts";
import { enter, session, signOut } from "#client/accounts/session.ts";
import { ApiError } from "#client/api/api-error.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { Form } from "#client/ui/Form.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { SessionReply } from "#core/accounts/wire/session.ts";
import { type SecondStep as Proof, sessionCalls } from "#core/accounts/wire/sign-in.ts";

type Step = NonNullable<SessionReply["secondStep"]>;

export function SecondStep({ step }: { readonly step: Step }) {
  const [isRecovering, setRecovering] = useState(!step.code && !step.passkey);
  const [typed, setTyped] = useState("");
  const { fault, isPending, run } = useSubmit();
  const take = (give: () => Promise<Proof>) =>
    run(() => takeOrStartAgain(give).finally(() => setTyped("")));
  const isTyped = step.code || isRecovering;
  return (
    <Form
      className="sign-in__form stack gap-3"
      aria-label="Second step"
      onSend={() => {
        take(async () => (isRecovering ? { recovery: typed } : { code: typed }));
      }}
      fault={fault}
    >
      {isTyped ? (
        <CredentialField
          key={String(isRecovering)}
          label={isRecovering ? "Recovery code" : "Code from your authenticator app"}
          kind="one-time-code"
          value={typed}
          onChange={setTyped}
          hint={
            isRecovering ? "Four groups of five characters. Each code works once." : "Six digits."
          }
        />
      ) : null}
      <div className="row wrap gap-2">
        {isTyped ? (
          <Button look="filled" type="submit" disabled={isPending}>
            Continue
          </Button>
        ) : null}
        {step.passkey ? <UsePasskey isAlone={!isTyped} isPending={isPending} take={take} /> : null}
        {step.recovery ? (
          <Button look="quiet" onClick={() => setRecovering(!isRecovering)}>
            {isRecovering ? "Back to the code or passkey" : "Use a recovery code"}
          </Button>
        ) : null}
        <Button look="quiet" disabled={isPending} onClick={signOut}>
          Cancel
        </Button>
      </div>
      <p className="quiet small">
        Lost them all? Ask an administrator. Two people together can reset your second factor.
      </p>
    </Form>
  );
}

interface UsePasskeyProps {
  readonly isAlone: boolean;
  readonly isPending: boolean;
  readonly take: (give: () => Promise<Proof>) => void;
}

function UsePasskey({ isAlone, isPending, take }: UsePasskeyProps) {
  if (!canUsePasskeys()) {
    return isAlone ? <p className="quiet">This browser cannot use your passkey.</p> : null;
  }
  return (
    <Button
      look={isAlone ? "filled" : "plain"}
      disabled={isPending}
      onClick={() => take(async () => ({ passkey: await answerByPasskey() }))}
    >
      Use a passkey
    </Button>
  );
}

/** When the step has expired, returns to name and password and says why. */
async function takeOrStartAgain(give: () => Promise<Proof>): Promise<void> {
  try {
    await enter(prove(sessionCalls.secondStep, { body: await give() }));
  } catch (cause) {
    if (!(cause instanceof ApiError && cause.title === "Start again")) throw cause;
    showToast(`${cause.title}. ${cause.detail}`);
    session.reload();
  }
}
