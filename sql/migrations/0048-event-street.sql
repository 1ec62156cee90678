-- The street of an event: the segment of the street graph nearest to its point at import, at most 30 m away. The point itself is
-- not kept, as ever. Segments are numbers of one graph, so that graph's hash goes with each: where other streets
-- have taken its place the number means nothing, and is never read as one of theirs. No part of a public figure: the publisher,
-- who makes what is public, cannot read it, nor can a partner or the system.

alter table event
  add column segment integer null,
  add column streets bytea null;
alter table event
  add constraint event_segment_not_negative check (segment >= 0),
  add constraint event_streets_length check (octet_length(streets) = 8),
  add constraint event_segment_of_streets check ((segment is null) = (streets is null)),
  -- Words about a place lead to a cell, and the middle of a cell lies on no street.
  add constraint event_segment_by_point check (segment is null or placed_by = 'point');
comment on column event.segment is
  'Number of the street segment nearest to its point at import; null without a point, or with no street within 30 m.';
comment on column event.streets is
  'First octets of the SHA-256 of the graph that the segment is a number of; another graph has other numbers.';

grant select (segment, streets) on event to boxster_sergeant;
