import { OpeningAnswer, OpeningRows } from "#client/accounts/openings/OpeningRows.tsx";
import {
  accessWords,
  type OpeningReader,
  requesterWords,
  requestWords,
} from "#client/accounts/openings/opening-words.ts";
import { openings, putOpeningsAway } from "#client/accounts/openings/openings-api.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { momentIn } from "#client/protected-time/outreach/outreach-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { capitalised } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";

export function OwnOpenings() {
  const shown = useShared(openings);
  const reader = useReader();
  return (
    <section className="openings stack gap-2" aria-label="Accounts and phones given">
      <h2>Accounts and phones given</h2>
      <Loaded resource={shown} onRetry={openings.reload}>
        {({ openings: all }) =>
          all.length === 0 ? (
            <p className="quiet">
              Nobody was given an account, password or phone for your sessions in the last 90 days.
              Requests wait here for you or the coordinator.
            </p>
          ) : (
            <OpeningRows rows={all} reader={reader} />
          )
        }
      </Loaded>
    </section>
  );
}

function useReader(): OpeningReader {
  const here = useHere();
  return { isPartner: true, when: (instant) => momentIn(here, instant) };
}

export function OpeningsAsked() {
  const shown = useShared(openings);
  const { hasAccount, person } = useSession();
  const reader = useReader();
  const { fault, isPending, run } = useSubmit();
  if (!hasValue(shown)) return null;
  const all = shown.value.openings;
  const waiting = all.filter(({ state }) => state === "waits");
  // Not this person's own requests.
  const news = all.filter(
    ({ state, isNew, askedRole, account }) =>
      isNew && state !== "waits" && !(askedRole === "partner" && account === person),
  );
  return (
    <>
      {waiting.map((opening) => (
        <Banner key={opening.id} kind="warning">
          <div className="stack gap-2">
            <p>
              {capitalised(requesterWords(opening))} wants to {requestWords(opening, reader)}.{" "}
              {accessWords(opening, reader)}{" "}
              {opening.mayDecide
                ? "Confirm only if you know about it."
                : "A colleague or the coordinator must confirm it."}
            </p>
            {opening.mayDecide ? <OpeningAnswer opening={opening} /> : null}
          </div>
        </Banner>
      ))}
      {news.length > 0 ? (
        <Banner
          kind="note"
          action={
            hasAccount ? (
              <Button disabled={isPending} onClick={() => run(putOpeningsAway)}>
                I have read it
              </Button>
            ) : null
          }
        >
          <strong>Who can sign in for you has changed</strong>
          <OpeningRows rows={news} reader={reader} />
        </Banner>
      ) : null}
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </>
  );
}
