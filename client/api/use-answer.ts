import { useCallback, useRef, useState } from "react";

/** An answer to what stands on the screen now: `drop` it with the first change, also one that comes while it is awaited. */
export function useAnswer<Reply>() {
  const [answer, setAnswer] = useState<Reply | null>(null);
  // The question that is asked or answered; null once it stands no more.
  const question = useRef<symbol | null>(null);
  /** Whether there was anything to drop. */
  const drop = useCallback((): boolean => {
    const stood = question.current !== null;
    question.current = null;
    setAnswer(null);
    return stood;
  }, []);
  /** Call as a question is asked; what it returns takes the reply, and leaves it out where another question stands by then. */
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
