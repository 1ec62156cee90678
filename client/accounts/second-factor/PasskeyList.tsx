import { useState } from "react";
import { canUsePasskeys } from "#client/accounts/second-factor/can-use-passkeys.ts";
import { addPasskey, removePasskey } from "#client/accounts/second-factor/second-factor-api.ts";
import { momentOf, passkeyWords } from "#client/accounts/second-factor/second-factor-words.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { SecondFactorReply } from "#core/accounts/wire/second-factor.ts";

/** The own passkeys: name, when made, when last used; one more, and one fewer. */
export function PasskeyList({ passkeys }: Pick<SecondFactorReply, "passkeys">) {
  const { signInBy } = useSession();
  const [name, setName] = useState("");
  const { fault, isPending, run } = useSubmit();
  const isPossible = signInBy.passkeys && canUsePasskeys();
  return (
    <section className="own-account__part" aria-labelledby="own-passkeys">
      <h3 id="own-passkeys">Passkeys</h3>
      <p className="quiet">{passkeyWords}</p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {passkeys.length === 0 ? null : (
        <ul className="own-account__list">
          {passkeys.map((each) => (
            <li key={each.id} className="own-account__row">
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
                onClick={() => run(() => removePasskey(each.id))}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isPossible ? (
        <form
          className="second-factor__row"
          aria-label="Add a passkey"
          onSubmit={(event) => {
            event.preventDefault();
            run(async () => {
              await addPasskey(name.trim() || "Passkey");
              setName("");
            });
          }}
        >
          <TextField
            label="Name of the device"
            value={name}
            onChange={setName}
            hint="Such as: desk in the office"
          />
          <Button type="submit" disabled={isPending}>
            Add a passkey
          </Button>
        </form>
      ) : (
        <p className="quiet small">
          {signInBy.passkeys
            ? "This browser is too old for passkeys. Use an authenticator app."
            : "Passkeys do not work at an IP address such as 127.0.0.1. Open Boxster by its name, or use an authenticator app."}
        </p>
      )}
    </section>
  );
}
