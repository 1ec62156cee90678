-- An event names a batch, and at times a type, that is there: looked up once a statement and not once a row, which took half of
-- the time of an import. Whoever names one holds it to the end of the transaction, as a foreign key does; a batch takes its events
-- along when it is deleted, and a type that an event has stays. The copier's functions: whoever writes need not see all rows.

alter table event
  drop constraint event_batch_id_fkey,
  drop constraint event_type_code_fkey;

create function hold_event_references() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  named integer;
begin
  for named in select distinct batch_id from written order by batch_id loop
    perform from batch where id = named for key share;
    if not found then
      raise exception 'there is no batch % for an event', named
        using errcode = '23503', constraint = 'event_batch_id_fkey', table = 'event';
    end if;
  end loop;
  for named in
    select distinct type_code from written where type_code is not null order by type_code
  loop
    perform from event_type where code = named for key share;
    if not found then
      raise exception 'there is no type % for an event', named
        using errcode = '23503', constraint = 'event_type_code_fkey', table = 'event';
    end if;
  end loop;
  return null;
end
$$;

-- What others have written since an older snapshot was taken would be missed, where a foreign key would see it.
create function refuse_old_snapshot() returns void language plpgsql as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'batches and types are taken away in a transaction that is read committed'
      using errcode = '0A000';
  end if;
end
$$;

create function take_events_of_batch() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if exists (select from gone) then
    perform refuse_old_snapshot();
    delete from event where batch_id in (select id from gone);
  end if;
  return null;
end
$$;

create function keep_batch_of_events() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if not exists (select id from gone except select id from batch) then
      return null;
    end if;
    perform refuse_old_snapshot();
  end if;
  if exists (select from event where not exists (select from batch where batch.id = event.batch_id)) then
    raise exception 'an event names this batch'
      using errcode = '23503', constraint = 'event_batch_id_fkey', table = 'event';
  end if;
  return null;
end
$$;

create function keep_type_of_events() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if tg_op <> 'TRUNCATE' then
    if not exists (select code from gone except select code from event_type) then
      return null;
    end if;
    perform refuse_old_snapshot();
  end if;
  if exists (
    select from event
    where type_code is not null
      and not exists (select from event_type where event_type.code = event.type_code)
  ) then
    raise exception 'an event has this type'
      using errcode = '23503', constraint = 'event_type_code_fkey', table = 'event';
  end if;
  return null;
end
$$;

create trigger event_references_held after insert on event
  referencing new table as written for each statement execute function hold_event_references();
create trigger event_references_held_again after update on event
  referencing new table as written for each statement execute function hold_event_references();
create trigger batch_takes_its_events after delete on batch
  referencing old table as gone for each statement execute function take_events_of_batch();
create trigger batch_of_events_kept after update on batch
  referencing old table as gone for each statement execute function keep_batch_of_events();
create trigger batch_of_events_kept_whole after truncate on batch
  for each statement execute function keep_batch_of_events();
create trigger event_type_of_events_kept after delete on event_type
  referencing old table as gone for each statement execute function keep_type_of_events();
create trigger event_type_of_events_kept_again after update on event_type
  referencing old table as gone for each statement execute function keep_type_of_events();
create trigger event_type_of_events_kept_whole after truncate on event_type
  for each statement execute function keep_type_of_events();

-- Last: who makes the triggers above must own the functions.
revoke execute on function hold_event_references() from public;
revoke execute on function take_events_of_batch() from public;
revoke execute on function keep_batch_of_events() from public;
revoke execute on function keep_type_of_events() from public;
grant create on schema public to boxster_copier;
alter function hold_event_references() owner to boxster_copier;
alter function take_events_of_batch() owner to boxster_copier;
alter function keep_batch_of_events() owner to boxster_copier;
alter function keep_type_of_events() owner to boxster_copier;
revoke create on schema public from boxster_copier;
