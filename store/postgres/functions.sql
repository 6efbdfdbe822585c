-- What SQLite has of itself and PostgreSQL has not. Made anew where this file differs from the one that was run last, so
-- that what takes or gives other columns than before needs another name.

create or replace function goalmap_sqlite.json_each(document text)
returns table (key bigint, value text, id bigint) language sql immutable as $$
  select place - 1, held, place from json_array_elements_text(document::json) with ordinality as one (held, place)
$$;
create or replace function goalmap_sqlite.json_extract(document text, place text)
returns text language sql immutable as $$
  select jsonb_path_query_first(document::jsonb, place::jsonpath) #>> '{}'
$$;
create or replace function goalmap_sqlite.json_array_length(document text)
returns bigint language sql immutable as $$ select pg_catalog.json_array_length(document::json)::bigint $$;
create or replace function goalmap_sqlite.array_text(held text[])
returns text language sql immutable as $$ select array_to_json(held)::text $$;
create or replace aggregate goalmap_sqlite.json_group_array(text)
  (sfunc = array_append, stype = text[], initcond = '{}', finalfunc = goalmap_sqlite.array_text);

create or replace function goalmap_sqlite.joined(so_far text, next text)
returns text language sql immutable strict as $$ select so_far || ',' || next $$;
create or replace function goalmap_sqlite.joined(so_far text, next text, mark text)
returns text language sql immutable as $$
  select case when next is null then so_far when so_far is null then next else so_far || mark || next end
$$;
create or replace aggregate goalmap_sqlite.group_concat(text) (sfunc = goalmap_sqlite.joined, stype = text);
create or replace aggregate goalmap_sqlite.group_concat(text, text) (sfunc = goalmap_sqlite.joined, stype = text);

create or replace function goalmap_sqlite.instr(whole text, part text)
returns bigint language sql immutable as $$ select strpos(whole, part)::bigint $$;
create or replace function goalmap_sqlite.substr(whole text, first bigint)
returns text language sql immutable as $$ select pg_catalog.substr(whole, first::int) $$;
create or replace function goalmap_sqlite.substr(whole text, first bigint, length bigint)
returns text language sql immutable as $$ select pg_catalog.substr(whole, first::int, length::int) $$;
create or replace function goalmap_sqlite.round(number double precision, digits bigint)
returns double precision language sql immutable as $$
  select pg_catalog.round(number::numeric, digits::int)::double precision
$$;
create or replace function goalmap_sqlite.iif(condition boolean, yes text, no text)
returns text language sql immutable as $$ select case when condition then yes else no end $$;
create or replace function goalmap_sqlite.goalmap_seal(whole text)
returns text language sql immutable as $$
  select left(encode(sha256(convert_to(whole, 'UTF8')), 'hex'), 24)
$$;

-- The number after the last one, as SQLite has it: no gap where a writing was taken back. Writers wait for each other.
create or replace function goalmap_sqlite.next_id(of_table text)
returns bigint language plpgsql volatile as $$
declare found bigint;
begin
  execute format('select coalesce(max(id), 0) + 1 from goalmap.%I', of_table) into found;
  return found;
end $$;

create or replace function goalmap_sqlite.max(one anycompatible, other anycompatible)
returns anycompatible language sql immutable as $$
  select case when one is null or other is null then null when one > other then one else other end
$$;
create or replace function goalmap_sqlite.min(one anycompatible, other anycompatible)
returns anycompatible language sql immutable as $$
  select case when one is null or other is null then null when one < other then one else other end
$$;
create or replace function goalmap_sqlite.counted(so_far bigint, next boolean)
returns bigint language sql immutable as $$
  select case when next is null then so_far else coalesce(so_far, 0) + next::int end
$$;
create or replace aggregate goalmap_sqlite.sum(boolean) (sfunc = goalmap_sqlite.counted, stype = bigint);
create or replace aggregate goalmap_sqlite.max(boolean) (sfunc = boolor_statefunc, stype = boolean);
create or replace aggregate goalmap_sqlite.min(boolean) (sfunc = booland_statefunc, stype = boolean);

do $$ begin
  create text search dictionary goalmap_sqlite.stems (template = snowball, language = porter);
  create text search configuration goalmap_sqlite.stems (copy = pg_catalog.simple);
  alter text search configuration goalmap_sqlite.stems
    alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part with goalmap_sqlite.stems;
exception when unique_violation or duplicate_object then null; end $$;

create or replace function goalmap_sqlite.words(whole text)
returns tsvector language sql immutable as $$
  select to_tsvector('goalmap_sqlite.stems'::regconfig, left(whole, 200000))
$$;
create or replace function goalmap_sqlite.asked(words text)
returns tsquery language sql immutable as $$ select websearch_to_tsquery('goalmap_sqlite.stems'::regconfig, words) $$;
create or replace function goalmap_sqlite.matches(held tsvector, words text)
returns boolean language sql immutable as $$ select held @@ goalmap_sqlite.asked(words) $$;
create or replace function goalmap_sqlite.bm25(held tsvector, words text)
returns double precision language sql immutable as $$
  select -ts_rank(held, goalmap_sqlite.asked(words))::double precision
$$;
do $$ begin
  create operator goalmap_sqlite.@@@ (leftarg = tsvector, rightarg = text, function = goalmap_sqlite.matches);
exception when duplicate_function then null; end $$;

create table if not exists goalmap_sqlite.views (name text primary key, position serial, sql text);
create or replace view goalmap_sqlite.sqlite_master as
  select case c.relkind when 'v' then 'view' when 'i' then 'index' else 'table' end as type, c.relname::text as name,
    null::text as sql
  from pg_class c where c.relnamespace = 'goalmap'::regnamespace and c.relkind in ('r', 'v', 'i');
