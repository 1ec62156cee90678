import { type FormEvent, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { checkNumber } from "#client/plan/plan-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { TextField } from "#client/ui/TextField.tsx";

interface Answer {
  readonly stands: boolean;
  readonly words: string;
}

/** Does the sheet in my hand still stand? */
export function NumberCheck({ number }: { readonly number: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const asked = typed ?? number;
  const check = async (event: FormEvent) => {
    event.preventDefault();
    if (asked.trim() === "") return;
    try {
      const { stands, sentence, checkedAt, number: of } = await checkNumber(asked.trim());
      setAnswer({ stands, words: `${of}, ${formatTimeOfDay(checkedAt)}: ${sentence}` });
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setAnswer({ stands: false, words: `${title}. ${detail}` });
    }
  };
  return (
    <form className="number-check" onSubmit={(event) => void check(event)}>
      <TextField
        label="Number on the sheet"
        value={asked}
        onChange={(next) => {
          setTyped(next);
          setAnswer(null);
        }}
      />
      <Button type="submit">Does it stand?</Button>
      <p className="number-check__answer" role="status">
        {answer ? (
          <>
            <Icon name={answer.stands ? "check" : "warning"} /> {answer.words}
          </>
        ) : null}
      </p>
    </form>
  );
}
