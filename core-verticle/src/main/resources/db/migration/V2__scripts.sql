-- Configuration scripts: as they were sent, and as JSON for who reads the database.
create table script (
  name text primary key,
  source text not null,
  json text not null
);
