import { useEffect, useState } from "react";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";

/** Longer than from one frame of a play to the next. */
const restMs = 1200;

/** What the view says, seen and read out. */
export function Sentence({ text }: { readonly text: string }) {
  const [before, hours = "", after = ""] = text.split(/(\d\d:\d\d-\d\d:\d\d)/);
  return (
    <>
      <p className="hotspots__sentence">
        {before}
        <span className="nowrap">{hours}</span>
        {after}
      </p>
      <SpokenSentence text={text} />
    </>
  );
}

/** Read out once it has come to rest: during a play or a drag every frame would be spoken. */
function SpokenSentence({ text }: { readonly text: string }) {
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
