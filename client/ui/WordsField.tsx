import { Field } from "#client/ui/Field.tsx";
import { mostFreeWords } from "#core/text/free-words.ts";
import type { WordsJudge } from "#core/text/outreach-times.ts";

export interface WordsFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What the server or the form as a whole says of it. */
  readonly error?: string | undefined;
  readonly rows?: number;
  /** Says as it is typed, before anything is sent, why words are refused; most of all what speaks of a person. */
  readonly judge?: WordsJudge;
  readonly most?: number;
  /** Nothing longer can be typed. */
  readonly maxLength?: number;
}

/** Free words. Nothing that is typed here may end up in what the browser keeps, or in a spelling service. */
export function WordsField(props: WordsFieldProps) {
  const { label, value, onChange, hint, error, rows = 3, judge, most = mostFreeWords } = props;
  const [fault] = judge?.("", value, { most, isOptional: true }) ?? [];
  return (
    <Field label={label} hint={hint} error={fault?.reason ?? error}>
      {(control) => (
        <textarea
          {...control}
          className="input"
          rows={rows}
          maxLength={props.maxLength}
          value={value}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
