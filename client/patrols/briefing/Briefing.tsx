import { useEffect } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useFetched, useShared } from "#client/api/use-resource.ts";
import { BriefingSheet } from "#client/patrols/briefing/BriefingSheet.tsx";
import { pagesOf } from "#client/patrols/briefing/briefing-pages.ts";
import { NumberCheck } from "#client/patrols/NumberCheck.tsx";
import { loadBriefing } from "#client/patrols/plan-api.ts";
import { places } from "#client/places/places.ts";
import { namePage } from "#client/state/page-name.ts";
import { address, navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import "#client/patrols/briefing/briefing.css";

/** What goes on paper: permitted routes alone, one A4 page a shift, checked as it is issued. */
export function Briefing({ planId }: { readonly planId: string }) {
  const { resource, reload } = useFetched(`briefing ${planId}`, (signal) =>
    loadBriefing(planId, signal),
  );
  const map = useShared(places);
  const isReady = hasValue(resource) && hasValue(map) && resource.value.sheets.length > 0;
  const name = hasValue(resource) ? `${resource.value.title} ${resource.value.number}` : null;
  // What a PDF of it is called, and the file that the print dialog offers.
  useEffect(() => {
    if (name === null) return undefined;
    namePage(name);
    return () => namePage("Plan · Boxster");
  }, [name]);
  return (
    <div className="briefing">
      <header className="briefing__bar no-print">
        <Button icon="back" onClick={backToPlan}>
          Plan
        </Button>
        <Button look="filled" icon="print" disabled={!isReady} onClick={() => window.print()}>
          Print
        </Button>
        <NumberCheck number={hasValue(resource) ? resource.value.number : ""} />
      </header>
      <Loaded resource={resource} onRetry={reload}>
        {(briefing) =>
          briefing.sheets.length === 0 ? (
            <EmptyState
              title="Nothing to print"
              action={<Button onClick={backToPlan}>Plan</Button>}
            >
              No patrol of this plan is approved, so there is no route to give out.
            </EmptyState>
          ) : (
            <>
              <p className="briefing__issued no-print">
                Checked and issued {formatTimeOfDay(briefing.issuedAt)}. Printed copies can go out
                of date: {briefing.checkLine}
              </p>
              {pagesOf(briefing).map((page) => (
                <BriefingSheet
                  key={page.key}
                  briefing={briefing}
                  page={page}
                  gazetteer={hasValue(map) ? map.value.gazetteer : null}
                  attributions={hasValue(map) ? map.value.attributions : []}
                />
              ))}
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function backToPlan(): void {
  navigate("plan", { ...address.get().params, view: "" });
}
