#!lua flags=allow-oom
-- Takes away the breaker of an owner that is no coordinator and is no more: a coordinator's goes with its record.
-- KEYS: 1 breaker, 2 events, 3 breakers, 4 the owner's coordinator
-- ARGV: 1 prefix, 2 actor, 3 owner, 4 name
-- Answers: OK | UNKNOWN | ALIVE where it is a coordinator's
-- Events: breaker.retired
--- @include "includes/emit"
local owner, name = ARGV[3], ARGV[4]
if redis.call('EXISTS', KEYS[4]) == 1 then return { 'ALIVE' } end
redis.call('SREM', KEYS[3], owner .. ':' .. name)
if redis.call('DEL', KEYS[1]) == 0 then return { 'UNKNOWN' } end
emit('breaker.retired', 'breaker:' .. owner .. ':' .. name, { owner = owner, name = name })
return { 'OK' }
