-- Open screens learn of a change by the database's own notifications (server/live). A notification says
-- which table changed and for whom, never what; it leaves with the commit, or not at all. Whoever hears it
-- looks the rest up under rights of its own: nothing is read here, for the trigger has those of the writer.

create function announce() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster', tg_table_name);
  return null;
end
$$;
comment on function announce() is 'Says that a table has changed.';

create function announce_partner() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster',
    tg_table_name || ' ' || case tg_op when 'DELETE' then old.partner_id else new.partner_id end);
  return null;
end
$$;
comment on function announce_partner() is 'Says of which partner a row has changed.';

create function announce_session() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster',
    tg_table_name || ' ' || case tg_op when 'DELETE' then old.session_id else new.session_id end);
  return null;
end
$$;
comment on function announce_session() is 'Says of which session a row has changed.';

-- Plans are police's own.
create trigger patrol_plan_announced after insert or update or delete on patrol_plan
  for each statement execute function announce();
create trigger patrol_window_announced after insert or update or delete on patrol_window
  for each statement execute function announce();

-- Of sessions whatever its partner reads; how far they are closed is written every day and read by nobody.
create trigger outreach_session_announced after insert or delete or update of ended_at, recorded_until
  on outreach_session
  for each row execute function announce_partner();
create trigger saved_place_announced after insert or update or delete on saved_place
  for each row execute function announce_partner();
create trigger calendar_report_announced after insert on calendar_report
  for each row execute function announce_partner();
create trigger session_exception_announced after insert or delete on session_exception
  for each row execute function announce_session();
create trigger session_notice_announced after insert or update or delete on session_notice
  for each row execute function announce_session();
create trigger police_came_announced after insert or delete on police_came
  for each row execute function announce_session();

-- Signed out, locked, or an account that has changed: what is open under it is looked at anew.
create trigger sign_in_announced after delete or update of locked_at, token_hash on sign_in
  for each statement execute function announce();
create trigger account_announced after update on account
  for each statement execute function announce();
