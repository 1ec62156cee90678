import type { HotspotsView } from "#client/hotspots/view.ts";
import { paramsFromView, viewFromParams } from "#client/hotspots/view-address.ts";
import { createStore, type Store } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import { address, navigate, replaceParams } from "#client/state/url.ts";

export interface ViewStore {
  readonly view: Store<HotspotsView>;
  /** A step with a name, which Undo takes back; quick repeats of one name are one step. */
  readonly change: (name: string, part: Partial<HotspotsView>) => void;
  /** Looking, not filtering: no step to undo. */
  readonly look: (part: Partial<HotspotsView>) => void;
  /** Keeps view and address equal; call the result to stop. */
  readonly follow: () => () => void;
}

/** Drags and held keys write the address at this pace at most. */
const writeDelayMs = 250;
const sameStepMs = 1500;

export function createViewStore(usual: HotspotsView): ViewStore {
  const view = createStore(viewFromParams(address.get().params, usual));
  let lastStep = { name: "", at: 0 };

  const change: ViewStore["change"] = (name, part) => {
    const before = view.get();
    const now = Date.now();
    if (lastStep.name !== name || now - lastStep.at > sameStepMs) {
      undoHistory.remember({
        name,
        undo: () => {
          lastStep = { name: "", at: 0 };
          navigate("hotspots", paramsFromView({ ...before, camera: view.get().camera }, usual));
        },
      });
    }
    lastStep = { name, at: now };
    view.set((state) => ({ ...state, ...part }));
  };

  return {
    view,
    change,
    look: (part) => view.set((state) => ({ ...state, ...part })),
    follow: () => {
      let timer: ReturnType<typeof setTimeout> | null = null;
      let written = "";
      const write = () => {
        timer = null;
        const params = paramsFromView(view.get(), usual);
        written = JSON.stringify(params);
        replaceParams(params);
      };
      const stopWriting = view.subscribe(() => {
        timer ??= setTimeout(write, writeDelayMs);
      });
      const stopReading = address.subscribe(() => {
        const { screen, params } = address.get();
        if (screen !== "hotspots" || JSON.stringify(params) === written) return;
        view.set(() => viewFromParams(params, usual));
      });
      write();
      return () => {
        stopWriting();
        stopReading();
        if (timer) clearTimeout(timer);
      };
    },
  };
}
