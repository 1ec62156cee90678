import { useEffect, useState } from "react";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";

/** Longer than one frame of a play. */
const restMs = 1200;

/** Announced once it has settled: otherwise every frame of a play or a drag would be spoken. */
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
