import { expect, test, vi } from "vitest";
import { loadPatiently } from "#client/ui/lazily.ts";

test("code that does not come is asked for again, for a quarter of a minute, and then it is a fault", async () => {
  vi.useFakeTimers();
  try {
    const load = vi.fn(async () => {
      if (load.mock.calls.length < 3) throw new Error("The server does not answer");
      return "here";
    });
    const loading = loadPatiently(load);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await loading).toBe("here");
    expect(load).toHaveBeenCalledTimes(3);

    const never = vi.fn(async () => Promise.reject(new Error("Gone")));
    const failing = expect(loadPatiently(never)).rejects.toThrow("Gone");
    await vi.advanceTimersByTimeAsync(15_500);
    await failing;
    expect(never).toHaveBeenCalledTimes(6);
  } finally {
    vi.useRealTimers();
  }
});
