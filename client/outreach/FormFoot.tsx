import type { DraftFaults } from "#client/outreach/draft.ts";
import { Button } from "#client/ui/Button.tsx";

const fieldNames: Record<keyof DraftFaults, string> = {
  place: "the place",
  radius: "the distance",
  width: "the distance to each side",
  label: "the name",
  firstDate: "the date",
  days: "the days of the week",
  start: "the start",
  end: "the end",
  until: "the last date",
};

/** The one next step, and a word on what stands in its way. */
export function FormFoot({ faults }: { readonly faults: DraftFaults }) {
  const wrong = (Object.keys(fieldNames) as (keyof DraftFaults)[]).filter((name) => faults[name]);
  return (
    <div className="session-form__next">
      {wrong.length > 0 ? (
        <p className="field__error" role="alert">
          Please mend {wrong.map((name) => fieldNames[name]).join(", ")}.
        </p>
      ) : null}
      <Button type="submit" look="filled">
        See exactly what police see
      </Button>
    </div>
  );
}
