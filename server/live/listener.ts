import { Readable } from "node:stream";
import { type LiveTopic, liveTopicsOf } from "#core/live.ts";
import type { Role } from "#core/role.ts";

export interface Listener {
  readonly sessionId: string;
  readonly role: Role;
  /** The code of its partner, and its number. */
  readonly partner: string | null;
  readonly partnerId: string | null;
  readonly stream: Readable;
  readonly look: (scope: string, at: number) => void;
  readonly beat: (at: number) => void;
  readonly end: () => void;
}

/** Bytes unread after which a listener counts as gone. */
const mostUnread = 64 * 1024;
/** Reconnect delay of a browser. */
const comeBackMs = 2_000;

export function createListener(
  of: Pick<Listener, "sessionId" | "role" | "partner" | "partnerId">,
): Listener {
  const stream = new Readable({ read: () => undefined });
  // A slow reader has not read the end yet, and the stream does not tell that it was written.
  let isOver = false;
  const end = () => {
    if (!isOver && !stream.destroyed) stream.push(null);
    isOver = true;
  };
  const send = (text: string) => {
    if (isOver || stream.destroyed) return;
    if (stream.readableLength > mostUnread) stream.destroy();
    else stream.push(text);
  };
  const scopes = new Set(scopesOf(of));
  send(`retry: ${comeBackMs}\n\n${eventOf("beat", "", Date.now())}`);
  return {
    ...of,
    stream,
    look: (scope, at) => {
      if (scopes.has(scope)) send(eventOf("look", scope.split(" ")[0] ?? "", at));
    },
    beat: (at) => send(eventOf("beat", "", at)),
    end,
  };
}

/** Partner topics that are the same for every partner. */
const ofAll: readonly LiveTopic[] = ["drafts", "streets"];

const ofOwnPatrols: readonly LiveTopic[] = ["plan", "notices", "tonight"];

/** Scopes it may hear: `plan`, or `sessions 12` for a partner's own. */
export function scopesOf({
  role,
  partner,
  partnerId,
}: Pick<Listener, "role" | "partner" | "partnerId">): string[] {
  const topics: readonly LiveTopic[] = liveTopicsOf[role] ?? [];
  if (role === "warden") {
    return topics.map((topic) => (ofOwnPatrols.includes(topic) ? `${topic} ${partner}` : topic));
  }
  if (role !== "partner") return [...topics];
  if (partnerId === null) return [];
  return topics.map((topic) => (ofAll.includes(topic) ? topic : `${topic} ${partnerId}`));
}

function eventOf(name: string, data: string, at: number): string {
  return `id: ${at}\nevent: ${name}\ndata: ${data}\n\n`;
}
