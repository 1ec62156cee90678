import { forgetOnSignOut } from "#client/api/private-data.ts";
import { consistent, type HotspotsView } from "#client/hotspots/state/view.ts";
import { paramsFromView, viewFromParams } from "#client/hotspots/state/view-address.ts";
import { createViewSteps } from "#client/hotspots/state/view-steps.ts";
import { broughtUp, versionOfLink, viewVersion } from "#client/hotspots/state/view-versions.ts";
import { createStore } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import {
  type Address,
  address,
  formatFragment,
  navigate,
  replaceParams,
} from "#client/state/url.ts";

/**
 * Applies a choice. The changed fields name the step (view-words.ts). Quick repeats are one step,
 * as is a drag: `continues` is true from its second move.
 */
export type ChangeView = (part: Partial<HotspotsView>, continues?: boolean) => void;

export type ViewStore = ReturnType<typeof createViewStore>;

/** Drags and held keys write the address at this pace at most. */
const writeDelayMs = 250;
const screen = "hotspots";

export function createViewStore(usual: HotspotsView) {
  const read = (params: Address["params"]) => {
    // A newer page's view is read as far as this version knows it.
    const brought = broughtUp(params, versionOfLink(params));
    return consistent(viewFromParams(brought.ok ? brought.value : params, usual));
  };
  const view = createStore(read(paramsHere()));
  const set = (part: Partial<HotspotsView>) =>
    view.set((state) => consistent({ ...state, ...part }));
  const write = () => ({
    ...paramsFromView(view.get(), usual),
    v: viewVersion === 1 ? "" : String(viewVersion),
  });
  let isFollowed = false;
  let isNew = true;

  const steps = createViewSteps({
    get: view.get,
    set: (part) => {
      set(part);
      // Undone from another screen: show it where it happened.
      if (!isFollowed) navigate(screen, write());
    },
    history: undoHistory,
  });

  return {
    view,
    usual,
    change: (part: Partial<HotspotsView>, continues = false) => steps.take(part, { continues }),
    open: (next: HotspotsView, name: string) => steps.take(next, { name }),
    /** No undo step. */
    look: set,
    /** Includes changes not yet written to the address. */
    link: () => {
      const { origin, pathname } = window.location;
      return `${origin}${pathname}${formatFragment({ screen, params: write() })}`;
    },
    /** Keeps view and address equal; call the result to stop. */
    follow: () => {
      let timer: ReturnType<typeof setTimeout> | null = null;
      let written = "";
      const rest = () => {
        if (timer) clearTimeout(timer);
        timer = null;
      };
      const writeAddress = () => {
        rest();
        const params = write();
        written = formatFragment({ screen, params });
        replaceParams(screen, params);
      };
      const stopWriting = view.subscribe(() => {
        timer ??= setTimeout(writeAddress, writeDelayMs);
      });
      const stopReading = address.subscribe(() => {
        const at = address.get();
        if (at.screen !== screen || formatFragment(at) === written) return;
        steps.take(read(at.params), { name: "open a link" });
      });
      // By the rail: the view as it was left. By a link: the link's view.
      const here = paramsHere();
      if (!isNew && Object.keys(here).length > 0) view.set(() => read(here));
      isNew = false;
      isFollowed = true;
      writeAddress();
      return () => {
        isFollowed = false;
        stopWriting();
        stopReading();
        rest();
      };
    },
  };
}

let kept: { readonly usual: string; readonly store: ViewStore } | null = null;
forgetOnSignOut(() => {
  kept = null;
});

/** Kept while other screens are open; replaced when the usual view changes. */
export function keptViewStore(usual: HotspotsView): ViewStore {
  const key = JSON.stringify(usual);
  if (kept?.usual !== key) kept = { usual: key, store: createViewStore(usual) };
  return kept.store;
}

function paramsHere(): Address["params"] {
  const at = address.get();
  return at.screen === screen ? at.params : {};
}
