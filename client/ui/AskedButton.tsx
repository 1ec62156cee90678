import { useState } from "react";
import { Button, type ButtonProps } from "#client/ui/Button.tsx";
import { Question, type QuestionProps } from "#client/ui/Question.tsx";

interface AskedButtonProps extends Omit<QuestionProps, "onNo"> {
  readonly button: ButtonProps;
}

/** A button for an act that is asked about first; without a question, it is done at once. */
export function AskedButton({ button, onYes, children, ...question }: AskedButtonProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button {...button} onClick={() => (children ? setAsking(true) : onYes())} />
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
