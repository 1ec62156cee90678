import { useState } from "react";
import { Button } from "#client/ui/Button.tsx";
import { Question, type QuestionProps } from "#client/ui/Question.tsx";

interface AskedButtonProps extends Omit<QuestionProps, "onNo"> {
  readonly label: string;
  readonly disabled: boolean;
}

/** A button for an act that cuts somebody off; without anything that follows, it is done at once. */
export function AskedButton({ label, disabled, onYes, children, ...question }: AskedButtonProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button disabled={disabled} onClick={() => (children ? setAsking(true) : onYes())}>
        {label}
      </Button>
      {isAsking ? (
        <Question
          {...question}
          onYes={() => {
            setAsking(false);
            onYes();
          }}
          onNo={() => setAsking(false)}
        >
          <p>{children}</p>
        </Question>
      ) : null}
    </>
  );
}
