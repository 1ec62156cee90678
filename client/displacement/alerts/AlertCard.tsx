import { useState } from "react";
import { goesOnWords, historyWords, stateWords } from "#client/displacement/alerts/alert-words.ts";
import { DecideAlert, type Deciding } from "#client/displacement/alerts/DecideAlert.tsx";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import {
  formatCount,
  formatDateRange,
  formatDecimal,
  formatProbability,
} from "#client/ui/format.ts";
import { mayFollow } from "#core/displacement/watch/acts.ts";
import type { AlertReply } from "#core/displacement/wire/alerts.ts";

interface AlertCardProps {
  readonly alert: AlertReply;
  readonly neighbours: readonly string[];
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** One alert: what was seen in a sentence, the figures behind it, what can be done, what was done. */
export function AlertCard({ alert, neighbours, isChosen, onChoose }: AlertCardProps) {
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const { state, history } = alert;
  return (
    <li className={classNames("alert-card", isChosen && "alert-card--chosen")}>
      <div className="alert-card__head">
        <button
          type="button"
          className="alert-card__choose"
          aria-pressed={isChosen}
          onClick={onChoose}
        >
          Alert {alert.id}: {alert.place}
        </button>
        <span className={`alert-card__state alert-card__state--${state}`}>{stateWords(alert)}</span>
      </div>
      <p>{alert.sentence}</p>
      <p className="quiet">{goesOnWords(alert)}</p>
      <AlertFigures alert={alert} />
      {state === "closed" ? null : (
        <div className="alert-card__acts no-print">
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
          p is of {formatCount(alert.replicates)} shuffles of the days, seed {alert.seed};{" "}
          {alert.isRarest ? "at most" : "about"} once in {formatDecimal(alert.recurrenceYears)}{" "}
          years by chance.
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
    <dl className="alert-card__figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
