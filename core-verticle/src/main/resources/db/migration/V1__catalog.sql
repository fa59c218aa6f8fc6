-- One row: grows by one with each change of anything below. Taking it is also what keeps two
-- changes at once in order.
create table catalog (
  only_row boolean primary key default true check (only_row),
  version bigint not null
);
insert into catalog (version) values (1);

create table subject (
  name text primary key,
  role text not null check (role in ('user', 'admin')),
  token_sha256 bytea not null unique,
  created_at timestamptz not null default now()
);

create table module (
  id bigint generated always as identity primary key,
  name text not null unique,
  scheduling text
);
insert into module (name) values ('_');

create table code (
  sha256 text primary key,
  bytes bigint not null,
  initial_memory_bytes bigint not null,
  uploaded_at timestamptz not null default now()
);

create table code_chunk (
  sha256 text not null references code on delete cascade,
  index integer not null,
  bytes bytea not null,
  primary key (sha256, index)
);
-- Wasm hardly compresses, and a worker waits for each chunk.
alter table code_chunk alter column bytes set storage external;

create table function (
  id bigint generated always as identity primary key,
  module_id bigint not null references module on delete cascade,
  name text not null,
  sha256 text not null references code,
  metadata text not null,
  unique (module_id, name)
);
create index function_code on function (sha256);
