import { ask } from "#client/api/ask.ts";
import type { PlansReply, WindowChangeReply, WindowParams } from "#core/patrols/wire/board.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import {
  type DateSpan,
  type Duty,
  type StaffingBody,
  type StaffingReply,
  staffingCalls,
} from "#core/patrols/wire/staffing.ts";
import {
  type WardenChange,
  type WardenWindow,
  type WardenWindowsReply,
  wardenCalls,
} from "#core/patrols/wire/wardens.ts";
import type { Role } from "#core/role.ts";
import { hourMs, parseLocal } from "#core/time/zone.ts";

/** A warden coordinator's own patrols in the shape of plans, so that the Plan screen is one for all who plan. */
export async function loadWardenPlans(
  from: string,
  days: number,
  signal: AbortSignal,
): Promise<PlansReply> {
  const query = { from, days };
  const [own, { duties }] = await Promise.all([
    ask(wardenCalls.windows, { query }, { signal }),
    ask(wardenCalls.staffing, { query }, { signal }),
  ]);
  const ids = new Set(own.windows.map(({ planId }) => planId));
  const shifts = [...hoursOf(duties, own.windows)];
  return {
    from: own.from,
    to: own.to,
    plans: [...ids].map((id) => ({ ...planOf(id, own), from, days, shifts })),
    rises: [],
  };
}

function planOf(
  id: string,
  { windows, changedAt, from }: WardenWindowsReply,
): Omit<PlanReply, "days" | "shifts"> {
  const own = windows.filter(({ planId }) => planId === id);
  const isOneOf = (status: WardenWindow["status"]) => own.some((one) => one.status === status);
  return {
    ...unreckoned,
    id,
    from,
    asAt: from,
    changedAt,
    windows: own.map(asPlanned),
    agreedAt: own.every(({ status }) => status === "suggested") ? null : changedAt,
    status: isOneOf("agreed") ? "agreed" : isOneOf("suggested") ? "suggested" : "withdrawn",
    units: Math.max(...own.map(({ unit }) => unit)),
  };
}

/** What a plan expects and costs is not this role's to read, so nothing of it is drawn. */
const unreckoned = {
  objective: 0,
  bound: 0,
  gap: 0,
  greedy: 0,
  seconds: 0,
  stopped: "gap",
  refused: [],
  calendarsAsAt: null,
  forecast: null,
  origin: "by_hand",
  number: null,
  seed: 0,
  options: null,
  arrivalTimes: null,
  totals: {
    windows: 0,
    minutes: 0,
    stops: 0,
    share: 0,
    dayCap: { visits: 0, cap: 0 },
    weekCap: { visits: 0, cap: 0 },
  },
} satisfies Partial<PlanReply>;

function asPlanned({ planId: _, ...window }: WardenWindow): WindowReply {
  return {
    ...window,
    expected: 0,
    share: 0,
    range: null,
    locked: false,
    purpose: "patrol",
    patrolPartner: null,
    whyHere: window.why,
    whyNow: "",
  };
}

/** The rows of the week: hours on duty, and those of patrols that begin outside them. */
function hoursOf(duties: readonly Duty[], windows: readonly WardenWindow[]): ReadonlySet<string> {
  const isOnDuty = ({ start }: WardenWindow) => {
    const at = parseLocal(start.slice(0, 16));
    return duties.some(({ date, hours }) => {
      const [begin = 0, end = 0] = hours.split("-").map((time) => parseLocal(`${date}T${time}`));
      return at >= begin && at < (end > begin ? end : end + 24 * hourMs);
    });
  };
  const others = windows
    .filter((window) => !isOnDuty(window))
    .map(({ start, end }) => `${start.slice(11, 16)}-${end.slice(11, 16)}`);
  return new Set([...duties.map(({ hours }) => hours), ...others]);
}

/** Of the shifts that begin on these days: one paper a unit. */
export const ownPapers = (query: DateSpan) => ({
  key: `${query.from} ${query.days}`,
  load: (signal: AbortSignal) => ask(wardenCalls.briefing, { query }, { signal }),
  check: (number: string) => ask(wardenCalls.number, { number }),
});

export type StaffingWeek = Omit<StaffingReply, "conflicts"> & {
  readonly conflicts: readonly Pick<StaffingReply["conflicts"][number], "start" | "reason">[];
};

export async function readStaffing(
  role: Role,
  query: DateSpan,
  signal: AbortSignal,
): Promise<StaffingWeek> {
  if (role !== "warden") return ask(staffingCalls.read, { query }, { signal });
  return { ...noOtherDuties, ...(await ask(wardenCalls.staffing, { query }, { signal })) };
}

export const writeStaffing = (isOwn: boolean, query: DateSpan, body: StaffingBody) =>
  isOwn
    ? ask(wardenCalls.writeStaffing, { query, body: { duties: body.duties } })
    : ask(staffingCalls.write, { query, body });

/** A warden coordinator has the hours of its own units alone. */
const noOtherDuties = {
  tasks: [],
  interviews: [],
  interviewOffers: [],
  partnerDuties: [],
  coreHours: "20:00-02:00",
};

export type Changed =
  | { readonly ok: true; readonly window: WindowReply }
  | Exclude<WindowChangeReply, { readonly ok: true }>;

export async function changeOwnWindow(at: WindowParams, body: WardenChange): Promise<Changed> {
  const reply = await ask(wardenCalls.change, { ...at, body });
  return reply.ok ? { ok: true, window: asPlanned(reply.window) } : { ...reply, otherUnit: null };
}

const refsOf = (planId: string, windowIds: readonly string[]) => ({
  body: { windows: windowIds.map((windowId) => ({ planId, windowId })) },
});

export const agreeOwn = (planId: string, windowIds: readonly string[]) =>
  ask(wardenCalls.agree, refsOf(planId, windowIds));

export const withdrawOwn = (planId: string, windowIds: readonly string[]) =>
  ask(wardenCalls.withdraw, refsOf(planId, windowIds));
