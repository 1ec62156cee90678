import { useState } from "react";
import { prove } from "#client/accounts/prove.ts";
import { enter } from "#client/accounts/session.ts";
import { forgetDeviceLink } from "#client/accounts/sign-in/device-link.ts";
import { PhonePage } from "#client/accounts/sign-in/PhonePage.tsx";
import { usePhoneWords } from "#client/accounts/sign-in/phone-words.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { PinField } from "#client/ui/PinField.tsx";
import { mostWrongPins, pinFault, plainPin } from "#core/accounts/pin.ts";
import { sessionCalls } from "#core/accounts/wire/sign-in.ts";

export function DeviceSetUp({ secret }: { readonly secret: string }) {
  const words = usePhoneWords();
  const { say } = words;
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [isChecked, setChecked] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const unfit = pin === "" ? `${say("choose")}.` : pinFault(plainPin(pin));
  const differs = plainPin(pin) === plainPin(again) ? null : say("differ");
  return (
    <PhonePage words={words} label={say("set-up")}>
      <h2>{say("set-up")}</h2>
      <Form
        className="sign-in__form stack gap-3"
        aria-label={say("choose")}
        noValidate
        onSend={() => {
          setChecked(true);
          if (unfit !== null || differs !== null) return;
          run(async () => {
            await enter(prove(sessionCalls.setUpDevice, { body: { secret, pin } }));
            forgetDeviceLink();
          });
        }}
        fault={fault}
      >
        <PinField
          label={say("new")}
          kind="new-password"
          value={pin}
          onChange={setPin}
          hint={say("hint", { most: mostWrongPins })}
          error={isChecked ? (unfit ?? undefined) : undefined}
        />
        <PinField
          label={say("repeat")}
          kind="new-password"
          value={again}
          onChange={setAgain}
          error={isChecked ? (differs ?? undefined) : undefined}
        />
        <div className="row wrap gap-2">
          <Button look="filled" type="submit" disabled={isPending}>
            {say(isPending ? "setting-up" : "set-up")}
          </Button>
          <Button look="quiet" onClick={forgetDeviceLink}>
            {say("cancel")}
          </Button>
        </div>
      </Form>
      <p className="quiet small">{say("about")}</p>
    </PhonePage>
  );
}
