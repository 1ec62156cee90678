import type { Role } from "#core/role.ts";
import type { TestCaller } from "#tests/support/app.ts";

type Reply = Awaited<ReturnType<TestCaller["get"]>>;

/** What earlier calls of the list left for later ones. */
export interface SampleState {
  plan: string;
  window: string;
  /** A plan by hand. */
  board: string;
  number: string;
  operation: number;
  batch: number;
  layer: number;
  profile: number;
  view: number;
  /** One to be removed, and one of the demonstration. */
  place: string;
  saved: string;
  session: string;
  past: { session: string; date: string };
  account: string;
  opening: string;
  attended: string;
  came: string;
  objection: string;
  handover: string;
  placePlan: number;
  figure: number;
  comment: string;
  action: number;
  pack: number;
  draft: { id: number; contentHash: string };
}

/** One call of a route that has a line in the chain, and what the line says it was about. */
export interface AuditSample {
  /** As the route calls itself. */
  readonly route: string;
  readonly as: Role;
  readonly call: (caller: TestCaller, state: SampleState) => Promise<Reply>;
  readonly keep?: (reply: Reply, state: SampleState) => void;
  /** Written by hand: the names of what the line says beside the act, in any order. */
  readonly says: string;
  /** Where the address serves several acts. */
  readonly purpose?: string;
}

export const get = (url: string) => (caller: TestCaller) => caller.get(url);

export function newSampleState(): SampleState {
  return {
    plan: "",
    window: "",
    board: "",
    operation: 0,
    number: "",
    batch: 0,
    layer: 0,
    profile: 0,
    view: 0,
    place: "",
    saved: "",
    session: "",
    past: { session: "", date: "" },
    account: "",
    opening: "",
    attended: "",
    came: "",
    objection: "",
    handover: "",
    placePlan: 0,
    figure: 0,
    comment: "",
    action: 0,
    pack: 0,
    draft: { id: 0, contentHash: "" },
  };
}
