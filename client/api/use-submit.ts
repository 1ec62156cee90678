import { useState } from "react";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";

export interface Submit {
  readonly fault: ApiError | null;
  readonly isPending: boolean;
  readonly run: (work: () => Promise<unknown>) => void;
}

export function useSubmit(): Submit {
  const [fault, setFault] = useState<ApiError | null>(null);
  const [isPending, setPending] = useState(false);
  const run = (work: () => Promise<unknown>) => {
    if (isPending) return;
    setPending(true);
    setFault(null);
    work()
      .catch((cause: unknown) => setFault(errorFromFailure(cause)))
      .finally(() => setPending(false));
  };
  return { fault, isPending, run };
}
