-- An approved patrol that is moved to a day of an operation, or whose stop is moved into its treated area, is new as well
-- (SAFEGUARDS 11).
drop trigger patrol_window_rise_answered on patrol_window;
create trigger patrol_window_rise_answered after update of status, starts_at on patrol_window
  for each row when (new.status = 'agreed' and (old.status <> 'agreed' or old.starts_at <> new.starts_at))
  execute function hold_new_patrol();
drop trigger patrol_stop_rise_answered on patrol_stop;
create trigger patrol_stop_rise_answered after insert or update on patrol_stop
  for each row when (current_user <> 'boxster_copier') execute function hold_new_patrol();
