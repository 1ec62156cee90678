import { useEffect } from "react";
import { FactorCleared } from "#client/accounts/second-factor/FactorCleared.tsx";
import { SecondFactor } from "#client/accounts/second-factor/SecondFactor.tsx";
import { ownFactors } from "#client/accounts/second-factor/second-factor-api.ts";
import { signOut } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { Button } from "#client/ui/Button.tsx";
import "#client/accounts/sign-in/sign-in.css";

interface SetUpSecondFactorProps {
  /** True once set up: the page stays until its button is pressed. Must be a stable function. */
  readonly onStay: (stays: boolean) => void;
}

/** All that is shown until the required second factor exists and its codes are kept. */
export function SetUpSecondFactor({ onStay }: SetUpSecondFactorProps) {
  const { person, shownName, needsSecondFactor } = useSession();
  const own = useShared(ownFactors);
  const isSetUp = hasValue(own) && (own.value.passkeys.length > 0 || own.value.app !== null);
  const hasCodes = hasValue(own) && own.value.codesLeft > 0;
  useEffect(() => {
    if (isSetUp) onStay(true);
  }, [isSetUp, onStay]);
  return (
    <main className="sign-in stack reading gap-4">
      <header className="stack start gap-1">
        <h1>Set up a second factor</h1>
        <p className="quiet">Signed in as {shownName ?? person}.</p>
        <p>
          Your role needs more than a password: a passkey or an authenticator app. Setting it up
          takes two minutes.
        </p>
      </header>
      <FactorCleared />
      <SecondFactor />
      {isSetUp && !hasCodes ? <p>Make recovery codes, and keep them on paper.</p> : null}
      <div className="row wrap gap-2">
        <Button
          look="filled"
          disabled={!(isSetUp && hasCodes) || needsSecondFactor}
          onClick={() => onStay(false)}
        >
          Done
        </Button>
        <Button look="quiet" onClick={signOut}>
          Sign out
        </Button>
      </div>
    </main>
  );
}
