#!lua flags=allow-oom
-- Writes what an operator did, or was refused, into the log of the namespace.
-- KEYS: 1 the events
-- ARGV: 1 prefix, 2 actor, 3 type, 4 entity, 5 data as JSON
-- Answers: OK and the entry's id
-- Events: operator.signed_in, operator.acted, operator.refused
--- @include "includes/emit"
return { 'OK', emit(ARGV[3], ARGV[4], ARGV[5]) }
