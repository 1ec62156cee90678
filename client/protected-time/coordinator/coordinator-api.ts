import { keptCall } from "#client/live/kept.ts";
import { type CoordinatorReply, coordinatorCalls } from "#core/protected-time/wire/coordinator.ts";

export const coordination = keptCall(coordinatorCalls.read, "partners");

/** Shows the state that a change answers with. */
export async function change(reply: Promise<CoordinatorReply>): Promise<void> {
  coordination.accept(await reply);
}
