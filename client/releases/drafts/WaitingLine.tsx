import { hasValue } from "#client/api/resource.ts";
import { waitingSentence } from "#client/releases/drafts/state-words.ts";
import { useWaiting } from "#client/releases/drafts/use-waiting.ts";

/** That figures are about to go public, and until when they can be held; nothing where none are. */
export function WaitingLine() {
  const shown = useWaiting();
  if (!hasValue(shown) || shown.value.drafts.length === 0) return null;
  return (
    <p>
      Figures for residents: {waitingSentence(shown.value.drafts)}{" "}
      <a href="#/releases">Read them in Releases</a>
    </p>
  );
}
