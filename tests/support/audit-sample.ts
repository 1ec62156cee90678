import type { Role } from "#core/role.ts";
import type { TestCaller } from "#tests/support/app.ts";

type Method = Parameters<TestCaller["send"]>[0];
type Reply = Awaited<ReturnType<TestCaller["get"]>>;

/** What earlier calls of the list left for later ones, by name. */
export type SampleState = Record<string, string | number>;

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

interface Beside {
  readonly body?: object | ((state: SampleState) => object);
  /** A file, instead of a body. */
  readonly octets?: string | Buffer;
  /** What the reply leaves for later calls: by which name, and of which of its fields. */
  readonly keep?: Record<string, string> | ((reply: Reply, state: SampleState) => SampleState);
  readonly purpose?: string;
}

/** A parameter of the address is followed by what is there: a name of the state, or else the word itself (`:id=plan`). */
export function sample(
  as: Role,
  address: string,
  says: string,
  { body, octets, keep, purpose }: Beside = {},
): AuditSample {
  const [method, url] = address.split(" ") as ["GET" | Method, string];
  const [path = "", query] = url.split("?");
  const kept = typeof keep === "object" ? fieldsAs(keep) : keep;
  return {
    route: `${method} ${path.replace(/=\w+/g, "")}`,
    as,
    call: (caller, state) => {
      const filled = path.replace(/:\w+=(\w+)/g, (_, name: string) => String(state[name] ?? name));
      const to = query === undefined ? filled : `${filled}?${query}`;
      if (method === "GET") return caller.get(to);
      const headers = { "content-type": "application/octet-stream" };
      if (octets) return caller.inject({ method, url: to, headers, payload: octets });
      return caller.send(method, to, typeof body === "function" ? body(state) : body);
    },
    says,
    ...(kept ? { keep: (reply, state) => void Object.assign(state, kept(reply, state)) } : {}),
    ...(purpose ? { purpose } : {}),
  };
}

function fieldsAs(names: Record<string, string>) {
  return (reply: Reply): SampleState => {
    const fields = reply.json<SampleState>();
    return Object.fromEntries(
      Object.entries(names).map(([as, field]) => [as, fields[field] ?? ""]),
    );
  };
}
