import { useShared } from "#client/api/use-resource.ts";
import { AlertCard } from "#client/displacement/alerts/AlertCard.tsx";
import { AlertMap } from "#client/displacement/alerts/AlertMap.tsx";
import { leadSentence } from "#client/displacement/alerts/alert-words.ts";
import { alerts } from "#client/displacement/alerts/alerts-api.ts";
import { LookNotes } from "#client/displacement/alerts/LookNotes.tsx";
import { places } from "#client/places/places.ts";
import { address, changeParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { AlertsReply } from "#core/displacement/wire/alerts.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import "#client/displacement/alerts/alerts.css";

/** Where reports have come together beside an operation, and what was done about it. */
export function Alerts() {
  const resource = useShared(alerts);
  const map = useShared(places);
  return (
    <Loaded resource={resource} onRetry={alerts.reload} skeleton={<Skeleton fill />}>
      {(reply) =>
        reply.operations.length === 0 ? (
          <EmptyState title="Nothing is watched yet">
            Once an operation has a treated area and has started, its surroundings are looked at
            each day and after each import, and what stands out is listed here.
          </EmptyState>
        ) : (
          <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
            {(base) => <AlertList reply={reply} base={base} />}
          </Loaded>
        )
      }
    </Loaded>
  );
}

interface AlertListProps {
  readonly reply: AlertsReply;
  readonly base: PlacesReply;
}

function AlertList({ reply, base }: AlertListProps) {
  const asked = useStore(address, ({ params }) => params["alert"]);
  const chosen = reply.alerts.find(({ id }) => String(id) === asked) ?? reply.alerts[0] ?? null;
  const choose = (id: number) =>
    changeParams("displacement", { part: "alerts", alert: String(id) });
  return (
    <div className="alerts">
      <header className="alerts__head">
        <p className="alerts__sentence">{leadSentence(reply)}</p>
        <LookNotes operations={reply.operations} />
      </header>
      {reply.alerts.length === 0 ? (
        <EmptyState title="No alert so far">
          A cluster of reports next to an operation is shown here, with the place, the days and how
          often chance alone would show as much.
        </EmptyState>
      ) : (
        <div className="alerts__below">
          <ol className="alerts__list" aria-label="Alerts, newest first">
            {reply.alerts.map((alert) => (
              <AlertCard
                key={alert.id}
                alert={alert}
                neighbours={reply.neighbours}
                isChosen={alert === chosen}
                onChoose={() => choose(alert.id)}
              />
            ))}
          </ol>
          {chosen ? (
            <div className="alerts__map">
              <AlertMap places={base} reply={reply} chosen={chosen} onChoose={choose} />
            </div>
          ) : null}
        </div>
      )}
      <details className="alerts__method">
        <summary>How this is worked out</summary>
        {reply.method.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </details>
    </div>
  );
}
