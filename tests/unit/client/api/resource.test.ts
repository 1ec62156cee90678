import { expect, test } from "vitest";
import { ApiError, errorFromFailure, errorFromReply } from "#client/api/api-error.ts";
import { createResource } from "#client/api/resource.ts";

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("a resource goes from idle through loading to ready, and keeps its value while refreshing", async () => {
  let count = 0;
  const loader = createResource(async () => {
    count += 1;
    return count;
  });
  expect(loader.store.get().status).toBe("idle");
  loader.ensure();
  expect(loader.store.get().status).toBe("loading");
  await settled();
  expect(loader.store.get()).toMatchObject({ status: "ready", value: 1 });
  loader.ensure();
  expect(loader.store.get().status).toBe("ready");
  loader.reload();
  expect(loader.store.get()).toMatchObject({ status: "refreshing", value: 1 });
  await settled();
  expect(loader.store.get()).toMatchObject({ status: "ready", value: 2 });
});

test("a failure without a value is failed, with one it is stale", async () => {
  let fails = true;
  const loader = createResource(async () => {
    if (fails) throw new TypeError("network");
    return "value";
  });
  loader.reload();
  await settled();
  expect(loader.store.get()).toMatchObject({
    status: "failed",
    error: { title: "The server is not responding" },
  });
  fails = false;
  loader.ensure();
  await settled();
  fails = true;
  loader.reload();
  await settled();
  expect(loader.store.get()).toMatchObject({ status: "stale", value: "value" });
});

test("a part is shown while the rest is on its way, and is all there is where that fails", async () => {
  let end: (rest: string | Error) => void = () => undefined;
  const loader = createResource<string>(async (_signal, show) => {
    show("recent");
    const rest = await new Promise<string | Error>((resolve) => {
      end = resolve;
    });
    if (rest instanceof Error) throw rest;
    return `${rest} recent`;
  });
  loader.reload();
  expect(loader.store.get()).toMatchObject({ status: "refreshing", value: "recent" });
  end("older");
  await settled();
  expect(loader.store.get()).toMatchObject({ status: "ready", value: "older recent" });
  loader.reload();
  end(new TypeError("network"));
  await settled();
  expect(loader.store.get()).toMatchObject({ status: "stale", value: "recent" });
});

test("only the newest of overlapping loads is taken, and a reset one never", async () => {
  const answers: ((value: string) => void)[] = [];
  const loader = createResource(() => new Promise<string>((resolve) => answers.push(resolve)));
  loader.reload();
  loader.reload();
  answers[1]?.("new");
  answers[0]?.("old");
  await settled();
  expect(loader.store.get()).toMatchObject({ status: "ready", value: "new" });
  loader.reload();
  loader.reset();
  answers[2]?.("after sign-out");
  await settled();
  expect(loader.store.get()).toEqual({ status: "idle" });
});

test("a problem document becomes title, detail and row errors", () => {
  const body = JSON.stringify({
    type: "about:blank",
    title: "This file cannot be read",
    status: 422,
    detail: "Line 3: no date.",
    errors: [{ row: 3, reason: "not a date" }],
  });
  const error = errorFromReply(422, body);
  expect(error).toBeInstanceOf(ApiError);
  expect([error.title, error.detail, error.errors[0]?.row]).toEqual([
    "This file cannot be read",
    "Line 3: no date.",
    3,
  ]);
});

test("an answer that is no problem document still says what happened", () => {
  expect(errorFromReply(502, "<html>Bad gateway</html>").title).toContain("502");
});

test("an ApiError passes through unchanged", () => {
  const error = errorFromReply(403, '{"title":"Not allowed for this role","status":403}');
  expect(errorFromFailure(error)).toBe(error);
});

test("a failed read does not speak of changes", () => {
  expect(errorFromFailure(new TypeError("network"), "read").detail).toBe(
    "Check your connection, then try again.",
  );
  expect(errorFromFailure(new TypeError("network")).detail).toContain("Nothing was changed.");
});
