import { OpeningAnswer, OpeningRows } from "#client/accounts/openings/OpeningRows.tsx";
import { askerOf, atDesk, opensWhat, wishOf } from "#client/accounts/openings/opening-words.ts";
import { openings } from "#client/accounts/openings/openings-api.ts";
import { useShared } from "#client/api/use-resource.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { isPolice } from "#core/accounts/second-factor.ts";
import type { OpeningReply } from "#core/accounts/wire/openings.ts";
import "#client/accounts/openings/openings.css";

/** At a desk: what waits for a second person, with the two words for whoever can be that, and what was opened lately. */
export function WaitingOpenings() {
  const shown = useShared(openings);
  return (
    <section className="openings" aria-labelledby="openings-waiting">
      <h2 id="openings-waiting">To be confirmed by a second person</h2>
      <Loaded resource={shown} onRetry={openings.reload}>
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
                <ul className="openings__rows">
                  {waiting.map((opening) => (
                    <li key={opening.id}>
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
      </Loaded>
    </section>
  );
}

function Waiting({ opening }: { readonly opening: OpeningReply }) {
  return (
    <>
      <span>
        <strong>{opening.askedBy ?? askerOf(opening)}</strong> wants to {wishOf(opening, atDesk)}.{" "}
        {opensWhat(opening, atDesk)}
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
