import { useState } from "react";
import { prove } from "#client/accounts/prove.ts";
import { enter } from "#client/accounts/session.ts";
import { PhonePage } from "#client/accounts/sign-in/PhonePage.tsx";
import { usePhoneWords } from "#client/accounts/sign-in/phone-words.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { PinField } from "#client/ui/PinField.tsx";
import { WaitingNote } from "#client/ui/WaitingNote.tsx";
import { sessionCalls } from "#core/accounts/wire/sign-in.ts";

interface PinSignInProps {
  readonly onOtherWay: () => void;
}

export function PinSignIn({ onOtherWay }: PinSignInProps) {
  const words = usePhoneWords();
  const { say } = words;
  const [pin, setPin] = useState("");
  const { fault, isPending, run } = useSubmit();
  return (
    <PhonePage words={words} label={say("open")}>
      <WaitingNote />
      <Form
        className="sign-in__form stack gap-3"
        aria-label={say("open.label")}
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
            {say(isPending ? "opening" : "open")}
          </Button>
          <Button look="quiet" onClick={onOtherWay}>
            {say("other-ways")}
          </Button>
        </div>
      </Form>
    </PhonePage>
  );
}

/** Access has ended: whoever holds the phone learns nothing of what was behind it. */
export function EndedPhone({ onOtherWay }: PinSignInProps) {
  const words = usePhoneWords();
  const { say } = words;
  return (
    <PhonePage words={words} label={say("open")}>
      <p>{say("ended")}</p>
      <Button look="quiet" onClick={onOtherWay}>
        {say("other-ways")}
      </Button>
    </PhonePage>
  );
}
