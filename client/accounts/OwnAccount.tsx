import { useState } from "react";
import { prove } from "#client/accounts/prove.ts";
import { SecondFactor } from "#client/accounts/second-factor/SecondFactor.tsx";
import { goOn } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { fetchNothing } from "#client/api/fetch.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { formatMoment } from "#client/ui/moment.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { passwordFault } from "#core/accounts/password.ts";
import { sessionCalls } from "#core/accounts/wire/sign-in.ts";

export function OwnAccount({ onClose }: { readonly onClose: () => void }) {
  const { signInBy, hasPassword } = useSession();
  return (
    <Dialog title="Your account" onClose={onClose}>
      <OwnSignIns />
      {signInBy.passwords ? <SecondFactor /> : null}
      {signInBy.passwords && hasPassword ? <OwnPassword onDone={onClose} /> : null}
    </Dialog>
  );
}

function OwnSignIns() {
  const { resource, reload } = useFetched("own sign-ins", (signal) =>
    ask(sessionCalls.ownSignIns, {}, { signal }),
  );
  const { fault, isPending, run } = useSubmit();
  return (
    <section className="stack gap-3">
      <h3>Signed-in browsers</h3>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Loaded resource={resource} onRetry={reload}>
        {({ signIns }) => (
          <ul className="stack gap-2">
            {signIns.map((each) => (
              <li key={each.id} className="row wrap middle between gap-2">
                <span>
                  <strong>{each.device ?? "Unknown browser"}</strong>
                  {each.isThis ? " (this one)" : ""}
                  <span className="quiet small">
                    {" "}
                    since {formatMoment(each.since)}, last used {formatMoment(each.lastSeen)}
                  </span>
                </span>
                {each.isThis ? null : (
                  <Button
                    disabled={isPending}
                    onClick={() =>
                      run(() =>
                        fetchNothing(`/api/sign-ins/${each.id}`, { method: "DELETE" }).then(reload),
                      )
                    }
                  >
                    Sign out there
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function OwnPassword({ onDone }: { readonly onDone: () => void }) {
  const { person } = useSession();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const { fault, isPending, run } = useSubmit();
  const unfit = password === "" ? null : passwordFault(password, person);
  return (
    <Form
      className="stack gap-3"
      aria-label="Change your password"
      onSend={() => {
        if (unfit !== null) return;
        run(async () => {
          await goOn(prove(sessionCalls.changePassword, { body: { current, password } }));
          showToast("Password changed. You are signed out of other browsers.");
          onDone();
        });
      }}
    >
      <h3>Change your password</h3>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <CredentialField
        label="Current password"
        kind="current-password"
        value={current}
        onChange={setCurrent}
      />
      <CredentialField
        label="New password"
        kind="new-password"
        value={password}
        onChange={setPassword}
        hint="At least 12 characters. This signs you out of all other browsers."
        error={unfit ?? undefined}
      />
      <div>
        <Button look="filled" type="submit" disabled={isPending}>
          Change password
        </Button>
      </div>
    </Form>
  );
}
