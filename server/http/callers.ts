import type { FastifyRequest } from "fastify";
import type { Actor, Role } from "#core/role.ts";

export interface Caller {
  /** What their calls are counted under: the person, or in the demonstration the one browser. */
  readonly key: string;
  readonly role: Role;
}

export interface Callers {
  /** Who calls, as far as their cookie is known from an earlier request; null for a stranger. */
  readonly of: (request: FastifyRequest) => Caller | null;
  /** For the log: what the guard found out about this request, or what is known of its cookie. */
  readonly roleOf: (request: FastifyRequest) => Actor["role"];
  /** Keeps what the guard found out about this request for those that follow. */
  readonly learn: (request: FastifyRequest) => void;
}
