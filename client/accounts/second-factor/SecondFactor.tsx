import { useState } from "react";
import { canUsePasskeys } from "#client/accounts/second-factor/can-use-passkeys.ts";
import {
  acceptFactors,
  addPasskey,
  momentOf,
  ownFactors,
} from "#client/accounts/second-factor/second-factor-api.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { QrCode } from "#client/ui/QrCode.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import {
  factorCalls,
  type NewAppReply,
  type SecondFactorReply,
} from "#core/accounts/wire/second-factor.ts";
import "#client/accounts/second-factor/second-factor.css";

export function SecondFactor() {
  return (
    <Kept of={ownFactors}>
      {({ passkeys, app, codesLeft }) => (
        <>
          <PasskeyList passkeys={passkeys} />
          <AuthenticatorApp app={app} />
          {passkeys.length > 0 || app !== null ? <RecoveryCodes codesLeft={codesLeft} /> : null}
        </>
      )}
    </Kept>
  );
}

function RecoveryCodes({ codesLeft }: Pick<SecondFactorReply, "codesLeft">) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { fault, isPending, run } = useSubmit();
  return (
    <section className="stack gap-3" aria-labelledby="own-codes">
      <h3 id="own-codes">Recovery codes</h3>
      <p className="quiet">
        For when you have neither your phone nor your passkey. Each of the ten codes works once.{" "}
        {codesLeft === 0 ? "You have none." : `${codesLeft} left.`}
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {codes ? (
        <ShownCodes codes={codes} />
      ) : (
        <div>
          <Button
            disabled={isPending}
            onClick={() =>
              run(async () => {
                setCodes((await ask(factorCalls.drawCodes, {})).codes);
                ownFactors.reload();
              })
            }
          >
            {codesLeft === 0 ? "Make recovery codes" : "Replace the recovery codes"}
          </Button>
        </div>
      )}
    </section>
  );
}

function ShownCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <div className="recovery-codes rounded stack gap-3 pad-3">
      <p>
        <strong>Boxster recovery codes.</strong> Shown once only. Keep them on paper, away from your
        phone. Earlier codes no longer work.
      </p>
      <ol className="recovery-codes__list tiles tiles--small" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="no-print row wrap middle gap-2">
        <Button icon="print" onClick={() => window.print()}>
          Print the codes
        </Button>
        <Button
          icon="download"
          onClick={() =>
            downloadText(
              "boxster-recovery-codes.txt",
              `Boxster recovery codes, each works once\n\n${codes.join("\n")}\n`,
              "text/plain",
            )
          }
        >
          Download the codes
        </Button>
      </div>
    </div>
  );
}

function PasskeyList({ passkeys }: Pick<SecondFactorReply, "passkeys">) {
  const { signInBy } = useSession();
  const [name, setName] = useState("");
  const { fault, isPending, run } = useSubmit();
  const isPossible = signInBy.passkeys && canUsePasskeys();
  return (
    <section className="stack gap-3" aria-labelledby="own-passkeys">
      <h3 id="own-passkeys">Passkeys</h3>
      <p className="quiet">
        Use your fingerprint, face or device PIN instead of a password. There is nothing to type or
        to steal.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {passkeys.length === 0 ? null : (
        <ul className="stack gap-2">
          {passkeys.map((each) => (
            <li key={each.id} className="row wrap middle between gap-2">
              <span>
                <strong>{each.name}</strong>
                <span className="quiet small">
                  {" "}
                  added {momentOf(each.made)},{" "}
                  {each.lastUsed === null ? "not used yet" : `last used ${momentOf(each.lastUsed)}`}
                </span>
              </span>
              <Button
                disabled={isPending}
                aria-label={`Remove passkey ${each.name}`}
                onClick={() =>
                  run(() => acceptFactors(ask(factorCalls.removePasskey, { id: each.id })))
                }
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isPossible ? (
        <Form
          className="row wrap middle gap-2"
          aria-label="Add a passkey"
          onSend={() => {
            run(async () => {
              await addPasskey(name.trim() || "Passkey");
              setName("");
            });
          }}
        >
          <TextField
            label="Device name"
            value={name}
            onChange={setName}
            hint="Such as: office desk"
          />
          <Button type="submit" disabled={isPending}>
            Add a passkey
          </Button>
        </Form>
      ) : (
        <p className="quiet small">
          {signInBy.passkeys
            ? "This browser is too old for passkeys. Use an authenticator app."
            : "Passkeys do not work at an IP address such as 127.0.0.1. Open Boxster at its web address, or use an authenticator app."}
        </p>
      )}
    </section>
  );
}

/** A QR code, the secret for typing, and one code before it counts. */
function AuthenticatorApp({ app }: Pick<SecondFactorReply, "app">) {
  const [begun, setBegun] = useState<NewAppReply | null>(null);
  const { fault, isPending, run } = useSubmit();
  return (
    <section className="stack gap-3" aria-labelledby="own-app">
      <h3 id="own-app">Authenticator app</h3>
      <p className="quiet">
        An app such as Aegis, Google Authenticator or Microsoft Authenticator shows a six-digit
        code. Enter it after your password.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {app === null ? null : (
        <p className="row wrap middle between gap-2">
          <span>Set up {momentOf(app)}</span>
          <Button
            disabled={isPending}
            onClick={() => run(() => acceptFactors(ask(factorCalls.removeApp, {})))}
          >
            Remove the app
          </Button>
        </p>
      )}
      {begun ? (
        <NewApp begun={begun} onDone={() => setBegun(null)} />
      ) : (
        <div>
          <Button
            disabled={isPending}
            onClick={() => run(async () => setBegun(await ask(factorCalls.beginApp, {})))}
          >
            {app === null ? "Set up app" : "Set up on another phone"}
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
    <Form
      className="stack gap-3"
      aria-label="Confirm the app"
      onSend={() => {
        run(async () => {
          await acceptFactors(ask(factorCalls.confirmApp, { body: { code } }));
          onDone();
        });
      }}
    >
      <p>1. Scan this with the app, or type the key into it.</p>
      <div className="row wrap middle gap-3">
        <QrCode text={begun.address} label="QR code to scan with the app" />
        <p>
          Key: <strong className="second-factor__secret">{begun.secret}</strong>
        </p>
      </div>
      <CredentialField
        label="2. Code shown in the app"
        kind="one-time-code"
        value={code}
        onChange={setCode}
      />
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="row wrap middle gap-2">
        <Button look="filled" type="submit" disabled={isPending}>
          Confirm the app
        </Button>
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </Form>
  );
}
