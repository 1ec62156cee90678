import { useState } from "react";
import { useShared } from "#client/api/use-resource.ts";
import { AlertMap } from "#client/displacement/alerts/AlertMap.tsx";
import {
  goesOnWords,
  historyWords,
  leadSentence,
  stateWords,
} from "#client/displacement/alerts/alert-words.ts";
import { alerts } from "#client/displacement/alerts/alerts-api.ts";
import { DecideAlert, type Deciding } from "#client/displacement/alerts/DecideAlert.tsx";
import { places } from "#client/places/places.ts";
import { address, changeParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatDecimal, formatProbability, formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { mayFollow } from "#core/displacement/watch/acts.ts";
import type { AlertReply, AlertsReply, WatchedOperation } from "#core/displacement/wire/alerts.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate, formatDateRange } from "#core/time/words.ts";
import "#client/displacement/alerts/alerts.css";

export function Alerts() {
  const resource = useShared(alerts);
  const map = useShared(places);
  return (
    <Loaded resource={resource} onRetry={alerts.reload} skeleton={<Skeleton fill />}>
      {(reply) =>
        reply.operations.length === 0 ? (
          <EmptyState title="No operation is being watched">
            Once an operation has started, the area around it is checked each day and after each
            import. Clusters are listed here.
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
    <div className="alerts stack gap-4 pad-4">
      <header>
        <p className="alerts__sentence lead">{leadSentence(reply)}</p>
        <LookNotes operations={reply.operations} />
      </header>
      {reply.alerts.length === 0 ? (
        <EmptyState title="No alerts">
          Clusters of reports next to an operation appear here, with place, days and how likely they
          are by chance.
        </EmptyState>
      ) : (
        <div className="alerts__below start grid gap-4">
          <ol className="stack gap-3" aria-label="Alerts, newest first">
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
            <div className="alerts__map clips framed no-print">
              <AlertMap places={base} reply={reply} chosen={chosen} onChoose={choose} />
            </div>
          ) : null}
        </div>
      )}
      <details className="alerts__method broad">
        <summary>How this is calculated</summary>
        {reply.method.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </details>
    </div>
  );
}

function LookNotes({ operations }: { readonly operations: readonly WatchedOperation[] }) {
  return (
    <ul className="alerts__looks broad above-2 stack gap-2" aria-label="Last check">
      {operations.map((watched) => (
        <li key={watched.operation}>
          {watched.isBehind && watched.look ? (
            <Banner kind="stale">
              {watched.operation}: a new check is due because records arrived or a new day began. It
              runs within about a minute. The list below is from the last check.
            </Banner>
          ) : null}
          <span>
            <strong>{watched.operation}</strong> {lookWords(watched)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function lookWords({ look, isRunning }: WatchedOperation): string {
  if (!isRunning) {
    const last = look ? ` Last checked ${formatDate(look.asAt)}. ${look.sentence}` : "";
    return `has ended and is no longer watched.${last}`;
  }
  if (!look) return "has not been checked yet. The first check takes about a minute.";
  const many = look.falseAlertsPerYear.toFixed(1);
  const rare = `By chance alone, expect at most ${many === "1.0" ? "one alert" : `${many} alerts`} a year.`;
  return `checked ${formatDate(look.asAt)}, ${formatTimeOfDay(look.at)}. ${look.sentence} ${rare}`;
}

interface AlertCardProps {
  readonly alert: AlertReply;
  readonly neighbours: readonly string[];
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function AlertCard({ alert, neighbours, isChosen, onChoose }: AlertCardProps) {
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const { state, history } = alert;
  return (
    <li
      className={classNames(
        "alert-card whole stack gap-2 pad-3 framed raised",
        isChosen && "chosen",
      )}
    >
      <div className="row wrap middle between gap-1-3">
        <button
          type="button"
          className="alert-card__choose bare strong target"
          aria-pressed={isChosen}
          onClick={onChoose}
        >
          Alert {alert.id}: {alert.place}
        </button>
        <span className={`tag small tag--${state}`}>{stateWords(alert)}</span>
      </div>
      <p>{alert.sentence}</p>
      <p className="quiet">{goesOnWords(alert)}</p>
      <AlertFigures alert={alert} />
      {state === "closed" ? null : (
        <div className="alert-card__acts no-print row wrap gap-2">
          {mayFollow(state, "acknowledged") ? (
            <Button look={isChosen ? "filled" : "plain"} onClick={() => setDeciding("acknowledge")}>
              Acknowledge
            </Button>
          ) : null}
          {mayFollow(state, "handed_over") ? (
            <Button onClick={() => setDeciding("hand-over")}>Hand over</Button>
          ) : null}
          <Button onClick={() => setDeciding("close")}>Close</Button>
        </div>
      )}
      <details className="alert-card__history">
        <summary>History ({formatCount(history.length)})</summary>
        <p className="quiet">
          p from {formatCount(alert.replicates)} random reshuffles of the days, seed {alert.seed}.
          By chance, {alert.isRarest ? "at most" : "about"} once in{" "}
          {formatDecimal(alert.recurrenceYears)} years.
        </p>
        <ol>
          {history.map((entry, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a history only grows at its end.
            <li key={at}>
              {historyWords(entry)}
              {entry.words === null ? null : <q>{entry.words}</q>}
            </li>
          ))}
        </ol>
      </details>
      {deciding ? (
        <DecideAlert
          alert={alert}
          deciding={deciding}
          neighbours={neighbours}
          onClose={() => setDeciding(null)}
        />
      ) : null}
    </li>
  );
}

function AlertFigures({ alert }: { readonly alert: AlertReply }) {
  const figures: readonly (readonly [string, string])[] = [
    ["Days", formatDateRange(alert.firstDay, alert.lastDay)],
    ["Reports", formatCount(alert.observed)],
    ["Expected", formatDecimal(alert.expected)],
    ["Ratio", formatDecimal(alert.ratio)],
    ["p", formatProbability(alert.p)],
    ["Operation", alert.operation],
  ];
  return (
    <dl className="gap-1-4 tabular row wrap">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt className="quiet small">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
