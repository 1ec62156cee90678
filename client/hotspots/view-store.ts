import type { HotspotsView } from "#client/hotspots/view.ts";
import { paramsFromView, viewFromParams } from "#client/hotspots/view-address.ts";
import { createStore, type Store } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import { address, formatFragment, navigate, replaceParams } from "#client/state/url.ts";

/**
 * Quick repeats of one name are one step, as is all of a drag: `continues` holds from its second
 * move on.
 */
export type ChangeView = (name: string, part: Partial<HotspotsView>, continues?: boolean) => void;

export interface ViewStore {
  readonly view: Store<HotspotsView>;
  /** A step with a name, which Undo takes back. */
  readonly change: ChangeView;
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

  const change: ChangeView = (name, part, continues = false) => {
    const before = view.get();
    const now = Date.now();
    if (lastStep.name !== name || (!continues && now - lastStep.at > sameStepMs)) {
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
        written = formatFragment({ screen: "hotspots", params });
        replaceParams(params);
      };
      const stopWriting = view.subscribe(() => {
        timer ??= setTimeout(write, writeDelayMs);
      });
      const stopReading = address.subscribe(() => {
        const at = address.get();
        if (at.screen !== "hotspots" || formatFragment(at) === written) return;
        view.set(() => viewFromParams(at.params, usual));
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
