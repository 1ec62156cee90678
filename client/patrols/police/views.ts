import { address, navigate } from "#client/state/url.ts";

/** Pages of the Plan screen that are for a place and a time alone. */
export const policeViews = ["ask", "attended"] as const;

export function openPoliceView(view: (typeof policeViews)[number]): void {
  navigate("plan", { ...address.get().params, view });
}

export function backToPlan(): void {
  navigate("plan", { ...address.get().params, view: "" });
}
