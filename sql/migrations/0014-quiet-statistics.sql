-- PostgreSQL's own statistics (rows written by table, sizes, locks) would tell any role that a partner did something.
-- Here only the database's owner and pg_monitor can read them.
--
-- Only a superuser can revoke these rights. Where the migrations run as an owner that is not one, as they should, a
-- superuser runs this file once in the database (docs/deploy.md, 5). `boxster doctor` says whether that was done.
do $$
declare
  path text := pg_catalog.current_setting('search_path');
  thing text;
begin
  -- A superuser must not find what the owner made under the name of something of PostgreSQL's.
  perform pg_catalog.set_config('search_path', 'pg_catalog', true);
  if (select rolsuper from pg_roles where rolname = current_user) then
    for thing in
      select oid::regclass::text from pg_class
      where relkind = 'v' and (relname ~ '^pg_stat(io)?_' or relname = 'pg_locks')
    loop
      execute format('revoke select on %s from public', thing);
      execute format('grant select on %s to pg_monitor, pg_database_owner', thing);
    end loop;
    for thing in
      select oid::regprocedure::text from pg_proc
      where prokind = 'f' and has_function_privilege('public', oid, 'execute') and (
        proname ~ '^pg_stat_get_'
        or proname ~ '^pg_(relation|table|indexes|total_relation|database|tablespace)_size$'
        or proname ~ '^pg_current_wal_'
        or proname = 'pg_lock_status'
      )
    loop
      execute format('revoke execute on function %s from public', thing);
      execute format('grant execute on function %s to pg_monitor, pg_database_owner', thing);
    end loop;
    -- Of the list of tables all but how many rows and pages each had when it was last looked at.
    revoke select on pg_class from public;
    grant select on pg_class to pg_monitor, pg_database_owner;
    execute (
      select format('grant select (%s) on pg_class to public', string_agg(quote_ident(attname), ', '))
      from pg_attribute
      where attrelid = 'pg_class'::regclass and attnum > 0
        and attname not in ('reltuples', 'relpages', 'relallvisible', 'relallfrozen')
    );
  end if;
  perform set_config('search_path', path, true);
end
$$;
