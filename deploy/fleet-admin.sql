-- The login that adds teams to a cluster (docs/deploy.md, Several teams), made once by a superuser of PostgreSQL. It makes
-- databases and roles. It could make itself the owner of each team that it has added: keep its password as you keep a
-- superuser's. PostGIS goes into the template, for it may not make that extension.
\set ON_ERROR_STOP on
\getenv admin_password ADMIN_PASSWORD
create role fleet_admin login createdb createrole password :'admin_password';
\connect template1
create extension if not exists postgis;
