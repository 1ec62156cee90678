import { useCallback, useRef, useState } from "react";

/** Call `drop` on any change of the question, also while an answer is awaited. */
export function useAnswer<Reply>() {
  const [answer, setAnswer] = useState<Reply | null>(null);
  // The question pending or answered; null once dropped.
  const question = useRef<symbol | null>(null);
  const drop = useCallback((): boolean => {
    const stood = question.current !== null;
    question.current = null;
    setAnswer(null);
    return stood;
  }, []);
  /** Call when asking; the function returned ignores a reply to an earlier question. */
  const asks = () => {
    drop();
    const own = Symbol("question");
    question.current = own;
    return (reply: Reply) => {
      if (question.current === own) setAnswer(reply);
    };
  };
  return { answer, asks, drop };
}
