import { useState } from "react";
import { prove } from "#client/accounts/prove.ts";
import { enter } from "#client/accounts/session.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { plainName } from "#client/state/page-name.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { PinField } from "#client/ui/PinField.tsx";
import { WaitingNote } from "#client/ui/WaitingNote.tsx";
import { sessionCalls } from "#core/accounts/wire/sign-in.ts";
import "#client/accounts/sign-in/sign-in.css";

interface PinSignInProps {
  readonly onOtherWay: () => void;
}

/** Shows the PIN field alone, without a word of what is behind it. */
export function PinSignIn({ onOtherWay }: PinSignInProps) {
  const [pin, setPin] = useState("");
  const { fault, isPending, run } = useSubmit();
  return (
    <main className="sign-in">
      <header className="stack start gap-1">
        <h1>{plainName}</h1>
      </header>
      <section className="sign-in__account stack gap-3" aria-label="Open">
        <WaitingNote />
        <Form
          className="sign-in__form stack gap-3"
          aria-label="Open with PIN"
          onSend={() => {
            run(async () => {
              try {
                await enter(prove(sessionCalls.byPin, { body: { pin } }));
              } finally {
                setPin("");
              }
            });
          }}
          fault={fault}
        >
          <PinField label="PIN" kind="current-password" value={pin} onChange={setPin} focus />
          <div className="row wrap gap-2">
            <Button look="filled" type="submit" disabled={isPending || pin === ""}>
              {isPending ? "Opening..." : "Open"}
            </Button>
            <Button look="quiet" onClick={onOtherWay}>
              Other ways to sign in
            </Button>
          </div>
        </Form>
      </section>
    </main>
  );
}

/** Access has ended: whoever holds the phone learns nothing of what was behind it. */
export function EndedPhone({ onOtherWay }: PinSignInProps) {
  return (
    <main className="sign-in">
      <header className="stack start gap-1">
        <h1>{plainName}</h1>
      </header>
      <section className="sign-in__account stack gap-3" aria-label="Open">
        <p>This phone is no longer set up. Ask whoever gave you the link for a new one.</p>
        <Button look="quiet" onClick={onOtherWay}>
          Other ways to sign in
        </Button>
      </section>
    </main>
  );
}
