-- An emergency is listed under the place that was chosen for it: a cell may be called after another one that it holds
-- ("Silver Street" lies in the cell of a corner of the North Circular).

alter table police_attended add column place text,
  add constraint police_attended_place_short
    check (place = btrim(place) and length(place) between 1 and 200);
comment on column police_attended.place is
  'A name of the list of places, never free words; null where a cell of the map was chosen.';
