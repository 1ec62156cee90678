import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Question } from "#client/ui/Question.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import { noticeFault, reasonFault, reasonHint } from "#core/releases/public-words.ts";

export interface WordsJudged {
  readonly fault: string | null;
  readonly hint: string | null;
}

interface WordsDialogProps {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly verb: string;
  readonly judge: (words: string) => WordsJudged;
  readonly send: (words: string) => Promise<void>;
  readonly onClose: () => void;
}

const nothingTyped: WordsJudged = { fault: null, hint: null };

export function WordsDialog(props: WordsDialogProps) {
  const { title, label, hint, verb, judge, send, onClose } = props;
  const [words, setWords] = useState("");
  const { fault, isPending, run } = useSubmit();
  const text = words.trim();
  const judged = text === "" ? nothingTyped : judge(text);
  return (
    <Question
      title={title}
      yes={verb}
      onNo={onClose}
      onYes={() =>
        run(async () => {
          await send(text);
          onClose();
        })
      }
      isDisabled={isPending || text === "" || judged.fault !== null}
    >
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <WordsField
        rows={4}
        label={label}
        hint={hint}
        error={judged.fault ?? undefined}
        value={words}
        onChange={(typed) => setWords(typed.replace(/[\r\n]+/g, " "))}
      />
      <p role="status">{judged.hint}</p>
    </Question>
  );
}

/** An objection is never blocked by its wording. */
export function judgeReason(words: string): WordsJudged {
  const fault = reasonFault(words);
  return { fault, hint: fault === null ? reasonHint(words) : null };
}

/** Everyone reads it. */
export function judgeNotice(words: string): WordsJudged {
  return { fault: noticeFault(words), hint: null };
}
