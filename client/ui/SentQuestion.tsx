import { useSubmit } from "#client/api/use-submit.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Question, type QuestionProps } from "#client/ui/Question.tsx";

interface SentQuestionProps extends Omit<QuestionProps, "onYes"> {
  readonly send: () => Promise<unknown>;
}

/** A question whose yes is sent; a refusal stands above its words. */
export function SentQuestion({
  send,
  isDisabled = false,
  children,
  ...question
}: SentQuestionProps) {
  const { fault, isPending, run } = useSubmit();
  return (
    <Question {...question} isDisabled={isPending || isDisabled} onYes={() => run(send)}>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {children}
    </Question>
  );
}
