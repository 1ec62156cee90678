-- Control days are drawn to be compared with. Who weighs outcomes reads which they were once they are over, and what
-- they were drawn from once their whole week is: before that the seed would give the days to come away.

select allow('control_day', 'select', '{analyst,auditor}',
  'day < (now() at time zone ''Europe/London'')::date');
select allow('control_draw', 'select', '{analyst,auditor}',
  'week + 7 <= (now() at time zone ''Europe/London'')::date',
  'week, days_per_place, place_count, seed, drawn_at');
