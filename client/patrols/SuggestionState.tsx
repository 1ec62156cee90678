import { suggester } from "#client/patrols/suggestion.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDecimal } from "#client/ui/format.ts";
import { Progress } from "#client/ui/Progress.tsx";

/** How far a running suggestion has come, or why there is none. */
export function SuggestionState({ view }: { readonly view: PlanView }) {
  const { suggestion } = view;
  if (suggestion.status === "none") return null;
  if (suggestion.status === "refused") {
    const { error } = suggestion;
    const isRefusal = error.status >= 400 && error.status < 500;
    return (
      <div className="plan__refused">
        <ErrorNote
          title={isRefusal ? because(error.detail) : error.title}
          detail={isRefusal ? "What is shown here has not changed." : error.detail}
        />
        <Button look="quiet" icon="close" label="Close this message" onClick={suggester.forget} />
      </div>
    );
  }
  return (
    <div className="plan__progress">
      <Progress
        label={labelOf(suggestion)}
        share={null}
        detail={detailOf(suggestion)}
        onCancel={suggester.cancel}
      />
    </div>
  );
}

type Running = Extract<PlanView["suggestion"], { readonly status: "running" }>;

function labelOf({ waiting, first }: Running): string {
  if (waiting) return "Waiting for another suggestion to finish";
  return first ? "A first plan is shown; making it better" : "Reading reports and protected time";
}

/** What it reaches now, and what no plan can exceed: that is the gap. */
function detailOf({ progress }: Running): string | undefined {
  if (!progress) return undefined;
  const reaches = `${formatDecimal(progress.objective)} expected reports`;
  const bound = progress.bound === null ? "" : ` of at most ${formatDecimal(progress.bound)}`;
  return `${reaches}${bound}, ${formatDecimal(progress.seconds)} s`;
}

/** "No suggestion: an outreach calendar could not be read." as the end of one sentence. */
export function because(detail: string): string {
  const reason = detail.replace(/^No suggestion:\s*/i, "");
  return `Nothing can be suggested, because ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
