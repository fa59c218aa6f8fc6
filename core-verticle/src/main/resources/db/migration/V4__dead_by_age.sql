-- A dead delivery was given up when it was due last.
create index delivery_dead_by_age on delivery (next_at) where dead;
