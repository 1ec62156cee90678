-- The two logins of docs/deploy.md and their database, made once by a superuser of PostgreSQL. The
-- passwords come from the environment, where no list of processes shows them.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv web_password WEB_PASSWORD
create role boxster_owner login createrole password :'owner_password';
create role boxster_web login noinherit password :'web_password';
create database boxster owner boxster_owner;
revoke connect, temporary on database boxster from public;
grant connect on database boxster to boxster_web;
\connect boxster
create extension postgis;
create extension btree_gist;
