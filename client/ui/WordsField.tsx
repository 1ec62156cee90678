import { Field } from "#client/ui/Field.tsx";
import { mostFreeWords } from "#core/text/free-words.ts";
import { faultsOfPlaceWords, type WordsJudge } from "#core/text/outreach-times.ts";

export interface WordsFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What the server or the form as a whole says of it. */
  readonly error?: string | undefined;
  readonly rows?: number;
  readonly most?: number;
  /** Why words are refused; unless said, as those about a place. */
  readonly judge?: WordsJudge;
}

/** Free words about a place. Whatever speaks of a person is said as it is typed, before anything is sent. */
export function WordsField(props: WordsFieldProps) {
  const { label, value, onChange, hint, error, rows = 3, most = mostFreeWords } = props;
  const { judge = faultsOfPlaceWords } = props;
  const [fault] = judge("", value, { most, isOptional: true });
  return (
    <Field label={label} hint={hint} error={fault?.reason ?? error}>
      {(control) => (
        <textarea
          {...control}
          className="input"
          rows={rows}
          value={value}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
