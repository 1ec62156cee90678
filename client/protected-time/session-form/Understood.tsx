import {
  dayIn,
  type Here,
  sessionSentence,
} from "#client/protected-time/outreach/outreach-words.ts";
import { visitsOf, type When } from "#client/protected-time/session-form/draft-when.ts";
import { ruleFaults } from "#core/protected-time/session.ts";

export interface UnderstoodProps {
  readonly when: When;
  readonly here: Here;
}

const mostDates = 3;

/** "Every Wednesday, 7pm to 10pm. Next: Wed 1 Dec, Wed 8 Dec, Wed 15 Dec": read out as it changes. */
export function Understood({ when, here }: UnderstoodProps) {
  const isWhole = ruleFaults(when.rule).length === 0;
  return (
    <p className="understood" aria-live="polite">
      {isWhole ? (
        <>
          <strong>{sessionSentence(here, when)}</strong>
          <span className="quiet">{datesSentence(when, here)}</span>
        </>
      ) : null}
    </p>
  );
}

function datesSentence(when: When, here: Here): string {
  const days = visitsOf(here, when).map(({ date }) => dayIn(here, date));
  if (days.length === 0) return "No date of it is to come.";
  if (when.rule.repeats === "once") return "";
  return `Next: ${days.slice(0, mostDates).join(", ")}`;
}
