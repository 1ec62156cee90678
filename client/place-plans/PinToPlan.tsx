import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { measureOf } from "#client/hotspots/measures/list.ts";
import { askedQuery } from "#client/hotspots/state/asked-query.ts";
import type { PinProps } from "#client/hotspots/state/pin-slot.tsx";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { askPlans, placePlans } from "#client/place-plans/place-plans-api.ts";
import { navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { pinnedRows } from "#core/place-plans/figure.ts";
import { type PlacePlanReply, placePlanCalls } from "#core/place-plans/wire/place-plans.ts";

export function PinToPlan(props: PinProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        {props.cell ? "Pin to a place plan" : "Pin the ranking to a place plan"}
      </Button>
      {isOpen ? <PinDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function PinDialog({ view, cell, onClose }: PinProps & { readonly onClose: () => void }) {
  return (
    <Dialog title="Pin to a place plan" onClose={onClose}>
      <Kept of={placePlans}>
        {(reply) => (
          <PinForm
            view={view}
            cell={cell}
            plans={reply.plans.filter(({ state }) => state !== "closed")}
            onClose={onClose}
          />
        )}
      </Kept>
    </Dialog>
  );
}

interface PinFormProps extends PinProps {
  readonly plans: readonly PlacePlanReply[];
  readonly onClose: () => void;
}

function PinForm({ view, cell, plans, onClose }: PinFormProps) {
  const [chosen, setChosen] = useState(String(plans[0]?.id ?? ""));
  const { fault, isPending, run } = useSubmit();
  const asked = pinQuery(view);
  const plan = plans.find(({ id }) => String(id) === chosen);
  if (!asked.ok) return <p>{asked.reason}</p>;
  if (!plan) {
    return (
      <>
        <p>There are no open place plans.</p>
        <Button
          look="filled"
          icon="plus"
          onClick={() => navigate("outcomes", { part: "plans", edit: "new" })}
        >
          Add a place plan
        </Button>
      </>
    );
  }
  const pin = () =>
    run(async () => {
      await askPlans(placePlanCalls.pin, { id: plan.id, body: { query: asked.query, cell } });
      showToast(`Pinned to ${plan.name}`);
      onClose();
    });
  return (
    <>
      <p className="quiet small">
        {cell ? "This place" : `The first ${pinnedRows} of the ranking`} with dates, days, hours,
        kinds, types, area and test, as at today. It is counted when pinned and does not change when
        records do.
      </p>
      <Select
        label="Place plan"
        value={chosen}
        options={plans.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={setChosen}
      />
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="dialog__actions wrap row middle gap-2 pad-3-4">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="filled" disabled={isPending} onClick={pin}>
          Pin
        </Button>
      </div>
    </>
  );
}

type PinQuery =
  | { readonly ok: true; readonly query: Readonly<Record<string, string>> }
  /** What is on screen cannot be pinned, and what to do. */
  | { readonly ok: false; readonly reason: string };

/** The screen as a query of GET /api/hotspots: the server counts and tests it again. */
export function pinQuery(view: HotspotsView): PinQuery {
  const ranked = rankOf(view);
  if (!ranked.ok) return ranked;
  const query = {
    ...askedQuery(view),
    resolution: String(view.resolution),
    measure: ranked.measure,
  };
  return { ok: true, query };
}

function rankOf({ by, measure, baseline, reported, discovered }: HotspotsView) {
  const refuse = (reason: string) => ({ ok: false, reason }) as const;
  if (by === "street") return refuse("A place plan keeps figures by cell. Choose By cell first.");
  if (reported.length === 0 && discovered.length === 0) {
    return refuse("Nothing is selected to count. Choose a kind first.");
  }
  const { name, rank, canBePinned } = measureOf(measure);
  if (!canBePinned) {
    return refuse(`${name} cannot be pinned to a place. Choose another measure.`);
  }
  if (rank === "change" && baseline !== "before") {
    return refuse(
      "A change can only be pinned against the days just before. Compare with those, or choose another measure.",
    );
  }
  return { ok: true, measure: rank } as const;
}
