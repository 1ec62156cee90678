-- The two logins of docs/deploy.md and their database, made by a superuser of PostgreSQL. The passwords come from the
-- environment, where no list of processes shows them. Run again, it makes what is missing and gives both the passwords of
-- the environment.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv web_password WEB_PASSWORD
begin;
select format('create role %I', name) from unnest(array['boxster_owner', 'boxster_web']) as wanted (name)
where not exists (select from pg_roles where rolname = name) \gexec
alter role boxster_owner login createrole password :'owner_password';
alter role boxster_web login noinherit password :'web_password';
commit;
-- A database is made by itself, or not at all.
select 'create database boxster owner boxster_owner'
where not exists (select from pg_database where datname = 'boxster') \gexec
\connect boxster
begin;
revoke connect, temporary on database boxster from public;
grant connect on database boxster to boxster_web;
-- The template has them where several teams share the cluster.
create extension if not exists postgis;
create extension if not exists btree_gist;
commit;
