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
import { Fault, say, tell } from "#client/protected-time/words/diary.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Check } from "#client/ui/Check.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { PinField } from "#client/ui/PinField.tsx";
import { Question } from "#client/ui/Question.tsx";
import { calendarCalls } from "#core/protected-time/wire/calendar.ts";

/** Erases everything but numbers, after a proof. */
export function Leaving() {
  const [isAsking, setAsking] = useState(false);
  const calendar = useShared(ownCalendar);
  const isLeaving = hasValue(calendar) && calendar.value.leaving !== null;
  return (
    <section className="leaving stack start gap-2" aria-label={say("leaving.title")}>
      <h2>{say("leaving.title")}</h2>
      <p className="quiet">{say("leaving.about")}</p>
      {isLeaving ? null : (
        <Button look="quiet" icon="trash" onClick={() => setAsking(true)}>
          {say("leaving.start")}
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
      tell(say("leaving.kept"));
    });
  return (
    <>
      <Banner
        kind="warning"
        action={
          <Button disabled={isPending} onClick={stay}>
            {say("leaving.keep")}
          </Button>
        }
      >
        {say("leaving.asked", {
          person: leaving.askedBy,
          when: momentIn(here, leaving.erasedFrom),
        })}
      </Banner>
      <Fault fault={fault} />
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
      tell(say("leaving.done", { when: momentIn(here, erasedFrom) }));
    });
  return (
    <Question
      title={say("leaving.ask")}
      yes={say("leaving.yes")}
      no={say("cancel")}
      onNo={onStay}
      onYes={leave}
      isDisabled={isPending || !isMeant || (isTyped && proof === "")}
    >
      <p>{say("leaving.whole")}</p>
      <ul className="stack gap-2 bullets">
        <li>{say("leaving.erased")}</li>
        <li>{say("leaving.out")}</li>
        <li>{say("leaving.patrols")}</li>
        <li>{say("leaving.numbers")}</li>
      </ul>
      <Fault fault={fault} />
      {proveBy === "pin" ? (
        <PinField
          label={say("leaving.pin")}
          kind="current-password"
          value={proof}
          onChange={setProof}
        />
      ) : null}
      {proveBy === "password" ? (
        <CredentialField
          label={say("leaving.password")}
          kind="current-password"
          value={proof}
          onChange={setProof}
        />
      ) : null}
      {proveBy === "provider" ? (
        // Nothing to type: the organisation's sign-in page asks again.
        <>
          <p>{say("leaving.elsewhere")}</p>
          {signInBy.provider === null ? null : (
            <ProviderLink name={signInBy.provider} look="plain" />
          )}
        </>
      ) : null}
      <Check isChecked={isMeant} onChange={setMeant}>
        {say("leaving.meant")}
      </Check>
    </Question>
  );
}
