import { useEffect, useState } from "react";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";

/** Longer than from one frame of a play to the next. */
const restMs = 1200;

/** Read out once it has come to rest: during a play or a drag every frame would be spoken. */
export function SpokenSentence({ text }: { readonly text: string }) {
  const [spoken, setSpoken] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div role="status">
      <VisuallyHidden>{spoken}</VisuallyHidden>
    </div>
  );
}
