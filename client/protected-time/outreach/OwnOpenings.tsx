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
import { Fault, InEnglish, langOfEnglish, say } from "#client/protected-time/words/diary.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { capitalised } from "#client/ui/format.ts";
import { Kept } from "#client/ui/Loaded.tsx";

export function OwnOpenings() {
  const reader = useReader();
  return (
    <section className="openings stack gap-2" aria-label={say("openings.title")}>
      <h2>{say("openings.title")}</h2>
      <Kept of={openings}>
        {({ openings: all }) =>
          all.length === 0 ? (
            <p className="quiet">{say("openings.none")}</p>
          ) : (
            <InEnglish>
              <OpeningRows rows={all} reader={reader} />
            </InEnglish>
          )
        }
      </Kept>
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
              <span lang={langOfEnglish()}>
                {capitalised(requesterWords(opening))} wants to {requestWords(opening, reader)}.{" "}
                {accessWords(opening, reader)}
              </span>{" "}
              {say(opening.mayDecide ? "openings.decide" : "openings.others")}
            </p>
            {opening.mayDecide ? (
              <InEnglish>
                <OpeningAnswer opening={opening} />
              </InEnglish>
            ) : null}
          </div>
        </Banner>
      ))}
      {news.length > 0 ? (
        <Banner
          kind="note"
          action={
            hasAccount ? (
              <Button disabled={isPending} onClick={() => run(putOpeningsAway)}>
                {say("openings.read")}
              </Button>
            ) : null
          }
        >
          <strong>{say("openings.changed")}</strong>
          <InEnglish>
            <OpeningRows rows={news} reader={reader} />
          </InEnglish>
        </Banner>
      ) : null}
      <Fault fault={fault} />
    </>
  );
}
