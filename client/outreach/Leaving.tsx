import { useState } from "react";
import { forgetEverything } from "#client/api/private-data.ts";
import { session } from "#client/api/session.ts";
import { ProviderLink } from "#client/app/ProviderLink.tsx";
import { useSession } from "#client/app/session-context.ts";
import { useSubmit } from "#client/app/use-submit.ts";
import { leaveForGood } from "#client/outreach/outreach-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Check } from "#client/ui/Check.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { PinField } from "#client/ui/PinField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import "#client/outreach/leaving.css";

/** The way out for good: says what follows, asks for a proof, and leaves numbers only. */
export function Leaving() {
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="leaving" aria-label="Leave for good">
      <h2>Leave for good</h2>
      <p className="quiet">Everything that is yours is erased; nobody can bring it back.</p>
      <Button look="quiet" icon="trash" onClick={() => setAsking(true)}>
        Leave and erase everything
      </Button>
      {isAsking ? <LeavingQuestion onStay={() => setAsking(false)} /> : null}
    </section>
  );
}

function LeavingQuestion({ onStay }: { readonly onStay: () => void }) {
  const { proveBy, signInBy } = useSession();
  const [proof, setProof] = useState("");
  const [isMeant, setMeant] = useState(false);
  const isTyped = proveBy === "pin" || proveBy === "password";
  const { fault, isPending, run } = useSubmit();
  const leave = () =>
    run(async () => {
      const { closing } = await leaveForGood(isTyped ? { [proveBy]: proof } : {});
      forgetEverything();
      showToast(
        closing === 0
          ? "Everything is erased."
          : "Everything is erased. What was to be closed within a day stays closed until it is over.",
      );
      session.reload();
    });
  return (
    <Dialog
      title="Leave and erase everything?"
      onClose={onStay}
      actions={
        <>
          <Button onClick={onStay}>Stay</Button>
          <Button
            look="filled"
            disabled={isPending || !isMeant || (isTyped && proof === "")}
            onClick={leave}
          >
            Erase everything
          </Button>
        </>
      }
    >
      <p>This is for your whole organisation, not for you alone:</p>
      <ul className="leaving__follows">
        <li>All places, sessions, reports, objections and confirmations are erased.</li>
        <li>All of your people are signed out, and every phone is taken away.</li>
        <li>
          Patrols can be planned where you went. What starts within 24 hours stays closed until it
          is over, in case people still come.
        </li>
        <li>
          What stays are numbers: how many visits were kept clear. The log keeps who did what and
          when, without places or times of sessions.
        </li>
      </ul>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {isTyped ? <Proof byPin={proveBy === "pin"} value={proof} onChange={setProof} /> : null}
      {proveBy === "provider" ? <ProofElsewhere name={signInBy.provider} /> : null}
      <Check isChecked={isMeant} onChange={setMeant}>
        Erase everything of my organisation
      </Check>
    </Dialog>
  );
}

function Proof(props: {
  readonly byPin: boolean;
  readonly value: string;
  readonly onChange: (typed: string) => void;
}) {
  const { byPin, ...field } = props;
  return byPin ? (
    <PinField label="PIN of this phone" kind="current-password" {...field} />
  ) : (
    <CredentialField label="Your password" kind="current-password" {...field} />
  );
}

/** Nothing to type: the organisation's own sign-in page asks its person once more. */
function ProofElsewhere({ name }: { readonly name: string | null }) {
  return (
    <>
      <p>
        Neither a password nor a PIN counts for you here. Unless you signed in within the last five
        minutes, sign in once more first, then come back to this question.
      </p>
      {name === null ? null : <ProviderLink name={name} look="plain" />}
    </>
  );
}
