import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { useSession } from "#client/app/session-context.ts";
import { cancelSession, reloadOwn } from "#client/outreach/outreach-api.ts";
import { ruleSentence, spanOf } from "#client/outreach/outreach-words.ts";
import { navigate } from "#client/state/url.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { formatDay } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import type { OutreachSessionReply } from "#core/wire/outreach.ts";

export interface SessionMoreProps {
  readonly session: OutreachSessionReply;
  readonly label: string;
}

/** What a cancelling is about: one date, or all to come. */
type Asking = { readonly date: string | null } | null;

/** The dates after the next one; change, cancel one, cancel all. */
export function SessionMore({ session, label }: SessionMoreProps) {
  const zone = zoneNamed(useSession().timeZone);
  const [asking, setAsking] = useState<Asking>(null);
  const [isBusy, setBusy] = useState(false);
  const isWeekly = session.rule.repeats === "weekly";
  const next = session.next[0];
  const cancel = async (date: string | null) => {
    setBusy(true);
    setAsking(null);
    try {
      await cancelSession(session.id, date ?? undefined);
      showToast(date ? `Cancelled for ${formatDay(date)}` : "Cancelled from now on");
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    setBusy(false);
    reloadOwn();
  };
  return (
    <div className="session-card__more">
      <ul className="session-card__dates">
        {session.next.slice(1).map((occurrence) => (
          <li key={occurrence.date} className="session-card__date">
            <span>{spanOf(zone, occurrence.startsAt, occurrence.endsAt)}</span>
            {occurrence.state === "planned" ? (
              <Button
                look="quiet"
                disabled={isBusy}
                label={`Cancel ${formatDay(occurrence.date)}`}
                onClick={() => setAsking({ date: occurrence.date })}
              >
                Cancel
              </Button>
            ) : (
              <span className="quiet">Called off, still closed</span>
            )}
          </li>
        ))}
      </ul>
      <div className="session-card__acts">
        <Button
          disabled={isBusy}
          onClick={() => navigate("outreach", { do: `move:${session.id}` })}
        >
          Change
        </Button>
        {isWeekly && next?.state === "planned" ? (
          <Button disabled={isBusy} onClick={() => setAsking({ date: next.date })}>
            Cancel {formatDay(next.date)}
          </Button>
        ) : null}
        <Button look="quiet" disabled={isBusy} onClick={() => setAsking({ date: null })}>
          {isWeekly ? "Cancel all to come" : "Cancel"}
        </Button>
      </div>
      {asking ? (
        <Dialog
          title={asking.date ? `Cancel ${formatDay(asking.date)}?` : "Cancel it from now on?"}
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button onClick={() => setAsking(null)}>Keep it</Button>
              <Button look="filled" onClick={() => void cancel(asking.date)}>
                Cancel it
              </Button>
            </>
          }
        >
          <p>
            {label}: {ruleSentence(session.rule)}. A session that starts within 24 hours stays
            closed to police, in case women still come.
          </p>
        </Dialog>
      ) : null}
    </div>
  );
}
