import type { z } from "zod";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Address = `${Method} /api/${string}`;

interface Parts {
  readonly params?: Readonly<Record<string, z.ZodType>>;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The JSON reply; absent for octets and streams. */
  readonly reply?: z.ZodType;
}

export type Call<At extends Address = Address, Said extends Parts = Parts> = Said & {
  readonly at: At;
};

/** `call("PUT /api/place-plans/:id", { body, reply })`; `:id` is a number. */
export function call<const At extends Address, const Said extends Parts>(
  at: At,
  said: Said,
): Call<At, Said> {
  return { at, ...said };
}

type NamesIn<At extends string> = At extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | NamesIn<More>
    : Rest
  : never;

type ReplyOf<Value> = Value extends readonly (infer One)[]
  ? readonly ReplyOf<One>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: ReplyOf<Value[Name]> }
    : Value;

export type Params<Asked extends Call> = {
  readonly [Name in NamesIn<Asked["at"]>]: Asked extends {
    readonly params: Readonly<Record<Name, z.ZodType<infer Value>>>;
  }
    ? Value
    : number;
};
export type Query<Asked extends Call> = Asked extends {
  readonly query: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;
export type Body<Asked extends Call> = Asked extends {
  readonly body: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;
export type Reply<Asked extends Call> = Asked extends {
  readonly reply: infer Schema extends z.ZodType;
}
  ? ReplyOf<z.output<Schema>>
  : unknown;

export function namesIn(at: Address): string[] {
  return [...at.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
}
