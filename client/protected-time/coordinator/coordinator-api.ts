import { keptCall } from "#client/live/kept.ts";
import { type CoordinatorReply, coordinatorCalls } from "#core/protected-time/wire/coordinator.ts";

/** What partners have said. */
export const coordination = keptCall(coordinatorCalls.read, "partners");

/** Each change answers what stands there after it. */
export async function change(reply: Promise<CoordinatorReply>): Promise<void> {
  coordination.accept(await reply);
}
