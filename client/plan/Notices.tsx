import { useEffect, useRef } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { confirmNotice, loadNotices } from "#client/plan/plan-api.ts";
import type { PlanView } from "#client/plan/use-plan.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";

const askEveryMs = 60_000;

/** Changes at short notice that the duty contact has yet to confirm. Never why, where or when. */
export function Notices({ view }: { readonly view: PlanView }) {
  const { resource, reload } = useFetched(`notices ${view.canPlan}`, (signal) =>
    view.canPlan ? loadNotices(signal) : Promise.resolve([]),
  );
  useInterval(reload, view.canPlan ? askEveryMs : null);
  const open = hasValue(resource)
    ? resource.value.filter((notice) => notice.confirmedAt === null)
    : [];
  // A late session has taken windows away: show the plan as it now stands.
  const key = open.map(({ id }) => id).join();
  const seen = useRef(key);
  useEffect(() => {
    if (seen.current === key) return;
    seen.current = key;
    view.reload();
  }, [key, view.reload]);
  const confirm = async (id: string) => {
    try {
      await confirmNotice(id);
      showToast("Confirmed");
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    reload();
    view.reload();
  };
  return open.map((notice) => (
    <Banner
      key={notice.id}
      kind="warning"
      action={<Button onClick={() => void confirm(notice.id)}>Confirm: passed on</Button>}
    >
      {formatTimeOfDay(notice.toldAt)}: {notice.sentence}
    </Banner>
  ));
}
