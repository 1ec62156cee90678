-- Control days are drawn to be compared with. Who weighs outcomes reads which they were, and what they were drawn from,
-- once their whole week is over. Before that the seed would give the days to come away, and so would the days that are
-- past: a draw is balanced, so that what Monday to Saturday had leaves what Sunday has.

select allow('control_day', 'select', '{analyst,auditor}',
  'week + 7 <= (now() at time zone ''Europe/London'')::date');
select allow('control_draw', 'select', '{analyst,auditor}',
  'week + 7 <= (now() at time zone ''Europe/London'')::date',
  'week, days_per_place, place_count, seed, drawn_at');
