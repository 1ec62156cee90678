import { useId } from "react";
import "#client/ui/choice.css";

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  /** For readers alone, where the options say what they choose. */
  readonly hasHiddenLabel?: true;
}

export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend
        className={props.hasHiddenLabel ? "visually-hidden" : "segmented__label small medium"}
      >
        {props.label}
      </legend>
      <div className="segmented__choices inline-row rounded wrap raised">
        {props.options.map((option) => (
          <label key={option.value} className="segmented__choice relative target row middle">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
