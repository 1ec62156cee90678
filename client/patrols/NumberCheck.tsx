import { type FormEvent, useEffect, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { useLook } from "#client/live/refresh.ts";
import { alarm } from "#client/patrols/police/alarm.ts";
import "#client/patrols/police/police.css";
import { checkNumber } from "#client/patrols/plan-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { TextField } from "#client/ui/TextField.tsx";

interface Answer {
  readonly stands: boolean;
  readonly words: string;
  /** It stood when it was asked before, and does no longer. */
  readonly isVoid?: boolean;
}

/** Does the sheet in my hand still stand? */
export function NumberCheck({ number }: { readonly number: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const asked = typed ?? number;
  const ask = async () => {
    if (asked.trim() === "") return;
    try {
      const { stands, sentence, checkedAt, number: of } = await checkNumber(asked.trim());
      const words = `${of}, ${formatTimeOfDay(checkedAt)}: ${sentence}`;
      setAnswer((before) => ({ stands, words, isVoid: !stands && (before?.stands ?? false) }));
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setAnswer({ stands: false, words: `${title}. ${detail}` });
    }
  };
  const check = (event: FormEvent) => {
    event.preventDefault();
    void ask();
  };
  // Whoever was told that it stands is told as soon as it does not.
  const stood = answer?.stands ?? false;
  useLook("plan", null, () => {
    if (stood) void ask();
  });
  const wasVoided = answer?.isVoid ?? false;
  useEffect(() => {
    if (wasVoided) alarm();
  }, [wasVoided]);
  return (
    <form className="number-check" onSubmit={check}>
      <TextField
        label="Number on the sheet"
        value={asked}
        onChange={(next) => {
          setTyped(next);
          setAnswer(null);
        }}
      />
      <Button type="submit">Check it is valid</Button>
      <p className="number-check__answer" role="status">
        {answer ? (
          <>
            <Icon name={answer.stands ? "check" : "warning"} /> {answer.words}
          </>
        ) : null}
      </p>
      {answer?.isVoid ? (
        <p className="number-check__void" role="alert">
          This sheet is no longer valid. Stop the patrol: look at Tonight on this screen, or call
          the desk. An emergency call always comes first.
        </p>
      ) : null}
    </form>
  );
}
