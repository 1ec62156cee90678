import { useState } from "react";
import { roleName } from "#client/accounts/audit/audit-words.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownViews } from "#client/protected-time/outreach/outreach-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import type { FootprintViewsReply } from "#core/protected-time/wire/outreach.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";
import "#client/protected-time/outreach/who-looked.css";

const shownAtFirst = 5;

/** Who was shown the own times: by day and role how often, each under a name that says nothing. */
export function WhoLooked() {
  const views = useShared(ownViews);
  return (
    <section className="who-looked" aria-label="Who looked at your times">
      <h2>Who looked at your times</h2>
      <Loaded resource={views} onRetry={ownViews.reload}>
        {(reply) => <Rows reply={reply} />}
      </Loaded>
    </section>
  );
}

function Rows({ reply: { views, sentence } }: { readonly reply: FootprintViewsReply }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? views : views.slice(0, shownAtFirst);
  return (
    <>
      <p className="who-looked__sentence">{sentence}</p>
      {shown.length > 0 ? (
        <>
          <ul className="who-looked__rows">
            {shown.map(({ day, role, viewer, account, times }) => (
              <li key={`${day} ${role} ${viewer}`}>
                <span>{formatDay(day)}</span>
                <span>
                  {account === null ? roleName(role) : `${account}, opened from outside`}{" "}
                  <span className="quiet">{account === null ? viewer : null}</span>
                </span>
                <span>{formatQuantity(times, "time")}</span>
              </li>
            ))}
          </ul>
          <p className="quiet">
            The letters and figures stand for one person, the same each time. Nobody outside can
            tell who it is.
          </p>
        </>
      ) : null}
      {views.length > shownAtFirst ? (
        <Button look="quiet" onClick={() => setAll(!isAll)}>
          {isAll ? "Show the last five" : `Show all ${views.length}`}
        </Button>
      ) : null}
    </>
  );
}
