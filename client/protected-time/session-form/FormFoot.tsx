import {
  dayIn,
  type Here,
  sessionSentence,
} from "#client/protected-time/outreach/outreach-words.ts";
import {
  type DraftFaults,
  visitsOf,
  type When,
} from "#client/protected-time/session-form/draft-when.ts";
import { Button } from "#client/ui/Button.tsx";
import { ruleFaults } from "#core/protected-time/session.ts";

export interface FormFootProps {
  readonly faults: DraftFaults;
  /** Null while nobody has said on which day. */
  readonly when: When | null;
  readonly here: Here;
}

/** What was understood so far, the one next step, and a word on what stands in its way. */
export function FormFoot({ faults, when, here }: FormFootProps) {
  const wrong = (Object.keys(fieldNames) as (keyof DraftFaults)[]).filter((name) => faults[name]);
  return (
    <div className="session-form__next">
      {wrong.length > 0 ? (
        <p className="field__error" role="alert">
          Please correct {wrong.map((name) => fieldNames[name]).join(", ")}.
        </p>
      ) : (
        <Understood when={when} here={here} />
      )}
      <Button type="submit" look="filled">
        See exactly what police see
      </Button>
    </div>
  );
}

const fieldNames: Record<keyof DraftFaults, string> = {
  place: "the place",
  width: "the distance to each side",
  label: "the name",
  firstDate: "the date",
  days: "the days of the week",
  start: "the start",
  end: "the end",
  until: "the last date",
};

interface UnderstoodProps {
  readonly when: When | null;
  readonly here: Here;
}

/** "Every Wednesday, 7pm to 10pm. Next: Wed 1 Dec, Wed 8 Dec, Wed 15 Dec": read out as it changes. */
function Understood({ when, here }: UnderstoodProps) {
  return (
    <p className="understood" aria-live="polite">
      {when && ruleFaults(when.rule).length === 0 ? (
        <>
          <strong>{sessionSentence(here, when)}</strong>
          <span className="quiet">{datesSentence(when, here)}</span>
        </>
      ) : null}
    </p>
  );
}

const mostDates = 3;

function datesSentence(when: When, here: Here): string {
  const days = visitsOf(here, when).map(({ date }) => dayIn(here, date));
  if (days.length === 0) return "No dates to come.";
  if (when.rule.repeats === "once") return "";
  return `Next: ${days.slice(0, mostDates).join(", ")}`;
}
