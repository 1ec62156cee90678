import { useState } from "react";
import { prove } from "#client/accounts/prove.ts";
import { enter } from "#client/accounts/session.ts";
import { forgetDeviceLink } from "#client/accounts/sign-in/device-link.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { plainName } from "#client/state/page-name.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { PinField } from "#client/ui/PinField.tsx";
import { mostWrongPins, pinFault, plainPin } from "#core/accounts/pin.ts";
import { sessionCalls } from "#core/accounts/wire/sign-in.ts";

export function DeviceSetUp({ secret }: { readonly secret: string }) {
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [isChecked, setChecked] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const unfit = pin === "" ? "Choose a PIN." : pinFault(plainPin(pin));
  const differs = plainPin(pin) === plainPin(again) ? null : "The two PINs do not match.";
  return (
    <main className="sign-in">
      <header className="stack start gap-1">
        <h1>{plainName}</h1>
      </header>
      <section className="sign-in__account stack gap-3" aria-label="Set up this phone">
        <h2>Set up this phone</h2>
        <Form
          className="sign-in__form stack gap-3"
          aria-label="Choose a PIN"
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
            label="New PIN"
            kind="new-password"
            value={pin}
            onChange={setPin}
            hint={`At least six digits, not a date. After ${mostWrongPins} wrong attempts this phone is signed out for good.`}
            error={isChecked ? (unfit ?? undefined) : undefined}
          />
          <PinField
            label="Repeat the PIN"
            kind="new-password"
            value={again}
            onChange={setAgain}
            error={isChecked ? (differs ?? undefined) : undefined}
          />
          <div className="row wrap gap-2">
            <Button look="filled" type="submit" disabled={isPending}>
              {isPending ? "Setting up..." : "Set up this phone"}
            </Button>
            <Button look="quiet" onClick={forgetDeviceLink}>
              Cancel
            </Button>
          </div>
        </Form>
        <p className="quiet small">
          The link works once, on this phone only. Nobody can look up your PIN. Lost the phone? Ask
          the administrator or a colleague to remove it.
        </p>
      </section>
    </main>
  );
}
