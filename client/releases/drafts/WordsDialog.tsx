import { useState } from "react";
import { SentQuestion } from "#client/ui/SentQuestion.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";

interface WordsDialogProps {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly verb: string;
  /** Why the words cannot be sent, if so. */
  readonly faultIn: (words: string) => string | null;
  /** What to think of before they are: never in the way. */
  readonly hintOn?: (words: string) => string | null;
  readonly send: (words: string) => Promise<void>;
  readonly onClose: () => void;
}

export function WordsDialog(props: WordsDialogProps) {
  const { title, label, hint, verb, faultIn, hintOn, send, onClose } = props;
  const [words, setWords] = useState("");
  const text = words.trim();
  const refused = text === "" ? null : faultIn(text);
  return (
    <SentQuestion
      title={title}
      yes={verb}
      onNo={onClose}
      send={async () => {
        await send(text);
        onClose();
      }}
      isDisabled={text === "" || refused !== null}
    >
      <WordsField
        rows={4}
        label={label}
        hint={hint}
        error={refused ?? undefined}
        value={words}
        onChange={(typed) => setWords(typed.replace(/[\r\n]+/g, " "))}
      />
      <p role="status">{text === "" || refused !== null ? null : hintOn?.(text)}</p>
    </SentQuestion>
  );
}
