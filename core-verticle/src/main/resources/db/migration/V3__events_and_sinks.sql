alter table subject add column expires_at timestamptz;

-- What invokes a function. Parameters are JSON, their secrets encrypted.
create table event (
  id bigint generated always as identity primary key,
  function_id bigint not null references function on delete cascade,
  position integer not null,
  type text not null,
  parameters text not null,
  -- The core that has it, by its node's id, until when; the fence grows with each owner. One that
  -- nobody has is free since then.
  owner text,
  lease_until timestamptz not null default now(),
  fence bigint not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'connected', 'failed')),
  detail text not null default '',
  -- How far its type has come, such as the last time that a schedule was met.
  progress text not null default '',
  unique (function_id, position)
);

-- Where a function's results go.
create table sink (
  id bigint generated always as identity primary key,
  function_id bigint not null references function on delete cascade,
  position integer not null,
  type text not null,
  parameters text not null,
  unique (function_id, position)
);

-- A result on its way to one sink; gone once it has arrived.
create table delivery (
  id bigint generated always as identity primary key,
  sink_id bigint not null references sink on delete cascade,
  invocation_id text not null,
  outcome text not null,
  -- JSON; as text, because jsonb does not take all of it.
  result text not null,
  ended_at timestamptz not null,
  -- Tries that were begun; also tells an old claim from a new one.
  attempts integer not null default 0,
  -- When it is due; while a core delivers it, when that core's claim ends.
  next_at timestamptz not null default now(),
  dead boolean not null default false,
  error text not null default '',
  unique (sink_id, invocation_id)
);
create index delivery_due on delivery (sink_id, next_at) where not dead;
create index delivery_dead on delivery (sink_id, id) where dead;
