import { useState } from "react";
import { canUsePasskeys } from "#client/accounts/second-factor/can-use-passkeys.ts";
import { answerByPasskey } from "#client/accounts/second-factor/passkey-browser.ts";
import { answerProof } from "#client/accounts/second-factor/prove-store.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { ProviderLink } from "#client/accounts/sign-in/ProviderLink.tsx";
import { fetchNothing } from "#client/api/fetch.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { PinField } from "#client/ui/PinField.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import type { SessionReply } from "#core/accounts/wire/session.ts";

type Typed = "pin" | "password" | "code";

const labels = { pin: "PIN", password: "Password", code: "Code from the app" };

/** Before an act that an unattended screen must not allow; the call then continues by itself. */
export function ProveAgain() {
  const who = useSession();
  const ways = typedWays(who);
  const [chosen, setChosen] = useState<Typed | undefined>(ways[0]);
  const [typed, setTyped] = useState("");
  const { fault, isPending, run } = useSubmit();
  const prove = (proof: () => Promise<object>) =>
    run(async () => {
      const body = await proof();
      await fetchNothing("/api/session/prove", { method: "POST", body, isProof: true });
      answerProof(true);
    });
  const { provider } = who.signInBy;
  const mayPasskey = who.proveAlso.passkey && canUsePasskeys();
  return (
    <Dialog title="Confirm it is you" onClose={() => answerProof(false)}>
      <Form
        className="stack gap-3"
        aria-label="Confirm it is you"
        onSend={() => {
          if (chosen) prove(async () => ({ [chosen]: typed }));
        }}
      >
        <p>Confirm your identity to continue. This lasts five minutes.</p>
        {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
        {ways.length > 1 && chosen ? (
          <Segmented
            label="Confirm by"
            value={chosen}
            options={ways.map((value) => ({ value, label: labels[value] }))}
            onChange={(way) => {
              setChosen(way);
              setTyped("");
            }}
          />
        ) : null}
        {chosen ? <ProofField way={chosen} value={typed} onChange={setTyped} /> : null}
        <div className="row wrap middle gap-2">
          {chosen ? (
            <Button look="filled" type="submit" disabled={isPending || typed === ""}>
              Confirm
            </Button>
          ) : null}
          {mayPasskey ? (
            <Button
              disabled={isPending}
              onClick={() => prove(async () => ({ passkey: await answerByPasskey() }))}
            >
              Use a passkey
            </Button>
          ) : null}
        </div>
        {who.proveBy === "provider" && provider !== null ? (
          // This leaves the page, and the pending request is lost.
          <>
            <p className="quiet">Sign in again, then repeat this within five minutes.</p>
            <ProviderLink name={provider} look="plain" />
          </>
        ) : null}
      </Form>
    </Dialog>
  );
}

/** The usual one first. */
function typedWays({ proveBy, proveAlso }: SessionReply): Typed[] {
  const ways: Typed[] = proveAlso.code ? ["code"] : [];
  return proveBy === "pin" || proveBy === "password" ? [proveBy, ...ways] : ways;
}

interface ProofFieldProps {
  readonly way: Typed;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ProofField({ way, ...field }: ProofFieldProps) {
  if (way === "pin") return <PinField label={labels.pin} kind="current-password" {...field} />;
  const kind = way === "code" ? "one-time-code" : "current-password";
  return <CredentialField label={labels[way]} kind={kind} {...field} />;
}
