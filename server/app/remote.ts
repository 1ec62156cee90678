import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { z } from "zod";
import { runAudited } from "#server/accounts/audit/audited.ts";
import type { Services } from "#server/acts/services.ts";
import { type Command, CommandError, type CommandResult, UsageError } from "#server/cli/command.ts";
import type { Terminal } from "#server/cli/terminal.ts";
import { failureText } from "#server/db/errors.ts";

/** One JSON line each way. */
export function serveCommands(
  socket: Socket,
  services: Services,
  commands: readonly Command[],
): void {
  const controller = new AbortController();
  socket.on("close", () => controller.abort(new Error("The caller went away")));
  const send = (message: z.infer<typeof answer>) => {
    if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };
  const lines = createInterface({ input: socket });
  // Writing to a caller who has just gone fails: the act learns of it by "close", and the server
  // goes on.
  for (const end of [socket, lines]) end.on("error", () => undefined);
  lines.once("line", (line) => {
    void answerCall(line, services, commands, { send, signal: controller.signal })
      .catch((error: unknown) =>
        send({ error: failureText(error), usage: error instanceof UsageError }),
      )
      .finally(() => socket.end());
  });
}

async function answerCall(
  line: string,
  services: Services,
  commands: readonly Command[],
  io: { send: (message: z.infer<typeof answer>) => void; signal: AbortSignal },
): Promise<void> {
  const request = call.parse(JSON.parse(line));
  const command = commands.find((one) => one.name === request.command);
  if (!command) throw new CommandError(`The running server does not know "${request.command}".`);
  const result = await runAudited(
    command,
    {
      ...services,
      operator: request.operator,
      secret: request.secret,
      signal: io.signal,
      say: (text) => io.send({ say: text }),
    },
    request,
  );
  io.send({ done: { json: result.json, text: [...result.text], exit: result.exit ?? 0 } });
}

export async function callOwner(
  socket: Socket,
  request: z.infer<typeof call>,
  { err: say, signal }: Pick<Terminal, "err" | "signal">,
): Promise<CommandResult> {
  const lines = createInterface({ input: socket });
  // The owner cancels the work when its caller leaves.
  const leave = () => {
    lines.close();
    socket.destroy();
  };
  signal.addEventListener("abort", leave, { once: true });
  if (signal.aborted) leave();
  socket.write(`${JSON.stringify(request)}\n`);
  for await (const line of lines) {
    const message = answer.parse(JSON.parse(line));
    if ("say" in message) say(message.say);
    else if ("done" in message) return message.done;
    else if (message.usage) throw new UsageError(message.error);
    else throw new CommandError(message.error);
  }
  if (signal.aborted) throw new CommandError("Stopped. Work in progress was discarded.");
  throw new CommandError(
    "The process using the data folder ended before it answered. Check what happened before you repeat the command.",
  );
}

const call = z.strictObject({
  command: z.string(),
  positionals: z.array(z.string()),
  values: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])),
  operator: z.string(),
  secret: z.string().nullable(),
});

const answer = z.union([
  z.strictObject({ say: z.string() }),
  z.strictObject({
    done: z.strictObject({
      json: z.unknown(),
      text: z.array(z.string()),
      exit: z.union([z.literal(0), z.literal(1)]),
    }),
  }),
  z.strictObject({ error: z.string(), usage: z.boolean().optional() }),
]);
