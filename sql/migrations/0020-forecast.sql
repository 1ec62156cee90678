-- What a plan's figures stand on: the forecast in words, and where expected reports lie.

alter table patrol_plan add column forecast jsonb null;
alter table patrol_plan add constraint patrol_plan_forecast_object
  check (jsonb_typeof(forecast) = 'object');
comment on column patrol_plan.forecast is
  'How expected reports were forecast, in words, and the ranges of the total and of what the plan reaches; null for plans from before it was told.';

alter table patrol_window add column expected_low double precision null;
alter table patrol_window add column expected_high double precision null;
alter table patrol_window add constraint patrol_window_expected_range
  check ((expected_low is null) = (expected_high is null) and expected_low <= expected_high);
comment on column patrol_window.expected_low is
  'Of ten such windows what is really to be expected lies between low and high in eight.';
