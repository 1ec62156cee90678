-- Made-up events never had a point to lose: streets that come in after them can still be given to them, by whoever loads the
-- demonstration (server/upkeep/demo/place-demo.ts).

grant update (segment, streets) on event to boxster_operator;
