import { Field } from "#client/ui/Field.tsx";
import { mostFreeWords } from "#core/text/free-words.ts";
import type { WordsJudge } from "#core/text/outreach-times.ts";

export interface WordsFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly rows?: number;
  /** Refuses words as they are typed, mainly about persons. */
  readonly judge?: WordsJudge;
  readonly most?: number;
  readonly maxLength?: number;
}

/** Free text, kept from autofill and spelling services. */
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
