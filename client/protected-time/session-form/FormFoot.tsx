import {
  dayIn,
  type Here,
  movedSentence,
  sessionSentence,
} from "#client/protected-time/outreach/outreach-words.ts";
import {
  type Draft,
  type DraftFaults,
  visitsOf,
  type When,
} from "#client/protected-time/session-form/draft-when.ts";
import { diary, say } from "#client/protected-time/words/diary.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ruleFaults } from "#core/protected-time/session.ts";

export interface FormFootProps {
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly date: string | null;
  /** Null until a day is known. */
  readonly when: When | null;
  readonly here: Here;
}

export function FormFoot({ draft, faults, date, when, here }: FormFootProps) {
  const fault = faultSentence(faults, draft);
  return (
    <div className="session-form__next big-buttons pad-3-4 on-paper line-above stack gap-2">
      {fault !== "" ? (
        <p className="field__error" role="alert">
          {fault}
        </p>
      ) : (
        <p className="understood stack" aria-live="polite">
          {when && ruleFaults(when.rule).length === 0 ? (
            <>
              <strong>
                {date === null ? sessionSentence(here, when) : movedSentence(here, date, when.rule)}
              </strong>
              <span className="quiet">{datesSentence(when, here)}</span>
            </>
          ) : null}
        </p>
      )}
      <Button type="submit" look="filled">
        {say("form.next")}
      </Button>
    </div>
  );
}

const fieldNames = [
  ...(["place", "width", "label", "firstDate"] as const),
  ...(["days", "start", "end", "until"] as const),
];

/** "Add a place, a name and a day. Check the end time." */
export function faultSentence(faults: DraftFaults, draft: Draft): string {
  const wrong = fieldNames.filter((name) => faults[name]);
  const missing = wrong.filter((name) => isMissing(name, draft)).map((name) => say(`foot.${name}`));
  const odd = wrong
    .filter((name) => !isMissing(name, draft))
    .map((name) => say(`foot.the-${name}`));
  const { list } = diary();
  return [
    ...(missing.length > 0 ? [say("foot.missing", { fields: list(missing) })] : []),
    ...(odd.length > 0 ? [say("foot.wrong", { fields: list(odd) })] : []),
  ].join(" ");
}

function isMissing(name: keyof DraftFaults, draft: Draft): boolean {
  if (name === "place") return draft.at === null && draft.corners.length === 0;
  return name === "days" || draft[name].trim() === "";
}

/** "Next: Wed 1 Dec, Wed 8 Dec, Wed 15 Dec" */
function datesSentence(when: When, here: Here): string {
  const days = visitsOf(here, when).map(({ date }) => dayIn(here, date));
  if (days.length === 0) return say("foot.no-dates");
  if (when.rule.repeats === "once") return "";
  return say("foot.next", { days: days.slice(0, 3).join(", ") });
}
