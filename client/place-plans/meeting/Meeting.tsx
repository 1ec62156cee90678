import "#client/ui/table.css";
import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { useShared } from "#client/api/use-resource.ts";
import { MakePack } from "#client/place-plans/meeting/MakePack.tsx";
import { meeting } from "#client/place-plans/meeting/meeting-api.ts";
import { OnePack } from "#client/place-plans/meeting/OnePack.tsx";
import { SeriesForm } from "#client/place-plans/meeting/SeriesForm.tsx";
import { address, formatFragment } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatDate, formatDay, formatQuantity, formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { seriesWords } from "#core/place-plans/meeting/series.ts";
import type { MeetingReply } from "#core/place-plans/wire/meeting.ts";
import "#client/place-plans/meeting/meeting.css";
import "#client/place-plans/place-plans.css";

/** The monthly meeting with partners: its series, its pack in one click, and the packs before. */
export function Meeting() {
  const pack = useStore(address, ({ params }) => params["pack"] ?? null);
  const resource = useShared(meeting);
  if (pack !== null && /^\d+$/.test(pack)) return <OnePack key={pack} id={Number(pack)} />;
  return (
    <Loaded resource={resource} onRetry={meeting.reload} skeleton={<Skeleton fill />}>
      {(reply) => <Overview reply={reply} />}
    </Loaded>
  );
}

function Overview({ reply }: { readonly reply: MeetingReply }) {
  const { role } = useSession();
  const mayWrite = role !== "auditor";
  const [isEdited, setEdited] = useState(false);
  const { series, next } = reply;
  return (
    <div className="meeting">
      <section className="meeting__part" aria-label="Series">
        <p className="meeting__sentence">
          {series && next[0]
            ? `Partners meet on ${seriesWords(series)}. Next on ${formatDate(next[0])}.`
            : "It is not said yet when the partners meet."}
        </p>
        {next.length > 1 ? (
          <p className="quiet small">Then {next.slice(1).map(formatDay).join(", ")}.</p>
        ) : null}
        {mayWrite ? (
          <div className="meeting__acts no-print">
            <Button onClick={() => setEdited(true)}>
              {series ? "Change the series" : "Say when they meet"}
            </Button>
            {series ? (
              <a className="button button--plain" href="/api/meeting/calendar.ics" download>
                Calendar file (.ics)
              </a>
            ) : null}
          </div>
        ) : null}
        {isEdited ? <SeriesForm reply={reply} onClose={() => setEdited(false)} /> : null}
      </section>
      {mayWrite ? <MakePack reply={reply} /> : null}
      <Packs reply={reply} />
    </div>
  );
}

function Packs({ reply: { packs } }: { readonly reply: MeetingReply }) {
  if (packs.length === 0) {
    return (
      <EmptyState title="No pack yet">
        The pack of each meeting stays here as it was issued. What changed is told from the one
        before.
      </EmptyState>
    );
  }
  return (
    <section className="meeting__part" aria-label="Packs">
      <h2>{formatQuantity(packs.length, "pack")} issued</h2>
      <div className="place-actions__scroll">
        <table className="table">
          <caption className="table__caption">Packs, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Pack</th>
              <th scope="col">Meeting</th>
              <th scope="col">Issued</th>
            </tr>
          </thead>
          <tbody>
            {packs.map(({ id, number, meetingOn, issuedAt, issuedBy }) => (
              <tr key={id}>
                <td>
                  <a
                    href={formatFragment({
                      screen: "outcomes",
                      params: { part: "meeting", pack: String(id) },
                    })}
                  >
                    Pack {number}
                  </a>
                </td>
                <td>{formatDate(meetingOn)}</td>
                <td>
                  {formatDate(issuedAt.slice(0, 10))}, {formatTimeOfDay(issuedAt)} by {issuedBy}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
