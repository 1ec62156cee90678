import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ProviderLink } from "#client/accounts/sign-in/ProviderLink.tsx";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { ownCalendar } from "#client/protected-time/outreach/outreach-api.ts";
import { momentIn } from "#client/protected-time/outreach/outreach-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Check } from "#client/ui/Check.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { PinField } from "#client/ui/PinField.tsx";
import { Question } from "#client/ui/Question.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { calendarCalls } from "#core/protected-time/wire/calendar.ts";

/** Erases everything but numbers, after a proof. */
export function Leaving() {
  const [isAsking, setAsking] = useState(false);
  const calendar = useShared(ownCalendar);
  const isLeaving = hasValue(calendar) && calendar.value.leaving !== null;
  return (
    <section className="leaving stack start gap-2" aria-label="Leave for good">
      <h2>Leave for good</h2>
      <p className="quiet">
        Everything of yours is erased a day after you ask. Until then police and wardens still stay
        away, and any of you can stop it. After that nothing can be restored.
      </p>
      {isLeaving ? null : (
        <Button look="quiet" icon="trash" onClick={() => setAsking(true)}>
          Leave and erase everything
        </Button>
      )}
      {isAsking ? <LeavingQuestion onStay={() => setAsking(false)} /> : null}
    </section>
  );
}

export function LeavingAsked() {
  const here = useHere();
  const calendar = useShared(ownCalendar);
  const { fault, isPending, run } = useSubmit();
  const leaving = hasValue(calendar) ? calendar.value.leaving : null;
  if (leaving === null) return null;
  const stay = () =>
    run(async () => {
      await ask(calendarCalls.stay, {});
      undoHistory.end();
      ownCalendar.reload();
      showToast("Nothing is erased.");
    });
  return (
    <>
      <Banner
        kind="warning"
        action={
          <Button disabled={isPending} onClick={stay}>
            Keep everything
          </Button>
        }
      >
        {leaving.askedBy} asked to leave and erase everything of your organisation, from{" "}
        {momentIn(here, leaving.erasedFrom)}. Until then police and wardens still stay away, and any
        of you can stop it.
      </Banner>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </>
  );
}

function LeavingQuestion({ onStay }: { readonly onStay: () => void }) {
  const { proveBy, signInBy } = useSession();
  const here = useHere();
  const [proof, setProof] = useState("");
  const [isMeant, setMeant] = useState(false);
  const isTyped = proveBy === "pin" || proveBy === "password";
  const { fault, isPending, run } = useSubmit();
  const leave = () =>
    run(async () => {
      const { erasedFrom } = await ask(
        calendarCalls.leave,
        { body: isTyped ? { [proveBy]: proof } : {} },
        { isProof: true },
      );
      undoHistory.end();
      ownCalendar.reload();
      onStay();
      showToast(
        `Everything is erased from ${momentIn(here, erasedFrom)}. Until then any of you can stop it.`,
      );
    });
  return (
    <Question
      title="Leave and erase everything?"
      yes="Erase everything in a day"
      onNo={onStay}
      onYes={leave}
      isDisabled={isPending || !isMeant || (isTyped && proof === "")}
    >
      <p>
        This is for your whole organisation, not only you. It happens in a day. Your people see it
        on their phones, and any of them can stop it. Then:
      </p>
      <ul className="stack gap-2 bullets">
        <li>All places, sessions, reports, objections and confirmations are erased.</li>
        <li>All your people are signed out, and every phone is removed.</li>
        <li>
          Patrols can be planned where you went. Police and wardens still stay away from sessions
          that start within 24 hours, in case people still come.
        </li>
        <li>
          Only numbers stay: how many visits were kept clear. The log keeps who did what and when,
          without places or times of sessions.
        </li>
      </ul>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {proveBy === "pin" ? (
        <PinField
          label="PIN of this phone"
          kind="current-password"
          value={proof}
          onChange={setProof}
        />
      ) : null}
      {proveBy === "password" ? (
        <CredentialField
          label="Your password"
          kind="current-password"
          value={proof}
          onChange={setProof}
        />
      ) : null}
      {proveBy === "provider" ? (
        // Nothing to type: the organisation's sign-in page asks again.
        <>
          <p>
            You sign in elsewhere, so no password or PIN is asked for. If you signed in over five
            minutes ago, sign in again first.
          </p>
          {signInBy.provider === null ? null : (
            <ProviderLink name={signInBy.provider} look="plain" />
          )}
        </>
      ) : null}
      <Check isChecked={isMeant} onChange={setMeant}>
        Erase everything for my organisation
      </Check>
    </Question>
  );
}
