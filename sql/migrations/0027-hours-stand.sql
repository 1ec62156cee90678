-- Hours of days that are over feed figures: for seven days they are set right, then they stand (SAFEGUARDS 23), whether
-- police or a patrol partner write them. A demonstration goes by its own date.

create function hold_past_hours() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  written date := (to_jsonb(case tg_op when 'DELETE' then old else new end) ->> tg_argv[0])::date;
  first_open date := -7 + coalesce(
    (select (value ->> 'asAt')::date from setting where key = 'demo'),
    (clock_timestamp() at time zone 'Europe/London')::date
  );
begin
  if written < first_open then
    raise exception 'hours of days before % stand', first_open
      using errcode = '23514', constraint = tg_name, table = tg_table_name;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
revoke execute on function hold_past_hours() from public;

do $$
declare
  held record;
begin
  for held in select * from (values
    ('staffing_duty', 'duty_date'), ('staffing_task', 'task_date'), ('staffing_core', 'from_date')
  ) as of_day (name, day) loop
    execute format(
      'create trigger %1$s_past_stands before insert or update or delete on %1$s for each row
        when (current_user in (''boxster_sergeant'', ''boxster_warden''))
        execute function hold_past_hours(%2$L)',
      held.name, held.day
    );
  end loop;
end
$$;

-- Whoever writes hours may not read of which day a demonstration is. After the triggers: whoever creates one must be able
-- to execute its function.
grant create on schema public to boxster_clerk;
alter function hold_past_hours() owner to boxster_clerk;
revoke create on schema public from boxster_clerk;
