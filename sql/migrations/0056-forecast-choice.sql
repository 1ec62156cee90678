-- Which forecast Plan uses: the analyst chooses it, and whoever plans by it reads it. Each plan keeps the one it was made with.

select allow('setting', 'select', '{sergeant,analyst}', 'key = ''forecast-choice''');
select allow('setting', verb, '{analyst}', 'key = ''forecast-choice''')
from unnest(array['insert', 'update']) as verbs (verb);

comment on column patrol_plan.forecast is
  'How expected reports were forecast, in words, the ranges of the total and of what the plan reaches, and under "chosen" which forecast an analyst had chosen; null for plans from before it was told.';
