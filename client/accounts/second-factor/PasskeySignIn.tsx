import { useEffect, useRef } from "react";
import { prove } from "#client/accounts/prove.ts";
import { answerByPasskey, offersPasskeys } from "#client/accounts/second-factor/passkey-browser.ts";
import { enter } from "#client/accounts/session.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { type PasskeyAnswer, sessionCalls } from "#core/accounts/wire/sign-in.ts";

/** A challenge lives five minutes: the offer is made again before. */
const offerAgainMs = 4 * 60_000;

const signInBy = (passkey: PasskeyAnswer) =>
  enter(prove(sessionCalls.byPasskey, { body: { passkey } }));

export function PasskeySignIn() {
  const { fault, isPending, run } = useSubmit();
  const offer = useRef<AbortController | null>(null);
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const make = async () => {
      offer.current?.abort();
      const mine = new AbortController();
      offer.current = mine;
      if (!(await offersPasskeys()) || mine.signal.aborted) return;
      // Offered unasked: errors before a passkey is chosen are not shown.
      const answer = await answerByPasskey({ inFields: true, signal: mine.signal });
      latest.current(() => signInBy(answer));
    };
    const offerNow = () => void make().catch(() => undefined);
    offerNow();
    const timer = setInterval(offerNow, offerAgainMs);
    return () => {
      clearInterval(timer);
      offer.current?.abort();
    };
  }, []);
  const signIn = async () => {
    offer.current?.abort();
    await signInBy(await answerByPasskey());
  };
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Button disabled={isPending} onClick={() => run(signIn)}>
        Sign in with a passkey
      </Button>
    </>
  );
}
