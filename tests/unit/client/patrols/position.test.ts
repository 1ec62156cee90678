import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetEverything } from "#client/api/private-data.ts";
import { position, switchPositionOff, switchPositionOn } from "#client/patrols/tonight/position.ts";

type Hear = (found: { coords: object }) => void;
type Fail = (error: { code: number; PERMISSION_DENIED: number }) => void;
let hear: Hear = () => undefined;
let fail: Fail = () => undefined;
const watched: object[] = [];
const listeners = new Map<string, () => void>();

beforeEach(() => {
  watched.length = 0;
  vi.stubGlobal("document", {
    hidden: false,
    addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
    removeEventListener: (name: string) => listeners.delete(name),
  });
  vi.stubGlobal("navigator", {
    languages: ["en-GB"],
    geolocation: {
      watchPosition: (onFix: Hear, onFault: Fail, how: object) => {
        [hear, fail] = [onFix, onFault];
        return watched.push(how);
      },
      clearWatch: () => watched.pop(),
    },
  });
});
afterEach(() => {
  switchPositionOff();
  vi.unstubAllGlobals();
});

const coords = { longitude: -0.06, latitude: 51.6, accuracy: 20 };
const kind = () => position.get().kind;

test("a phone is located by a tap, with little power, and no longer than the page is in sight", () => {
  expect([watched, kind()]).toEqual([[], "off"]);
  switchPositionOn();
  expect(watched).toEqual([{ enableHighAccuracy: false, maximumAge: 15_000 }]);
  hear({ coords });
  expect(kind()).toBe("on");
  Object.assign(document, { hidden: true });
  listeners.get("visibilitychange")?.();
  expect([watched.length, kind()]).toEqual([0, "waiting"]);
  hear({ coords });
  expect(kind(), "what comes after that is not taken").toBe("waiting");
  Object.assign(document, { hidden: false });
  listeners.get("visibilitychange")?.();
  expect(watched).toHaveLength(1);
});

test("switched off, refused by the phone, or signed out, nothing watches and nothing is known", () => {
  switchPositionOn();
  hear({ coords });
  switchPositionOff();
  expect([watched.length, kind(), listeners.size]).toEqual([0, "off", 0]);
  switchPositionOn();
  fail({ code: 2, PERMISSION_DENIED: 1 });
  expect([watched.length, kind()]).toEqual([1, "unavailable"]);
  fail({ code: 1, PERMISSION_DENIED: 1 });
  expect([watched.length, kind()]).toEqual([0, "denied"]);
  switchPositionOn();
  hear({ coords });
  forgetEverything();
  expect([watched.length, kind()]).toEqual([0, "off"]);
});
