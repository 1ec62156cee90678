import "#client/accounts/openings/openings.css";
import { OpeningAnswer, OpeningRows } from "#client/accounts/openings/OpeningRows.tsx";
import {
  accessWords,
  atDesk,
  requesterWords,
  requestWords,
} from "#client/accounts/openings/opening-words.ts";
import { openings } from "#client/accounts/openings/openings-api.ts";
import { clearings, momentOf } from "#client/accounts/second-factor/second-factor-api.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { isPolice } from "#core/accounts/second-factor.ts";
import type { OpeningReply } from "#core/accounts/wire/openings.ts";
import { type Clearing, clearingCalls } from "#core/accounts/wire/second-factor.ts";

export function WaitingOpenings() {
  return (
    <section className="openings stack gap-2" aria-labelledby="openings-waiting">
      <h2 id="openings-waiting">To be confirmed by a second person</h2>
      <Kept of={openings}>
        {({ openings: all }) => {
          const waiting = all.filter(({ state }) => state === "waits");
          const others = all.filter(({ state }) => state !== "waits");
          return (
            <>
              {waiting.length === 0 ? (
                <p className="quiet">
                  Nothing to confirm. New accounts, passwords and phones need a second person to
                  confirm them, except for presenters and liaisons.
                </p>
              ) : (
                <ul className="rows reading">
                  {waiting.map((opening) => (
                    <li key={opening.id} className="stack gap-1 breaks">
                      <Waiting opening={opening} />
                    </li>
                  ))}
                </ul>
              )}
              {others.length > 0 ? (
                <>
                  <h3>Access given in the last 90 days</h3>
                  <OpeningRows rows={others} reader={atDesk} />
                </>
              ) : null}
            </>
          );
        }}
      </Kept>
    </section>
  );
}

function Waiting({ opening }: { readonly opening: OpeningReply }) {
  return (
    <>
      <span>
        <strong>{opening.askedBy ?? requesterWords(opening)}</strong> wants to{" "}
        {requestWords(opening, atDesk)}. {accessWords(opening, atDesk)}
      </span>
      <span className="quiet">
        Requested {atDesk.when(opening.askedAt)}. It lapses if not confirmed by{" "}
        {atDesk.when(opening.dueAt)}. {opening.mayDecide ? null : whoDecides(opening)}
      </span>
      {opening.mayDecide ? <OpeningAnswer opening={opening} /> : null}
    </>
  );
}

function whoDecides({ partner, role }: OpeningReply): string {
  if (isPolice(role)) return "A sergeant, an auditor or a coordinator must confirm it.";
  return partner === null
    ? "Another administrator, an auditor or a coordinator must confirm it."
    : `Someone at ${partner} or a coordinator must confirm it.`;
}

export function Clearings() {
  const shown = useShared(clearings);
  const { fault, isPending, run } = useSubmit();
  const answer = (word: "confirm" | "refuse", { id }: Clearing) =>
    run(async () => clearings.accept(await ask(clearingCalls[word], { id })));
  const open = hasValue(shown) ? shown.value.clearings : [];
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {open.map((one) => (
        <Banner
          key={one.id}
          kind="warning"
          action={
            <>
              {one.mayConfirm ? (
                <Button disabled={isPending} onClick={() => answer("confirm", one)}>
                  Reset second factor
                </Button>
              ) : null}
              <Button disabled={isPending} onClick={() => answer("refuse", one)}>
                {one.mayConfirm ? "Refuse" : "Withdraw"}
              </Button>
            </>
          }
        >
          {sentenceOf(one)}
        </Banner>
      ))}
    </>
  );
}

function sentenceOf({ owner, askedBy, asked, mayConfirm }: Clearing): string {
  const what = `${askedBy} requested on ${momentOf(asked)} a second factor reset for ${owner}.`;
  return mayConfirm
    ? `${what} Speak to ${owner} yourself first. After the reset they can sign in with a password alone.`
    : `${what} Another person must confirm it.`;
}
