import { askThen } from "#client/api/ask.ts";
import { keptCall } from "#client/live/kept.ts";
import { meetingCalls } from "#core/place-plans/wire/meeting.ts";

/** When the partners meet, and every pack that was issued. */
export const meeting = keptCall(meetingCalls.read, "place_plans");
export const askMeeting = askThen(() => meeting.reload());
