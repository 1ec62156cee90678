import type { PinSignInProps } from "#client/accounts/sign-in/PinSignIn.tsx";
import { plainName } from "#client/state/page-name.ts";
import { Button } from "#client/ui/Button.tsx";
import "#client/accounts/sign-in/sign-in.css";

/** A phone whose access has ended: whoever holds it reads no word of what was behind it. */
export function EndedPhone({ onOtherWay }: PinSignInProps) {
  return (
    <main className="sign-in">
      <header className="sign-in__head">
        <h1>{plainName}</h1>
      </header>
      <section className="sign-in__account" aria-label="Open">
        <p>This phone is no longer set up. Ask whoever gave you the link for a new one.</p>
        <Button look="quiet" onClick={onOtherWay}>
          Other ways to sign in
        </Button>
      </section>
    </main>
  );
}
