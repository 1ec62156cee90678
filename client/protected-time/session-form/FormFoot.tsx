import type { Here } from "#client/protected-time/outreach/outreach-words.ts";
import type { DraftFaults, When } from "#client/protected-time/session-form/draft-when.ts";
import { Understood } from "#client/protected-time/session-form/Understood.tsx";
import { Button } from "#client/ui/Button.tsx";

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

export interface FormFootProps {
  readonly faults: DraftFaults;
  readonly when: When;
  readonly here: Here;
}

/** What was understood so far, the one next step, and a word on what stands in its way. */
export function FormFoot({ faults, when, here }: FormFootProps) {
  const wrong = (Object.keys(fieldNames) as (keyof DraftFaults)[]).filter((name) => faults[name]);
  return (
    <div className="session-form__next">
      {wrong.length > 0 ? (
        <p className="field__error" role="alert">
          Please mend {wrong.map((name) => fieldNames[name]).join(", ")}.
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
