import { useState } from "react";
import {
  beginApp,
  confirmApp,
  removeApp,
} from "#client/accounts/second-factor/second-factor-api.ts";
import { appWords, momentOf } from "#client/accounts/second-factor/second-factor-words.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { QrCode } from "#client/ui/QrCode.tsx";
import type { NewAppReply, SecondFactorReply } from "#core/accounts/wire/second-factor.ts";

/** The app that shows codes: a picture for its camera, the secret for typing, and one code before it counts. */
export function AuthenticatorApp({ app }: Pick<SecondFactorReply, "app">) {
  const [begun, setBegun] = useState<NewAppReply | null>(null);
  const { fault, isPending, run } = useSubmit();
  return (
    <section className="own-account__part" aria-labelledby="own-app">
      <h3 id="own-app">Authenticator app</h3>
      <p className="quiet">{appWords}</p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {app === null ? null : (
        <p className="own-account__row">
          <span>Set up {momentOf(app)}</span>
          <Button disabled={isPending} onClick={() => run(removeApp)}>
            Remove the app
          </Button>
        </p>
      )}
      {begun ? (
        <NewApp begun={begun} onDone={() => setBegun(null)} />
      ) : (
        <div>
          <Button disabled={isPending} onClick={() => run(async () => setBegun(await beginApp()))}>
            {app === null ? "Set up an app" : "Set up on another phone"}
          </Button>
        </div>
      )}
    </section>
  );
}

function NewApp({ begun, onDone }: { readonly begun: NewAppReply; readonly onDone: () => void }) {
  const [code, setCode] = useState("");
  const { fault, isPending, run } = useSubmit();
  return (
    <form
      className="own-account__part"
      aria-label="Confirm the app"
      onSubmit={(event) => {
        event.preventDefault();
        run(async () => {
          await confirmApp(code);
          onDone();
        });
      }}
    >
      <p>1. Scan this with the app, or type the key into it.</p>
      <div className="second-factor__new-app">
        <QrCode text={begun.address} label="for the camera of the app" />
        <p>
          Key: <strong className="second-factor__secret">{begun.secret}</strong>
        </p>
      </div>
      <CredentialField
        label="2. Code that the app shows"
        kind="one-time-code"
        value={code}
        onChange={setCode}
      />
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="second-factor__row">
        <Button look="filled" type="submit" disabled={isPending}>
          Confirm the app
        </Button>
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
